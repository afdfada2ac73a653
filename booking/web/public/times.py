"""View: the free times of a consultation by day, with filters, and why the other days have none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from booking.messages import wording
from booking.schedule.expert_queries import Consultation, consultation
from booking.schedule.listing import Fits, Listing, Loosened, fits_in, listing, only_with, soonest
from booking.schedule.loading import Asked, slot_queries
from booking.schedule.reasons import refusal_for_start
from booking.schedule.saying import Blocker, Change, ChangeKind, Refusal, Rule, nearest
from booking.schedule.slots import Slot, SlotQuery, free_slots
from booking.timekit.instants import day_bounds, local_date, to_epoch
from booking.web.context import house, language
from booking.web.public.answers import cacheable
from booking.web.public.gap_rows import Link, blocks, refused
from booking.web.public.slot_fields import fields
from booking.web.public.slot_filters import PAGE_DAYS, Filters, read
from booking.web.public.slot_rows import TimeRow, Words
from booking.web.roof import roof


@dataclass(frozen=True, slots=True)
class Answer:
    """What is told of the day and time that somebody misses; ``time`` is that time, or the nearest free one.

    ``fits``  whether the nearest time is one that the filters allow
    """

    when: str
    is_free: bool
    why: str
    hint: str
    link: Link | None
    time: TimeRow | None
    fits: bool = True


@dataclass(frozen=True, slots=True)
class _Page:
    """One page of the list: what is asked of which days."""

    consultation: Consultation
    filters: Filters
    first: date
    today: date

    @property
    def last(self) -> date:
        return self.first + timedelta(days=PAGE_DAYS - 1)

    @property
    def horizon(self) -> date:
        """The last day that can be booked today."""
        return self.today + timedelta(days=self.consultation.horizon_days)

    def query(self, first: date, last: date) -> SlotQuery:
        """Load what decides about some days, without any filter that could be dropped."""
        zone = house().zone
        found = slot_queries(
            house(),
            [self.consultation.id],
            asked=Asked(medium=self.filters.medium, party=self.filters.people),
            since=day_bounds(first, zone)[0],
            until=day_bounds(last, zone)[1],
            now=roof().clock(),
            language=language(),
        )
        return found[self.consultation.id]

    def asked(self, query: SlotQuery, filters: Filters) -> SlotQuery:
        """Return the question with what filters ask of the hosts."""
        spoken = replace(query, language=filters.language)
        return only_with(spoken, filters.host.id) if filters.host else spoken

    def fits(self, filters: Filters) -> Fits:
        """Return what filters ask of the times themselves."""
        if filters.is_step_free and filters.medium == "on_site" and not self.consultation.is_step_free:
            return lambda _slot: False
        return fits_in(filters.weekdays, filters.parts, house().zone)

    def after(self) -> Slot | None:
        """Return the first free time after this page that fits the filters."""
        if self.last >= self.horizon:
            return None
        query = self.query(self.last + timedelta(days=1), self.horizon)
        return next(iter(soonest(self.asked(query, self.filters), self.fits(self.filters))), None)


def times(key: str) -> ResponseReturnValue:
    """Two weeks of free times by day; for each day without one the reason, and what would help."""
    found = consultation(key, house_id=house().id, language=language())
    today = local_date(roof().clock(), house().zone)
    filters = read(found, today=today, zone=house().zone)
    page = _Page(found, filters, filters.first or today, today)
    query = page.query(page.first, page.last)
    shown = _listing(page, query)
    words, days = Words(found, filters, query), (page.first, page.last)
    return cacheable(
        render_template(
            "public/times.html",
            consultation=found,
            filters=filters,
            fields=fields(found, filters, today=today),
            blocks=blocks(shown, words, days),
            after=words.row(shown.after) if shown.after else None,
            answers=[_answer(start, page, query, words, shown) for start in filters.at],
            span=wording.say_span(page.first, page.last, language()),
            previous_href=_other_page(page, -PAGE_DAYS) if page.first > today else None,
            next_href=_other_page(page, PAGE_DAYS) if page.last < page.horizon else None,
            unfiltered_href=filters.without().href(key) if filters.chosen() else None,
        )
    )


def _listing(page: _Page, query: SlotQuery) -> Listing:
    filters, chosen = page.filters, page.filters.chosen()
    loosened = [_loosened(name, page, query, filters.without(name)) for name in chosen]
    if len(chosen) > 1:
        loosened.append(_loosened("all", page, query, filters.without()))
    days = [page.first + timedelta(days=number) for number in range(PAGE_DAYS)]
    return listing(page.asked(query, filters), page.fits(filters), days, loosened=loosened, after=page.after)


def _loosened(name: str, page: _Page, query: SlotQuery, filters: Filters) -> Loosened:
    return Loosened(name, page.asked(query, filters), page.fits(filters))


def _other_page(page: _Page, days: int) -> str:
    first = max(page.first + timedelta(days=days), page.today)
    return page.filters.href(page.consultation.key, first=first if first > page.today else None)


def _answer(start: datetime, page: _Page, query: SlotQuery, words: Words, shown: Listing) -> Answer:
    """Tell whether a time is free, or why it is not, with the nearest that is."""
    asked, at = page.asked(query, page.filters), to_epoch(start)
    when = wording.say_instant(start, house().zone, language())
    free = free_slots(asked)
    itself = [slot for slot in free if slot.start == at]
    if itself:
        return Answer(when, True, "", "", None, words.row(itself[0]))
    refusal = refusal_for_start(asked, at) if start >= roof().clock() else _OVER
    assert refusal
    near = _nearest(free, asked, at) or shown.after
    other = near or _nearest(free_slots(query), query, at)
    why, hint, link = refused(refusal, words, (page.first, page.last))
    if other and refusal.smallest_change.kind not in _HELPS:
        hint, link = "", None  # the time below is the way
    fitting = words if near else replace(words, filters=page.filters.without())
    return Answer(when, False, why, hint, link, fitting.row(other) if other else None, fits=bool(near))


def _nearest(free: Sequence[Slot], query: SlotQuery, at: int) -> Slot | None:
    change = nearest(free, replace(query, since=at))
    return next((slot for slot in free if slot.start == change.at), None)


_OVER = Refusal(Rule.PAST, Blocker("offering"), Change(ChangeKind.NONE))
_HELPS = (ChangeKind.NOTICE, ChangeKind.HORIZON, ChangeKind.LANGUAGE, ChangeKind.FEWER_PEOPLE)
