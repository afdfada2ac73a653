"""Forms of offerings: one for each part, so that no page is endless."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import ValidationError

from booking.catalogue.drafts import Draft
from booking.catalogue.keys import is_key
from booking.web.labels import AUDIENCES, KINDS
from booking.web.public.forms import line
from booking.web.staff.catalogue.fields import (
    BoxesField,
    ChoiceField,
    WholeField,
    area_field,
    https,
    numbers,
    sometimes_needed,
    text_field,
    title_field,
)
from booking.web.staff.catalogue.words import (
    BOOKED_BY,
    MEDIA,
    choices,
    media_choices,
)
from booking.web.staff.forms import StaffForm, VersionedForm

NONE = ""
LONGEST_DAY = 1440


def minutes_field(label: Any, **more: Any) -> WholeField:
    """Return a field for minutes of a day."""
    return WholeField(label, **{"least": 1, "most": LONGEST_DAY} | more)


class NewOfferingForm(StaffForm):
    """What must be known to begin; all the rest has a page of its own."""

    title = text_field(_l("Title in German"), most=150, is_needed=True)
    kind = ChoiceField(_l("Kind"))
    programme = ChoiceField(_l("Programme"), description=_l("Who runs the programme edits the offering."))
    booked_by = ChoiceField(_l("How it is booked"), default="date")
    minutes = minutes_field(_l("Duration in minutes"), default=60)
    seats = WholeField(_l("Places"), least=1, most=999, default=15)
    party_max = WholeField(_l("Most people of one booking"), least=1, most=999, default=6)

    def suit(self, programmes: list[tuple[str, str]]) -> None:
        """Offer the programmes that somebody runs."""
        self.kind.choices, self.booked_by.choices = choices(KINDS), choices(BOOKED_BY)
        self.programme.choices = programmes

    def validate_party_max(self, field: Any) -> None:
        """A booking brings no more people than there are places."""
        if field.data and self.seats.data and field.data > self.seats.data:
            raise ValidationError(_l("One booking cannot bring more people than there are places."))


class FactsForm(VersionedForm):
    """What the offering is, for whom, and for how many."""

    key = StringField(
        _l("Part of the address"),
        filters=[line],
        description=_l("Small letters, digits and hyphens. Once the offering is public it stays for ever."),
    )
    kind = ChoiceField(_l("Kind"))
    programme = ChoiceField(_l("Programme"), description=_l("Who runs the programme edits the offering."))
    minutes = minutes_field(_l("Duration in minutes"))
    seats = WholeField(_l("Places"), least=1, most=999)
    party_min = WholeField(_l("Fewest people of one booking"), least=1, most=999)
    party_max = WholeField(_l("Most people of one booking"), least=1, most=999)
    age_min = WholeField(_l("From which age, in years"), least=0, most=119, description=_l("0 for everybody"))
    grade_first = WholeField(_l("From grade"), least=1, most=13, is_needed=False)
    grade_last = WholeField(_l("Up to grade"), least=1, most=13, is_needed=False)
    groups_max = WholeField(
        _l("Most groups of a class"),
        least=1,
        most=9,
        description=_l("Into how many groups a school class can be split"),
    )
    audiences = BoxesField(_l("For whom"))
    media = BoxesField(_l("How people meet"))
    topics = BoxesField(_l("Topics and cooperations"))
    is_step_free = BooleanField(_l("Step-free: it can be reached and followed without steps"))
    sign_video = text_field(
        _l("Video in German Sign Language"),
        most=500,
        description=_l("Address of a page or video that begins with https://"),
    )

    def suit(self, draft: Draft, *, programmes: list[tuple[str, str]], topics: list[tuple[str, str]]) -> None:
        """Offer what can be chosen; the address stays once the offering was public."""
        self.kind.choices, self.programme.choices = choices(KINDS), programmes
        self.audiences.choices, self.media.choices = choices(AUDIENCES), media_choices()
        self.topics.choices = topics
        if draft.state != "draft":
            del self.key

    def validate_key(self, field: Any) -> None:
        """It stands in addresses as it is."""
        if not is_key(field.data or ""):
            raise ValidationError(
                _l("Use small letters, digits and single hyphens, for example: guided-tour")
            )

    def validate_party_min(self, field: Any) -> None:
        """The smallest booking is not larger than the largest."""
        if field.data and self.party_max.data and field.data > self.party_max.data:
            raise ValidationError(_l("The fewest cannot be more than the most."))

    def validate_party_max(self, field: Any) -> None:
        """A booking brings no more people than there are places."""
        if field.data and self.seats.data and field.data > self.seats.data:
            raise ValidationError(_l("One booking cannot bring more people than there are places."))

    def validate_grade_last(self, field: Any) -> None:
        """Grades are in order, and both are told or none."""
        first, last = self.grade_first.data, field.data
        if (first is None) != (last is None):
            raise ValidationError(_l("Enter both grades, or none."))
        if first is not None and last is not None and first > last:
            raise ValidationError(_l("The last grade cannot come before the first."))

    validate_sign_video = staticmethod(https)

    def values(self) -> dict[str, Any]:
        """Return what the form tells, as the deed takes it."""
        names = ("kind", "minutes", "seats", "party_min", "party_max", "age_min", "grade_first", "grade_last")
        found = {name: self[name].data for name in (*names, "groups_max", "is_step_free")}
        found |= {
            "sign_video": self.sign_video.data or "",
            "topic_ids": tuple(sorted(numbers(self.topics.data))),
        }
        found |= {"programme_id": int(self.programme.data) if self.programme.data else None}
        for name, known in (("audiences", AUDIENCES), ("media", MEDIA)):
            found[name] = tuple(one for one in known if one in (self[name].data or ()))
        return found | ({"key": self["key"].data} if "key" in self else {})


def facts_data(draft: Draft) -> dict[str, Any]:
    """Return what is stored, as the form holds it."""
    same = (
        "key",
        "kind",
        "minutes",
        "seats",
        "party_min",
        "party_max",
        "age_min",
        "grade_first",
        "grade_last",
    )
    found = {
        name: getattr(draft, name) for name in (*same, "groups_max", "is_step_free", "sign_video", "version")
    }
    found["programme"] = str(draft.programme_id or "")
    found["topics"] = [str(one) for one in draft.topic_ids]
    return found | {"audiences": list(draft.audiences), "media": list(draft.media)}


class TextForm(VersionedForm):
    """The words of one language."""

    title = sometimes_needed(title_field(_l("Title"), most=150))
    summary = sometimes_needed(
        area_field(_l("Summary"), most=500, description=_l("One or two sentences: lists show them."))
    )
    description = sometimes_needed(
        area_field(_l("Description"), most=8000, description=_l("What to expect. Markdown is possible."))
    )
    bring = area_field(_l("What to bring"), most=2000)
    confirmation = area_field(
        _l("Text in the confirmation"),
        most=2000,
        description=_l("Stands in the mail to those who have booked."),
    )
    warning = area_field(
        _l("Important notice"), most=2000, description=_l("What people must know before they come.")
    )


class CopyForm(StaffForm):
    """The title of a copy."""

    title = title_field(_l("Title of the copy in German"), most=150, is_needed=True)


class StepForm(VersionedForm):
    """A button that brings something into another state."""


def programme_choices(programmes: list[tuple[int, str]], *, runs_all: bool) -> list[tuple[str, str]]:
    """Return the programmes to choose from; only who runs all may leave an offering without one."""
    listed = [(str(number), name) for number, name in programmes]
    return [(NONE, _("none")), *listed] if runs_all else listed
