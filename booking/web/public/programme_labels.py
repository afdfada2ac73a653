"""What the programme calls kinds of offerings, parts of the day and what people need."""

from flask_babel import gettext as _

from booking.web.labels import kind_label


def kind_plural(kind: str) -> str:
    """Return what offerings of a kind are called."""
    plurals = {
        "tour": _("Guided tours"),
        "talk": _("Talks"),
        "workshop": _("Workshops"),
        "consultation": _("Consultations"),
        "school": _("For schools"),
    }
    return plurals.get(kind) or kind_label(kind)


def part_label(part: str) -> str:
    """Return what a part of the day is called, with its hours."""
    return {
        "morning": _("Morning (before 12:00)"),
        "afternoon": _("Afternoon (12:00 to 17:00)"),
        "evening": _("Evening (from 17:00)"),
    }[part]


def access_label(need: str) -> str:
    """Return what a filter of access finds: what a date has, or what can be arranged for it in time."""
    return {
        "step_free": _("step-free, for example with a wheelchair"),
        "dgs": _("in German Sign Language, or with an interpreter in time"),
        "induction_loop": _("with an induction loop, if you tell us in time"),
        "quiet": _("with little noise and light, if you tell us in time"),
    }[need]
