"""Another date or time in place of what was lost while somebody typed: the same form keeps it, nothing is lost."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from booking.bookings import holding
from booking.bookings.hold_queries import HoldPage
from booking.bookings.holding import Ask, Held
from booking.bookings.retrying import once_more, with_anybody
from booking.catalogue.queries import OfferingPage
from booking.errors import NotFound
from booking.schedule import expert_queries, queries
from booking.web import limits
from booking.web.context import house, language
from booking.web.public.dates import alternatives
from booking.web.public.rows import DateRow, date_row
from booking.web.public.slot_choice import SlotChoice, soonest, start_in, time_row
from booking.web.roof import roof

MOST = 5
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Other:
    """What is free instead; ``value`` is what the button sends, empty where only the link leads on."""

    row: DateRow
    value: str


def others(held: HoldPage, offering: OfferingPage) -> list[Other]:
    """Return what is free instead of what a hold has lost, for as many people."""
    if held.is_slot:
        choice = _choice(held, offering)
        found = soonest(choice, people=held.people, most=MOST) if choice else []
        return [Other(time_row(one), one.start_value()) for one in found]
    ask = partial(queries.next_bookable, house().id, language=language(), now=roof().clock(), most=MOST)
    same = [
        one for one in ask(offering_id=held.offering_id, people=held.people) if one.id != held.occurrence_id
    ]
    return [Other(date_row(one), str(one.id)) for one in same] or _of_other_offerings(held)


def keep(held: HoldPage, offering: OfferingPage, wanted: str) -> None:
    """Let a hold keep another date or time of its offering; raises NotFound, and the refusals of holding."""
    ask = Ask(house_id=held.house_id, party=held.party, once=held.once, client=limits.client())
    deed = _slot(held, offering, wanted) if held.is_slot else _date(held, wanted)
    (with_anybody if held.is_slot else once_more)(partial(deed, ask))


def _of_other_offerings(held: HoldPage) -> list[Other]:
    """Return dates of any offering: their forms ask for another party, so a link leads there."""
    try:
        date = queries.date(held.occurrence_id, house_id=house().id, language=language(), now=roof().clock())
    except NotFound:
        return []
    return [Other(row, "") for row in alternatives(date, people=held.people)]


def _date(held: HoldPage, wanted: str) -> Callable[[Ask], Held]:
    now = roof().clock()
    if not _NUMBER.fullmatch(wanted):
        raise NotFound
    date = queries.date(int(wanted), house_id=house().id, language=language(), now=now)
    if date.offering_id != held.offering_id:
        raise NotFound
    return partial(holding.hold_date, date.id, bounds=roof().hold_bounds, now=now)


def _slot(held: HoldPage, offering: OfferingPage, wanted: str) -> Callable[[Ask], Held]:
    choice, start = _choice(held, offering), start_in(wanted)
    if choice is None or start is None:
        raise NotFound
    slot = choice.at(start).wanted(people=held.people)
    return partial(holding.hold_slot, slot, house=house(), bounds=roof().hold_bounds, now=roof().clock())


def _choice(held: HoldPage, offering: OfferingPage) -> SlotChoice | None:
    found = expert_queries.consultations(house().id, language=language(), key=offering.key)
    return SlotChoice(found[0], held.starts_at, held.medium, None, None) if found else None
