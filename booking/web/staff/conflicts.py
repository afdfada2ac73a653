"""Two people edit the same thing: what each of them wants, for the one who comes second.

A view that catches ``Stale`` reads what is stored now, answers 409 with the form as it was typed and what
``conflict`` returns, drawn by ``staff/macros/conflict.html``.  The form carries the stored version from then on:
sent once more, it is what stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, Field, RadioField, SelectMultipleField

from booking.messages import wording
from booking.web.context import language
from booking.web.staff.forms import VersionedForm

NOTHING = "–"


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
    fields = [form[name] for name in stored if name != "version" and name in form]
    told = [_difference(field, stored[field.name]) for field in fields]
    return tuple(one for one in told if _plain(one.mine) != _plain(one.theirs))


def _difference(field: Field, theirs: object) -> Difference:
    return Difference(
        label=str(field.label.text),
        field_id=_first_id(field),
        mine=_typed(field) or NOTHING,
        theirs=_said(field, theirs) or NOTHING,
    )


def _typed(field: Field) -> str:
    """Return what was typed; what the field could not read stands as it was typed, too."""
    raw = [str(one) for one in field.raw_data or () if isinstance(one, str)]
    is_text = not hasattr(field, "iter_choices") and not isinstance(field, BooleanField)
    if field.data is None and is_text and raw:
        return " ".join(raw)
    return _said(field, field.data)


def _said(field: Field, value: object) -> str:
    """Return a value as the page shows it: yes or no, the labels of choices, a day as people say it."""
    if isinstance(field, BooleanField) or isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return _choices(field, ("",)) if hasattr(field, "iter_choices") else ""
    if hasattr(field, "iter_choices"):
        several = value if isinstance(value, list | tuple | set | frozenset) else (value,)
        return _choices(field, several)
    if isinstance(value, date):
        return wording.say_day(value, language())
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(one) for one in value)
    return _written(field, value)


def _choices(field: Any, values: Iterable[object]) -> str:
    """Return the labels of what is chosen, in the order of the choices; what is no choice any more by its key."""
    chosen = {str(one) for one in values}
    labels = {str(key): str(label) for key, label, *_more in field.iter_choices()}
    known = [label for key, label in labels.items() if key in chosen]
    return ", ".join([*known, *sorted(one for one in chosen - labels.keys() if one)])


def _written(field: Field, value: object) -> str:
    """Return a value as the field would write it into its input, such as 09:30 for minutes after midnight."""
    if not hasattr(field, "_value"):
        return str(value)
    kept = field.data, field.raw_data
    try:
        field.data, field.raw_data = value, None
        return str(field._value())
    except (AttributeError, TypeError, ValueError):  # a value of another type than the field holds
        return str(value)
    finally:
        field.data, field.raw_data = kept


def _first_id(field: Field) -> str:
    """Return where a link to the field leads: of several boxes or buttons to the first."""
    is_several = isinstance(field, RadioField | SelectMultipleField)
    return f"{field.id}-0" if is_several else str(field.id)


def _plain(text: str) -> str:
    """Return a text without what a browser changes in it: the kind of line ends, spaces around."""
    return text.replace("\r\n", "\n").strip()
