"""What templates show of dates, offerings and bookings: words made once, no objects of the database."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from booking.bookings.queries import BookingPage
from booking.catalogue.queries import OfferingPage
from booking.messages import wording
from booking.schedule.queries import Date
from booking.web.context import address, house, language, render_markdown
from booking.web.labels import audience_label, kind_label, state_label
from booking.web.roof import roof


@dataclass(frozen=True, slots=True)
class DateRow:
    """One date in a list; each stands alone when read aloud."""

    href: str
    title: str
    summary: str
    kind_label: str
    when: str
    time: str
    place: str
    languages: str
    step_free: bool
    state: str
    places_label: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of the programme with its dates, or why the house is closed."""

    heading: str
    iso: str
    closed: str | None
    dates: list[DateRow]


@dataclass(frozen=True, slots=True)
class OfferingRow:
    """An offering on its page and beside its form."""

    title: str
    kind_label: str
    summary: str
    description: Markup
    facts: list[tuple[str, str]]
    bring: Markup | None
    topics: list[str]
    href: str


def date_row(date: Date) -> DateRow:
    """Return a date as lists show it, in the language of the page."""
    spoken, zone = language(), house().zone
    return DateRow(
        href=address("occurrence", occurrence_id=date.id),
        title=date.title,
        summary=date.summary,
        kind_label=kind_label(date.kind),
        when=wording.say_when(date.starts_at, date.ends_at, zone, spoken),
        time=wording.say_times(date.starts_at, date.ends_at, zone, spoken),
        place=named(date.place_names),
        languages=wording.say_language(date.language, spoken),
        step_free=date.is_step_free,
        state=date.state,
        places_label=places_label(date),
    )


def named(names: Mapping[str, str]) -> str:
    """Return a name in the language of the page, else in German."""
    return names.get(language()) or names.get("de", "")


def places_label(date: Date) -> str:
    """Return how many places are left, in words."""
    if date.state == "free":
        return str(ngettext("%(num)s place free", "%(num)s places free", date.left))
    if date.state == "few":
        return str(ngettext("Only %(num)s place left", "Only %(num)s places left", date.left))
    return {
        "full": _("Fully booked"),
        "cancelled": _("Cancelled"),
        "closed": _("Online booking has closed"),
        "past": _("Over"),
    }[date.state]


def offering_row(offering: OfferingPage) -> OfferingRow:
    """Return an offering as its page shows it."""
    return OfferingRow(
        title=offering.title,
        kind_label=kind_label(offering.kind),
        summary=offering.summary,
        description=render_markdown(offering.description),
        facts=_facts(offering),
        bring=render_markdown(offering.bring) if offering.bring else None,
        topics=[named(names) for names in offering.topics],
        href=address("offering", key=offering.key),
    )


def day_heading(day: datetime.date) -> str:
    """Return a day as people say it."""
    return wording.say_day(day, language())


def booking_row(booking: BookingPage, secret: str) -> dict[str, object]:
    """Return a booking as its booker's pages show it."""
    spoken, zone = language(), house().zone
    return {
        "reference": booking.reference,
        "title": booking.title,
        "when": wording.say_when(booking.starts_at, booking.ends_at, zone, spoken),
        "place": where(booking.place_names, booking.place_address),
        "people": wording.say_party(booking.party, spoken),
        "name": booking.name,
        "email": booking.email,
        "cancel_until": wording.say_instant(booking.cancel_until, zone, spoken),
        "confirmation": render_markdown(booking.confirmation) if booking.confirmation else None,
        "state": booking.state,
        "state_label": state_label(booking.state),
        "manage_href": address("manage", secret=secret),
        "manage_url": roof().base_url(house()) + address("manage", secret=secret),  # for paper
        "calendar_href": address("calendar", secret=secret),
    }


def where(names: Mapping[str, str], place_address: str) -> str:
    """Return the place with its postal line."""
    return ", ".join(part for part in (named(names), place_address or house().postal_line()) if part)


def _facts(offering: OfferingPage) -> list[tuple[str, str]]:
    facts = [
        (_("Duration"), ngettext("%(num)s minute", "%(num)s minutes", offering.minutes)),
        (_("Places"), str(offering.seats)),
        (_("For"), ", ".join(audience_label(audience) for audience in offering.audiences)),
        (_("Price"), _("free of charge")),
        (_("Step-free"), _("yes") if offering.is_step_free else _("no")),
    ]
    if offering.age_min:
        facts.insert(3, (_("Age"), _("from %(age)s years", age=offering.age_min)))
    if offering.notice_minutes:
        facts.append((_("Book online until"), _lead(offering.notice_minutes)))
    return facts


def _lead(minutes: int) -> str:
    if minutes >= 1440:
        return str(ngettext("%(num)s day before", "%(num)s days before", minutes // 1440))
    return str(ngettext("%(num)s hour before", "%(num)s hours before", max(1, minutes // 60)))
