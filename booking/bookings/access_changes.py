"""Deeds on the access needs of a booking that stands: change them, and let them follow a move."""

from datetime import datetime

from booking.bookings import (
    access_arranging,
    access_needs,
    access_queries,
    access_rules,
    access_tasks,
    queries,
    states,
)
from booking.bookings.access_models import OPEN
from booking.bookings.access_queries import Need
from booking.bookings.access_refusals import CompanionNotCounted
from booking.bookings.access_rules import Asked, DateFacts
from booking.bookings.locking import lock_booking
from booking.bookings.queries import BookingPage
from booking.bookings.refusals import NotMovable
from booking.errors import Gone, NotFound, Overtaken
from booking.houses import queries as houses


def change(booking_id: int, asked: Asked, *, now: datetime) -> None:
    """Let a booking need what is asked for now, and nothing else; the consent is that of this moment.

    What is withdrawn is deleted at once, and what was taken for it given
    back, until the visit begins.  What stays keeps what was arranged.  Staff
    hear of a task that is new, and of one that is none any more.  Raises
    NotMovable for a booking that is over or not firm, Gone for an erased one,
    and NeedRefused for what is new and cannot be met.
    """
    before = _unlocked(booking_id)
    known = _kinds(_wanted(booking_id))
    new = tuple(kind for kind in asked.kinds if kind not in known)
    foreseen = access_needs.foresee(
        Asked(new, asked.words),
        house_id=before.house_id,
        occurrence_id=before.occurrence_id,
        people=sum(before.party.values()),
        now=now,
    )
    page = lock_booking(booking_id, also=foreseen.resource_ids)
    if page.state not in states.CANCELLABLE or page.starts_at <= now:
        raise NotMovable
    rows = _wanted(booking_id)
    if _kinds(rows) != known or page.occurrence_id != before.occurrence_id:
        raise Overtaken
    was_task = _withdraw(rows, asked, now=now)
    if not _take_on(page, foreseen, now=now) and was_task:
        access_tasks.tell(page, now=now)


def check_move(page: BookingPage, facts: DateFacts, *, now: datetime) -> None:
    """Raise NeedRefused where what a booking needs cannot be arranged at another date or time.

    Whether a companion was counted is not asked again: the party was told long ago.
    """
    kinds = tuple(need.kind for need in _wanted(page.id))
    if kinds:
        found = access_rules.standings(houses.house(page.house_id), facts, now=now)
        access_rules.check(Asked(kinds), found, people=facts.party_max, party_max=facts.party_max)


def check_party(page: BookingPage, people: int) -> None:
    """Raise CompanionNotCounted where somebody who brings a companion would come alone."""
    if people >= 2 or page.policy.party_max < 2:
        return
    offers = houses.house(page.house_id).access
    for need in _wanted(page.id):
        if offers[need.kind].arranged_by == "party":
            raise CompanionNotCounted(kind=need.kind)


def follow(page: BookingPage, occurrence_id: int, *, locked: frozenset[int], now: datetime) -> None:
    """Arrange anew what a booking needs that has just moved to a date.

    ``locked``  what ``access_needs.to_lock`` found for it there, locked with the booking
    Staff hear of what they had to do with the old time.  Raises NeedRefused
    where the lead time for the new one is over: the move is undone with it.
    """
    rows = _wanted(page.id)
    if not rows:
        return
    house, facts = houses.house(page.house_id), access_queries.date(occurrence_id)
    check_move(page, facts, now=now)
    for need in rows:
        due_at = access_rules.due_at(house, house.access[need.kind], facts, now=now)
        access_arranging.change(need.id, state=OPEN, due_at=due_at, claim_id=None)
    access_arranging.give_back(rows)
    moved = queries.booking(page.id, language=page.language)
    is_told = access_arranging.arrange(moved, house, facts, locked=locked, now=now)
    if not is_told and any(need.due_at is not None for need in rows):
        access_tasks.tell(moved, now=now)


def _unlocked(booking_id: int) -> BookingPage:
    try:
        return queries.booking(booking_id, language=queries.language_of(booking_id))
    except NotFound as erased:
        raise Gone from erased


def _wanted(booking_id: int) -> list[Need]:
    return [need for need in access_queries.needs(booking_id) if need.is_wanted]


def _kinds(rows: list[Need]) -> set[str]:
    return {need.kind for need in rows}


def _withdraw(rows: list[Need], asked: Asked, *, now: datetime) -> bool:
    """Delete what is not asked for any more, renew the rest; return whether staff had to do with what goes."""
    withdrawn = [need for need in rows if need.kind not in asked.kinds]
    access_arranging.remove(withdrawn)
    for need in rows:
        if need not in withdrawn:
            access_arranging.change(need.id, words=asked.words, consent_at=now)
    return any(need.due_at is not None for need in withdrawn)


def _take_on(page: BookingPage, foreseen: access_needs.Foreseen, *, now: datetime) -> bool:
    """Write what is new and arrange it; return whether the house was told."""
    if not foreseen.asked.kinds:
        return False
    house, facts = houses.house(page.house_id), access_queries.date(page.occurrence_id)
    access_arranging.write(page, house, facts, foreseen.asked, now=now)
    kinds, locked = foreseen.asked.kinds, foreseen.resource_ids
    return access_arranging.arrange(page, house, facts, only=kinds, locked=locked, now=now)
