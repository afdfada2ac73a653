"""The form of filters on the page of free times: its controls with what can be chosen and what is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from booking.messages import wording
from booking.schedule.expert_queries import Consultation
from booking.schedule.listing import PARTS
from booking.web.context import house, language
from booking.web.labels import medium_label
from booking.web.public.slot_filters import FURTHEST, Filters

_ZONES = (  # to be suggested; any other one can be typed
    *("Europe/Lisbon", "Europe/London", "Europe/Berlin", "Europe/Athens", "Europe/Kyiv", "Europe/Istanbul"),
    *("Europe/Moscow", "Africa/Cairo", "Africa/Lagos", "Africa/Nairobi", "Asia/Dubai", "Asia/Tehran"),
    *("Asia/Karachi", "Asia/Kolkata", "Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney"),
    *("Pacific/Auckland", "America/Sao_Paulo", "America/New_York", "America/Chicago", "America/Denver"),
    "America/Los_Angeles",
)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a control; ``href`` leads to the page with it."""

    value: str
    label: str
    is_chosen: bool
    href: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, with the address of the page without it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Fields:
    """The controls; one without options is left out.

    ``kept``   names and values that a form for one wanted time hands on
    ``chips``  the filters that are set
    """

    media: list[Option]
    languages: list[Option]
    experts: list[Option]
    parts: list[Option]
    weekdays: list[Option]
    people_most: int
    has_step_free: bool
    zones: tuple[str, ...]
    zone: str
    zone_city: str
    first_day: str
    last_day: str
    kept: list[tuple[str, str]]
    chips: list[Chip]


def fields(consultation: Consultation, filters: Filters, *, today: date) -> Fields:
    """Return the controls for a consultation, with what is chosen."""
    spoken = language()
    languages = [*consultation.languages, *_also(filters.language, consultation.languages)]
    return Fields(
        media=[
            Option(one, medium_label(one), one == filters.medium, filters.href(consultation.key, medium=one))
            for one in consultation.media
            if len(consultation.media) > 1
        ],
        languages=[
            Option(one, wording.say_language(one, spoken), one == filters.language) for one in languages
        ],
        experts=[
            Option(one.key, one.first_name, one == filters.host)
            for one in consultation.experts
            if len(consultation.experts) > 1
        ],
        parts=[Option(one, _part(one), one in filters.parts) for one in PARTS],
        weekdays=[
            Option(str(day), wording.say_weekday(day, spoken), day in filters.weekdays) for day in range(1, 8)
        ],
        people_most=consultation.party_max,
        has_step_free="on_site" in consultation.media,
        zones=_ZONES if filters.medium != "on_site" else (),
        zone=house().zone,
        zone_city=city(filters.zone) if filters.zone else "",
        first_day=today.isoformat(),
        last_day=(today + FURTHEST).isoformat(),
        kept=[(name, str(value)) for name, value in _pairs(filters)],
        chips=_chips(consultation, filters),
    )


def city(zone: str) -> str:
    """Return the place for which a time zone is named."""
    return ZoneInfo(zone).key.rpartition("/")[2].replace("_", " ")


def _also(chosen: str | None, known: Iterable[str]) -> list[str]:
    return [chosen] if chosen and chosen not in known else []


def _part(part: str) -> str:
    return {
        "morning": _("Morning (before 12:00)"),
        "afternoon": _("Afternoon (12:00 to 17:00)"),
        "evening": _("Evening (from 17:00)"),
    }[part]


def _short_part(part: str) -> str:
    return {"morning": _("Morning"), "afternoon": _("Afternoon"), "evening": _("Evening")}[part]


def _pairs(filters: Filters) -> Iterable[tuple[str, object]]:
    for name, value in filters.values().items():
        for one in value if isinstance(value, list) else [value]:
            yield name, one


def _chips(consultation: Consultation, filters: Filters) -> list[Chip]:
    spoken, key = language(), consultation.key
    labels = {
        "weekday": ", ".join(wording.say_weekday(day, spoken) for day in sorted(filters.weekdays)),
        "part": ", ".join(_short_part(part) for part in PARTS if part in filters.parts),
        "host": filters.host.first_name if filters.host else "",
        "language": wording.say_language(filters.language, spoken) if filters.language else "",
        "step_free": _("step-free"),
    }
    chips = [Chip(labels[name], filters.without(name).href(key)) for name in filters.chosen()]
    if filters.zone:
        label = _("Times in %(city)s", city=city(filters.zone))
        chips.append(Chip(label, filters.href(key, zone=None)))
    return chips
