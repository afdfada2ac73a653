"""What templates show of dates, offerings and bookings: words made once, no objects of the database."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from booking.bookings.queries import BookingPage
from booking.bookings.states import CANCELLABLE
from booking.catalogue.queries import OfferingPage, TopicMark
from booking.messages import wording
from booking.schedule.queries import Date
from booking.web.calendars import how, video_address
from booking.web.context import address, house, language, render_markdown
from booking.web.labels import age_label, audiences_label, kind_label, medium_label, state_label
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
    age: str = ""


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of the programme with its dates, or why the house is closed."""

    heading: str
    iso: str
    closed: str | None
    dates: list[DateRow]


@dataclass(frozen=True, slots=True)
class OfferingRow:
    """An offering on its page and beside its form; topics by name, with the address of their page if they have one."""

    title: str
    kind_label: str
    summary: str
    description: Markup
    facts: list[tuple[str, str]]
    bring: Markup | None
    topics: list[tuple[str, str]]
    href: str
    sign_video: str
    warning: Markup | None


def date_row(date: Date) -> DateRow:
    """Return a date as lists show it, in the language of the page."""
    return date_rows([date])[0]


def date_rows(dates: Iterable[Date]) -> list[DateRow]:
    """Return many dates as lists show them; what all have in common is asked for once."""
    spoken, zone = language(), house().zone
    path = address("occurrence", occurrence_id=0).removesuffix("0")
    return [
        _date_row(
            f"{path}{one.id}",
            spoken,
            (
                one.title,
                one.summary,
                one.kind,
                one.language,
                one.place_names.get(spoken) or one.place_names.get("de", ""),
            ),
            (one.starts_at, one.ends_at, zone),
            (one.is_step_free, one.state, one.left, one.age_min),
        )
        for one in dates
    ]


@lru_cache(maxsize=1024)
def _date_row(
    href: str,
    spoken: str,
    words: tuple[str, str, str, str, str],
    when: tuple[datetime.datetime, datetime.datetime, str],
    state: tuple[bool, str, int, int],
) -> DateRow:
    """Return the row for these facts; ``spoken`` is the language of the page, and so of its labels."""
    title, summary, kind, language_of_date, place = words
    return DateRow(
        href=href,
        title=title,
        summary=summary,
        kind_label=kind_label(kind),
        when=wording.say_when(*when, spoken),
        time=wording.say_times(*when, spoken),
        place=place,
        languages=wording.say_language(language_of_date, spoken),
        step_free=state[0],
        state=state[1],
        places_label=places_label(*state[1:3]),
        age=age_label(state[3]),
    )


def named(names: Mapping[str, str]) -> str:
    """Return a name in the language of the page, else in German."""
    return names.get(language()) or names.get("de", "")


def places_label(state: str, left: int) -> str:
    """Return how many places are left, in words."""
    if state == "free":
        return str(ngettext("%(num)s place free", "%(num)s places free", left))
    if state == "few":
        return str(ngettext("Only %(num)s place left", "Only %(num)s places left", left))
    return {
        "full": _("Fully booked"),
        "cancelled": _("Cancelled"),
        "closed": _("Online booking has closed"),
        "past": _("Over"),
    }[state]


def offering_row(offering: OfferingPage) -> OfferingRow:
    """Return an offering as its page shows it."""
    return OfferingRow(
        title=offering.title,
        kind_label=kind_label(offering.kind),
        summary=offering.summary,
        description=render_markdown(offering.description),
        facts=_facts(offering),
        bring=render_markdown(offering.bring) if offering.bring else None,
        topics=[(named(one.names), _topic_href(one)) for one in offering.topics],
        href=address("offering", key=offering.key),
        sign_video=offering.sign_video,
        warning=render_markdown(offering.warning) if offering.warning else None,
    )


def _topic_href(topic: TopicMark) -> str:
    return address(topic.kind, key=topic.key) if topic.has_page else ""


def day_heading(day: datetime.date) -> str:
    """Return a day as people say it."""
    return wording.say_day(day, language())


def booking_row(booking: BookingPage, secret: str) -> dict[str, object]:
    """Return a booking as its booker's pages show it."""
    spoken, zone = language(), house().zone
    may_change = booking.may_change(now=roof().clock())
    has_choice = booking.policy.party_min < booking.policy.party_max
    return {
        "reference": booking.reference,
        "title": booking.title,
        "when": wording.say_when(booking.starts_at, booking.ends_at, zone, spoken),
        "place": where(booking.place_names, booking.place_address)
        if booking.medium == "on_site"
        else medium_label(booking.medium),
        "with_whom": booking.with_whom,
        "video_href": _video_href(booking),
        "is_slot": booking.is_slot,
        "spoken": wording.say_language(booking.spoken, spoken),
        "is_on_site": booking.medium == "on_site",
        "how": how(booking.medium, phone=booking.phone),
        "confirm_until": wording.say_instant(booking.confirm_until, zone, spoken)
        if booking.confirm_until
        else "",
        "people": wording.say_party(booking.party, spoken),
        "age": age_label(booking.age_min),
        "name": booking.name,
        "email": booking.email,
        "cancel_until": wording.say_instant(booking.cancel_until, zone, spoken),
        "confirmation": render_markdown(booking.confirmation) if booking.confirmation else None,
        "state": booking.state,
        "state_label": state_label(booking.state),
        "manage_href": address("manage", secret=secret),
        "manage_url": roof().base_url(house()) + address("manage", secret=secret),  # for paper
        "calendar_href": address("calendar", secret=secret),
        "slip_href": address("slip_pdf", secret=secret),
        "others_href": address("times", key=booking.offering_key)
        if booking.is_slot
        else f"{address('offering', key=booking.offering_key)}#dates",
        "move_href": address("move", secret=secret) if may_change else None,
        "party_href": address("change_party", secret=secret) if may_change and has_choice else None,
    }


def _video_href(booking: BookingPage) -> str:
    """Return the address of the video call of a firm booking; bookings in any other state lead nowhere."""
    return video_address(house(), booking.video_room) if booking.state in CANCELLABLE else ""


def where(names: Mapping[str, str], place_address: str) -> str:
    """Return the place with its postal line."""
    return ", ".join(part for part in (named(names), place_address or house().postal_line()) if part)


def _facts(offering: OfferingPage) -> list[tuple[str, str]]:
    facts = [
        (_("Duration"), ngettext("%(num)s minute", "%(num)s minutes", offering.minutes)),
        _places_fact(offering),
        (_("For"), audiences_label(offering.audiences)),
        (_("Price"), _("free of charge")),
        (_("Step-free"), _("yes") if offering.is_step_free else _("no")),
    ]
    if offering.age_min:
        facts.insert(3, (_("Age"), age_label(offering.age_min)))
    if offering.notice_minutes:
        facts.append((_("Book online until"), _lead(offering.notice_minutes)))
    return facts


def _places_fact(offering: OfferingPage) -> tuple[str, str]:
    if offering.booked_by == "date":
        return _("Places"), str(offering.seats)
    most = offering.party_max
    return _("Number of people"), str(ngettext("%(num)s person", "up to %(num)s people", most))


def _lead(minutes: int) -> str:
    if minutes >= 1440:
        return str(ngettext("%(num)s day before", "%(num)s days before", minutes // 1440))
    return str(ngettext("%(num)s hour before", "%(num)s hours before", max(1, minutes // 60)))
