"""Free times that staff choose from, also beyond the lead time: by day, in a medium, with a host if one matters."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import request

from booking.bookings import hold_queries
from booking.messages import wording
from booking.schedule.expert_queries import Consultation, Expert
from booking.schedule.gaps import by_day
from booking.schedule.loading import Asked, slot_queries
from booking.schedule.slots import Slot, free_slots
from booking.timekit.instants import day_bounds, from_epoch, local_date
from booking.web.context import house, language
from booking.web.labels import medium_label
from booking.web.public.rows import day_heading
from booking.web.public.slot_choice import SlotChoice
from booking.web.roof import roof
from booking.web.staff.hours.fields import read_day

DAYS_A_PAGE = 14
_FURTHEST = timedelta(days=730)
Href = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Time:
    """A free time, and who could give it."""

    href: str
    time: str
    hosts: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class TimesOfDay:
    """A day with its free times."""

    heading: str
    iso: str
    times: list[Time]


@dataclass(frozen=True, slots=True)
class Times:
    """A page of free times, with the answers to "how" and "with whom": words, address, whether it is chosen."""

    days: list[TimesOfDay]
    span: str
    media: list[tuple[str, str, bool]]
    hosts: list[tuple[str, str, bool]]
    previous_href: str
    next_href: str


@dataclass(frozen=True, slots=True)
class Question:
    """What free times are asked for: read from the address."""

    consultation: Consultation
    medium: str
    expert: Expert | None
    first: date


def question(consultation: Consultation, *, medium: str = "") -> Question:
    """Return what the address asks for; what is not known there is as usual."""
    today = local_date(roof().clock(), house().zone)
    asked = (request.args.get("medium", ""), medium, *consultation.media)
    experts = {expert.key: expert for expert in consultation.experts}
    return Question(
        consultation=consultation,
        medium=next(one for one in asked if one in consultation.media),
        expert=experts.get(request.args.get("host", "")),
        first=min(max(today, asked_day() or today), today + _FURTHEST),
    )


def asked_day() -> date | None:
    """Return the first day that the address names, or None."""
    return read_day(request.args.get("from", ""))


def times(asked: Question, href: Href, *, people: int = 1, moving: int | None = None) -> Times:
    """Return two weeks of free times.

    ``href``  makes an address of ``medium``, ``host``, ``start`` or ``from``
    """
    last = asked.first + timedelta(days=DAYS_A_PAGE - 1)
    today = local_date(roof().clock(), house().zone)
    here = {"medium": asked.medium, "host": asked.expert.key if asked.expert else None}
    earlier = max(today, asked.first - timedelta(days=DAYS_A_PAGE))
    free = by_day(_free(asked, last, people=people, moving=moving), house().zone)
    names = {one.id: one.first_name for one in asked.consultation.experts}
    notice = roof().clock() + timedelta(minutes=_notice(asked))
    return Times(
        days=[
            TimesOfDay(
                day_heading(day), day.isoformat(), [_time(one, here, href, names, notice) for one in slots]
            )
            for day, slots in free.items()
        ],
        span=wording.say_span(asked.first, last, language()),
        media=[
            (medium_label(one), href(**(here | {"medium": one})), one == asked.medium)
            for one in asked.consultation.media
        ],
        hosts=[
            (one.first_name, href(**(here | {"host": one.key})), one == asked.expert)
            for one in asked.consultation.experts
        ],
        previous_href=href(**here, **{"from": earlier.isoformat()}) if asked.first > today else "",
        next_href=href(**here, **{"from": (last + timedelta(days=1)).isoformat()}),
    )


def is_late(choice: SlotChoice) -> bool:
    """Return whether the lead time of a chosen time is over."""
    policy = hold_queries.policy_of_offering(choice.consultation.id, starts_at=choice.starts_at)
    return choice.starts_at < roof().clock() + timedelta(minutes=policy.notice_minutes)


def _free(asked: Question, last: date, *, people: int, moving: int | None) -> list[Slot]:
    zone = house().zone
    wanted = Asked(
        medium=asked.medium,
        host_id=asked.expert.id if asked.expert else None,
        party=people,
        moving=moving,
        overrules=True,
    )
    since, until = day_bounds(asked.first, zone)[0], day_bounds(last, zone)[1]
    number = asked.consultation.id
    found = slot_queries(house(), [number], asked=wanted, since=since, until=until, now=roof().clock())
    return list(free_slots(found[number])) if number in found else []


def _notice(asked: Question) -> int:
    policy = hold_queries.policy_of_offering(asked.consultation.id, starts_at=roof().clock())
    return policy.notice_minutes


def _time(
    slot: Slot, here: dict[str, str | None], href: Href, names: dict[int, str], notice: datetime
) -> Time:
    starts_at = from_epoch(slot.start)
    return Time(
        href=href(**here, start=f"{starts_at:%Y-%m-%dT%H:%MZ}"),
        time=wording.say_time(starts_at, house().zone, language()),
        hosts=", ".join(names[number] for number in slot.hosts if number in names),
        is_late=starts_at < notice,
    )
