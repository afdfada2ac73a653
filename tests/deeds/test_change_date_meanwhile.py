"""A date changes while somebody is typing, and with what those need who come."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import confirming
from booking.bookings.access_models import AccessNeed
from booking.bookings.models import Booking
from booking.bookings.refusals import DateMoved
from booking.db import unit_of_work
from booking.schedule.models import Allocation
from booking.timekit.instants import to_epoch
from tests.builders import an_occurrence
from tests.dates import a_change, changed
from tests.deeds.reading import load_of, rows_of
from tests.holds import a_contact, a_hold
from tests.needs import a_signer, booked_with

HOUR = timedelta(hours=1)


def of_bookings():
    return rows_of(Booking.starts_at, Booking.ends_at, Booking.sequence)


def test_who_is_still_typing_keeps_the_places_and_does_not_book_another_time_unseen(app, clock):
    occurrence_id = an_occurrence(clock)
    held = a_hold(occurrence_id, clock)
    saw = clock() + timedelta(days=1)

    changed(clock, a_change(occurrence_id, later=HOUR))

    book = partial(confirming.book_held, held.hold_id, a_contact(), now=clock())
    with pytest.raises(DateMoved):
        unit_of_work(partial(book, seen_at=saw))
    assert of_bookings() == []
    unit_of_work(partial(book, seen_at=saw + HOUR))
    assert of_bookings() == [(saw + HOUR, saw + 2 * HOUR, 0)]
    assert rows_of(Allocation.starts_at) == [(to_epoch(saw + HOUR),)]


def test_what_visitors_need_follows_the_date_and_becomes_a_task_where_it_cannot_be_had(app, clock):
    signer = a_signer()
    occurrence_id = an_occurrence(clock, starts_at=clock() + timedelta(days=40))
    booked_with(occurrence_id, clock, "dgs")
    assert rows_of(AccessNeed.state) == [("arranged",)]
    before = rows_of(Allocation.starts_at, where=Allocation.claim_id == rows_of(AccessNeed.claim_id)[0][0])

    changed(clock, a_change(occurrence_id, later=2 * HOUR))

    after = rows_of(Allocation.starts_at, where=Allocation.claim_id == rows_of(AccessNeed.claim_id)[0][0])
    assert after == [(before[0][0] + 7200,)]
    assert load_of(host_id=signer) == 1
    an_occurrence(clock, host_ids=(signer,), starts_at=clock() + timedelta(days=50))
    changed(clock, a_change(occurrence_id, later=timedelta(days=10) - 2 * HOUR))
    assert rows_of(AccessNeed.state, AccessNeed.claim_id) == [("open", None)]
    assert load_of(host_id=signer) == 1
