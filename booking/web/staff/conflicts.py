"""Two people edit the same thing: what each of them wants, for the one who comes second."""

from collections.abc import Mapping
from dataclasses import dataclass

from wtforms import Field

from booking.web.staff.forms import VersionedForm


@dataclass(frozen=True, slots=True)
class Difference:
    """A field on which two people differ: how it is called, where it stands, both values as people read them."""

    label: str
    field_id: str
    mine: str
    theirs: str


def conflict(form: VersionedForm, stored: Mapping[str, object]) -> tuple[Difference, ...]:
    """Return where a form differs from what is stored now, and let it be sent once more, knowingly.

    ``stored``  by the name of the field, as the form would hold it, with "version"
    """
    form.version.data = str(stored["version"])
    fields = (form[name] for name in stored if name != "version" and name in form)
    return tuple(
        Difference(str(field.label.text), str(field.id), _said(field, field.data), _said(field, theirs))
        for field, theirs in ((field, stored[field.name]) for field in fields)
        if _said(field, field.data) != _said(field, theirs)
    )


def _said(field: Field, value: object) -> str:
    """Return a value as the page shows it: the label of a choice rather than its key."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "✓" if value else "–"
    labels = (
        {str(key): str(label) for key, label, *_ in field.iter_choices()}
        if hasattr(field, "iter_choices")
        else {}
    )
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(labels.get(str(one), str(one)) for one in value) or "–"
    return labels.get(str(value), str(value))
