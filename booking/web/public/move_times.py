"""The free times of a consultation to which a booking of it can be moved, asked by medium, expert and first day."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from booking.bookings.moving_queries import SlotOf
from booking.bookings.queries import BookingPage
from booking.messages import wording
from booking.schedule.expert_queries import Consultation, Expert
from booking.schedule.gaps import by_day
from booking.schedule.listing import soonest
from booking.schedule.loading import Asked, slot_queries
from booking.schedule.slots import Slot, SlotQuery, free_slots
from booking.timekit.instants import day_bounds, from_epoch
from booking.web.context import address, house, language
from booking.web.labels import medium_label
from booking.web.public.rows import DateRow, day_heading
from booking.web.public.slot_rows import TimeRow
from booking.web.roof import roof

DAYS_A_PAGE = 14


@dataclass(frozen=True, slots=True)
class Chip:
    """One answer to a question of the list."""

    text: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class MoveDay:
    """One day with the dates, or the times of a consultation, that can be chosen."""

    heading: str
    iso: str
    dates: list[DateRow] = field(default_factory=list)
    times: list[TimeRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Listed:
    """The days with what can be chosen; the other facts are those of free times.

    ``nearest``  the next one where the page has none
    """

    days: list[MoveDay]
    span: str = ""
    previous_href: str | None = None
    next_href: str | None = None
    nearest: TimeRow | None = None
    questions: list[tuple[str, list[Chip]]] = field(default_factory=list)


def listed(
    booking: BookingPage,
    slot: SlotOf,
    consultation: Consultation,
    secret: str,
    *,
    span: tuple[date, date, date],
) -> Listed:
    """Return the times of two weeks; ``span`` is today, the first day to show, and the last that can be booked."""
    return _Times(booking, slot, consultation, secret).listed(*span)


class _Times:
    def __init__(self, booking: BookingPage, slot: SlotOf, consultation: Consultation, secret: str) -> None:
        self.slot, self.consultation, self.secret = slot, consultation, secret
        self.people = sum(booking.party.values())
        experts = {expert.key: expert for expert in consultation.experts}
        self.expert = experts.get(request.args.get("host", ""))
        asked = (request.args.get("medium", ""), slot.medium, *consultation.media)
        self.medium = next(one for one in asked if one in consultation.media)

    def listed(self, today: date, first: date, horizon: date) -> Listed:
        last = first + timedelta(days=DAYS_A_PAGE - 1)
        query = self._query(first, last)
        free = [one for one in free_slots(query) if not self._is_here(one)] if query else []
        days = [
            MoveDay(day_heading(day), day.isoformat(), times=[self._row(one, day) for one in slots])
            for day, slots in by_day(free, house().zone).items()
        ]
        earlier = max(today, first - timedelta(days=DAYS_A_PAGE))
        return Listed(
            days,
            span=wording.say_span(first, last, language()),
            previous_href=self._href(self.medium, self.expert, first=earlier) if first > today else None,
            next_href=self._href(self.medium, self.expert, first=last + timedelta(days=1))
            if last < horizon
            else None,
            nearest=None if days else self._nearest(today, horizon),
            questions=self._questions(first),
        )

    def _query(self, first: date, last: date) -> SlotQuery | None:
        zone, now = house().zone, roof().clock()
        asked = Asked(
            medium=self.medium,
            language=self.slot.language,
            host_id=self.expert.id if self.expert else None,
            party=self.people,
            moving=self.slot.moving,
        )
        since, until = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
        found = slot_queries(house(), [self.consultation.id], asked=asked, since=since, until=until, now=now)
        return found.get(self.consultation.id)

    def _nearest(self, today: date, horizon: date) -> TimeRow | None:
        query = self._query(today, horizon)
        for day, slots in by_day(
            soonest(query, lambda one: not self._is_here(one)) if query else [], house().zone
        ).items():
            return self._row(slots[0], day)
        return None

    def _is_here(self, slot: Slot) -> bool:
        """Return whether it is what is booked; the same time with another expert is something else."""
        same = from_epoch(slot.start) == self.slot.starts_at and self.medium == self.slot.medium
        return same and (self.expert is None or self.expert.id in self.slot.host_ids)

    def _row(self, slot: Slot, day: date) -> TimeRow:
        starts_at = from_epoch(slot.start)
        left = ngettext("%(num)s place free", "%(num)s places free", slot.left)
        facts = (left,) if self.consultation.is_shared else ()
        told = (self.consultation.title, medium_label(self.medium), *facts)
        return TimeRow(
            href=self._href(self.medium, self.expert, start=f"{starts_at:%Y-%m-%dT%H:%MZ}"),
            before=day_heading(day) + ", ",
            time=wording.say_time(starts_at, house().zone, language()),
            other="",
            after="".join(f", {part}" for part in told),
            how=medium_label(self.medium),
            facts=facts,
        )

    def _questions(self, first: date) -> list[tuple[str, list[Chip]]]:
        """Return how and with whom, where there is a choice."""
        media = [
            Chip(medium_label(one), self._href(one, self.expert, first=first), one == self.medium)
            for one in self.consultation.media
        ]
        anybody = Chip(_("anybody"), self._href(self.medium, None, first=first), self.expert is None)
        experts = [
            Chip(one.first_name, self._href(self.medium, one, first=first), one == self.expert)
            for one in self.consultation.experts
        ]
        found = [(_("How?"), media)] if len(media) > 1 else []
        return [*found, (_("With whom?"), [anybody, *experts])] if len(experts) > 1 else found

    def _href(
        self, medium: str, expert: Expert | None, *, start: str | None = None, first: date | None = None
    ) -> str:
        """Return the address of a time, or of a page of the list."""
        asked = {"medium": medium, "host": expert.key if expert else None, "start": start}
        asked["from"] = first.isoformat() if first else None
        return address("move", secret=self.secret, **{name: one for name, one in asked.items() if one})
