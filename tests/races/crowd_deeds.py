"""What those of a crowd do: every deed by its name, with the instant first and then what it needs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from booking.bookings import (
    access_changes,
    attending,
    booking_for,
    calling_off,
    cancelling,
    changing,
    changing_dates,
    confirming,
    holding,
    holding_back,
    moving,
    moving_slots,
    sweeping,
)
from booking.bookings import service as bookings
from booking.bookings.access_rules import Asked
from booking.bookings.booking_for import Call
from booking.bookings.changing_dates import Change
from booking.bookings.hands import staff_hands
from booking.bookings.retrying import once_more, with_anybody
from booking.db import unit_of_work
from booking.schedule import planning, publishing, series
from booking.schedule import service as schedule
from booking.schedule.publishing import Plan
from tests.builders import a_wish
from tests.holds import BOUNDS, a_contact, a_slot_wanted, an_ask
from tests.hours import ZONE, the_house


def book(now, occurrence_id, once, adults=1):
    wish = a_wish(occurrence_id, party={"adults": adults}, email=f"{once}@example.org")
    return unit_of_work(partial(bookings.book, wish, once=once, now=now)).booking_id


def hold(now, occurrence_id, once, adults=1, replaces=()):
    ask = an_ask(once=once, client=once, party={"adults": adults}, replaces=replaces)
    deed = partial(holding.hold_date, occurrence_id, ask, bounds=BOUNDS, now=now)
    return once_more(deed).hold_id


def hold_slot(now, offering_id, starts_at, once, adults=1, *, book=False, **slot):
    """Hold a slot, and book it at once if told so."""
    ask = an_ask(once=once, client=once, party={"adults": adults})
    wanted = a_slot_wanted(offering_id, starts_at, **({"people": adults} | slot))
    house = the_house()
    held = with_anybody(partial(holding.hold_slot, wanted, ask, house=house, bounds=BOUNDS, now=now))
    return book_held(now, held.hold_id, email=f"{once}@example.org") if book else held.hold_id


def book_held(now, hold_id, **contact):
    return with_anybody(partial(confirming.book_held, hold_id, a_contact(**contact), now=now)).booking_id


def book_needing(now, hold_id, kinds, email):
    """Book once, with what is needed: nobody who is refused comes again."""
    deed = partial(confirming.book_held, hold_id, a_contact(email=email), needs=Asked(kinds), now=now)
    return unit_of_work(deed).booking_id


def change_needs(now, booking_id, kinds):
    return unit_of_work(partial(access_changes.change, booking_id, Asked(kinds), now=now))


def extend(now, hold_id):
    return with_anybody(partial(holding.extend, hold_id, bounds=BOUNDS, now=now))


def give_up(now, hold_id):
    return unit_of_work(partial(holding.give_up, hold_id, now=now))


def cancel(now, booking_id):
    return unit_of_work(partial(changing.cancel, booking_id, now=now))


def erase(now, booking_id):
    return unit_of_work(partial(changing.erase, booking_id, now=now))


def change_address(now, booking_id, email):
    return unit_of_work(partial(changing.change_address, booking_id, email, now=now))


def move(now, booking_id, occurrence_id):
    return unit_of_work(partial(moving.move_to_date, booking_id, occurrence_id, now=now))


def move_slot(now, booking_id, offering_id, starts_at, **slot):
    wanted, house = a_slot_wanted(offering_id, starts_at, **slot), the_house()
    deed = partial(moving_slots.move_to_slot, booking_id, wanted, house=house, now=now)
    return with_anybody(deed)


def change_party(now, booking_id, adults):
    return unit_of_work(partial(moving.change_party, booking_id, {"adults": adults}, now=now))


def cancel_occurrence(now, occurrence_id):
    reasons = {"de": "Die Führungsperson ist erkrankt.", "en": "The guide has fallen ill."}
    deed = partial(calling_off.cancel_occurrence, occurrence_id, reasons=reasons, actor="system", now=now)
    return unit_of_work(deed)


def publish(now, **plan):
    return unit_of_work(partial(publishing.publish, Plan(**plan), now=now))


def change_date(now, occurrence_id, hours=0, version=None, **wanted):
    """Change a date as staff do."""
    found = unit_of_work(partial(planning.plan_of, occurrence_id, house_id=the_house().id))
    plan, later = found[0], timedelta(hours=hours)
    after = replace(plan, starts_at=plan.starts_at + later, ends_at=plan.ends_at + later, **wanted)
    change = Change(occurrence_id, version or found[1].version, after)
    deed = partial(
        changing_dates.change_dates, [change], house_id=the_house().id, actor="staff:7", tells=True
    )
    return unit_of_work(partial(deed, now=now))


def publish_draft(now, occurrence_id):
    deed = partial(planning.publish_draft, occurrence_id, house_id=the_house().id, version=1)
    return unit_of_work(partial(deed, actor="staff:7", now=now))


def make_series(now, wanted, decisions):
    deed = partial(series.make, wanted, decisions, house=the_house(), actor="staff:7", now=now)
    return unit_of_work(deed)


def lower(now, resource_id, capacity):
    return unit_of_work(partial(schedule.change_capacity, resource_id, capacity, now=now))


def check_in(now, booking_id, came=None, version=None):
    deed = partial(attending.check_in, booking_id, came, zone=ZONE, version=version, actor="staff:7")
    return unit_of_work(partial(deed, now=now))


def undo_check_in(now, booking_id):
    return unit_of_work(partial(attending.undo, booking_id, actor="staff:7", now=now))


def check_in_date(now, occurrence_id):
    deed = partial(attending.check_in_date, occurrence_id, house_id=the_house().id, zone=ZONE)
    return unit_of_work(partial(deed, actor="staff:7", now=now))


def close_list(now, occurrence_id):
    deed = partial(attending.close_list, occurrence_id, house_id=the_house().id)
    return unit_of_work(partial(deed, actor="staff:7", now=now))


def call(now, occurrence_id, once, adults=1):
    """Book for a caller."""
    contact, by = a_contact(email=f"{once}@example.org"), staff_hands("staff:7")
    called = Call(contact, {"adults": adults}, once, None, by)
    deed = partial(booking_for.book_date, occurrence_id, called, house=the_house(), now=now)
    return once_more(deed).booking_id


def hold_back(now, occurrence_id, places, seen=0, minutes_before=None):
    deed = partial(holding_back.hold_back, occurrence_id, places, minutes_before=minutes_before, seen=seen)
    return unit_of_work(partial(deed, house_id=the_house().id, actor="staff:7", now=now))


def move_for(now, booking_id, occurrence_id, seen=None):
    """Move as staff do."""
    by = staff_hands("staff:7", seen=seen)
    return unit_of_work(partial(moving.move_to_date, booking_id, occurrence_id, by=by, now=now))


def cancel_for(now, booking_id, seen=None):
    """Cancel as staff do."""
    by, state = staff_hands("staff:7", seen=seen), cancelling.BY_HOUSE
    deed = partial(cancelling.cancel, booking_id, state, by=by, staff_id=None, reason="Krank")
    return unit_of_work(partial(deed, now=now))


def sweep(now):
    return sweeping.run(now=now)


DEEDS: dict[str, Callable[..., Any]] = {
    deed.__name__: deed
    for deed in (
        book,
        hold,
        hold_slot,
        book_held,
        book_needing,
        extend,
        give_up,
        cancel,
        erase,
        change_address,
        move,
        move_slot,
        change_party,
        change_needs,
        cancel_occurrence,
        publish,
        change_date,
        publish_draft,
        make_series,
        lower,
        sweep,
        check_in,
        undo_check_in,
        check_in_date,
        close_list,
        call,
        hold_back,
        move_for,
        cancel_for,
    )
}
