"""The journal: a row for every deed, in its own transaction, that names nobody."""

from datetime import timedelta

import pytest

from booking.bookings import calling_off, changing, retention
from booking.bookings.reaching import mark_unreachable
from booking.bookings.service import thread_of
from booking.db import unit_of_work
from booking.journal.models import Event
from booking.schedule import service
from booking.schedule.refusals import Taken
from tests.builders import a_booking, a_pool, an_occurrence, house_id
from tests.deeds.reading import events, rows_of

PERSON = {
    "name": "Xaviera Quellwasser",
    "email": "xaviera@quellwasser.example",
    "phone": "+49 341 987654",
    "note": "Zwillingskinderwagen",
}


def a_life(clock):
    """Let a house and its visitors do everything that they can do."""
    pool_id = a_pool(8)
    later = clock() + timedelta(hours=2)
    unit_of_work(lambda: service.repair(pool_id, 1, starts_at=clock(), ends_at=later, now=clock()))
    first, second = an_occurrence(clock), an_occurrence(clock, seats=3)
    cancelled, erased, kept = (a_booking(first, clock, **PERSON) for _ in range(3))
    a_booking(second, clock, **PERSON)
    unit_of_work(lambda: changing.cancel(cancelled.booking_id, now=clock()))
    unit_of_work(lambda: changing.erase(erased.booking_id, now=clock()))
    thread = thread_of(kept.booking_id)
    unit_of_work(lambda: mark_unreachable(thread, recipient=PERSON["email"], now=clock()))
    unit_of_work(lambda: changing.change_address(kept.booking_id, "x@quellwasser.example", now=clock()))
    unit_of_work(
        lambda: calling_off.cancel_occurrence(
            second, reasons={"de": "Frau Quellwasser ist krank."}, actor="staff:7", now=clock()
        )
    )
    retention.run(now=clock() + timedelta(days=30))


def test_every_deed_is_written_down_once(app, clock):
    a_life(clock)

    assert events() == [
        "pool.repair_began",
        "occurrence.published",
        "occurrence.published",
        *["booking.confirmed"] * 4,
        "booking.cancelled_by_visitor",
        "booking.cancelled_by_visitor",
        "booking.erased",
        "booking.unreachable",
        "booking.address_changed",
        "booking.cancelled_by_house",
        "occurrence.cancelled",
        *["booking.expired"] * 3,
    ]


def test_the_journal_names_nobody(app, clock):
    a_life(clock)

    kinds = {"booking", "occurrence", "pool"}
    for actor, kind, object_id, counts, owner in rows_of(
        Event.actor, Event.object_kind, Event.object_id, Event.counts, Event.house_id
    ):
        assert actor in ("visitor", "system", "staff:7")
        assert kind in kinds
        assert isinstance(object_id, int)
        assert all(isinstance(number, int) for number in counts.values())
        assert owner == house_id()
    told = str(rows_of(Event.deed, Event.actor, Event.counts))
    assert not [word for text in PERSON.values() for word in text.split() if word in told]


def test_a_deed_that_is_refused_is_not_written_down(app, clock):
    occurrence_id = an_occurrence(clock, seats=5)
    a_booking(occurrence_id, clock)

    with pytest.raises(Taken):
        a_booking(occurrence_id, clock)

    assert events() == ["occurrence.published", "booking.confirmed"]
