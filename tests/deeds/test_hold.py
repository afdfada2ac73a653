"""Holds: places are kept while somebody types, for longer if asked, and come back by themselves."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import holding, retention
from booking.bookings.models import Booking, Hold
from booking.bookings.refusals import Cancelled, FormUsed, NoMoreTime, Past
from booking.bookings.rules import MOST_EXTENSIONS, Bounds
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.schedule.models import Claim
from booking.schedule.refusals import Taken
from booking.timekit.instants import to_epoch
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.deeds.reading import events, load_of, mails, rows_of
from tests.deeds.test_cancel import cancel_date
from tests.holds import BOUNDS, a_hold, booked

MINUTE = timedelta(minutes=1)
OUTSIDER = Bounds(at_once=2, per_client=8, rush=1000)


def extend(held, clock):
    unit_of_work(partial(holding.extend, held.hold_id, bounds=BOUNDS, now=clock()))


def expiry_of(held):
    ((until,),) = rows_of(Hold.expires_at, where=Hold.id == held.hold_id)
    return until


def test_a_hold_keeps_places_for_a_quarter_of_an_hour(app, clock):
    occurrence_id = an_occurrence(clock, seats=2)

    held = a_hold(occurrence_id, clock)

    assert expiry_of(held) == clock() + 15 * MINUTE
    assert rows_of(Claim.expires_at, where=Claim.expires_at.is_not(None)) == [
        (to_epoch(clock() + 15 * MINUTE),)
    ]
    assert load_of(occurrence_id=occurrence_id) == 2
    with pytest.raises(Taken):
        a_hold(occurrence_id, clock, party={"adults": 1})
    with pytest.raises(Taken):
        a_booking(occurrence_id, clock, party={"adults": 1})
    assert mails() == []


def test_who_holds_books_without_taking_anything_again(app, clock):
    occurrence_id = an_occurrence(clock, seats=2)
    held = a_hold(occurrence_id, clock)
    clock.forward(minutes=14)

    booking = booked(held, clock, note="Was kostet KI die Stadt?")

    assert load_of(occurrence_id=occurrence_id) == 2
    assert rows_of(Claim.expires_at, where=Claim.id == Booking.claim_id) == [(None,)]
    assert rows_of(Booking.state, Booking.note) == [("confirmed", "Was kostet KI die Stadt?")]
    assert rows_of(Hold.booking_id) == [(booking.booking_id,)]
    assert mails() == [("confirmation", "REQUEST", "owed", "amina@example.org")]
    assert [deed for deed in events() if "occurrence" not in deed] == ["hold.made", "booking.confirmed"]


def test_a_hold_that_has_expired_keeps_nobody_out(app, clock):
    occurrence_id = an_occurrence(clock, seats=2)
    a_hold(occurrence_id, clock)
    clock.forward(minutes=15)

    a_booking(occurrence_id, clock, party={"adults": 2})

    assert load_of(occurrence_id=occurrence_id) == 2


def test_pressing_the_button_too_late_takes_the_places_again_if_they_are_free(app, clock):
    occurrence_id = an_occurrence(clock, seats=2)
    held = a_hold(occurrence_id, clock)
    clock.forward(minutes=15)
    a_hold(occurrence_id, clock, client="another")  # for which the first lost its places
    clock.forward(minutes=15)
    retention.run(now=clock())

    booked(held, clock)

    assert load_of(occurrence_id=occurrence_id) == 2
    assert rows_of(Booking.state) == [("confirmed",)]


def test_pressing_the_button_too_late_is_refused_if_the_places_are_gone(app, clock):
    occurrence_id = an_occurrence(clock, seats=2)
    held = a_hold(occurrence_id, clock)
    clock.forward(minutes=15)
    a_booking(occurrence_id, clock, party={"adults": 1})

    with pytest.raises(Taken):
        booked(held, clock)

    assert load_of(occurrence_id=occurrence_id) == 1
    assert len(rows_of(Booking.id)) == 1
    assert rows_of(Hold.booking_id) == [(None,)]


def test_a_hold_is_extended_by_ten_minutes_twelve_times_and_no_more(app, clock):
    held = a_hold(an_occurrence(clock, seats=2), clock)

    for _ in range(MOST_EXTENSIONS):
        extend(held, clock)
        clock.forward(minutes=5)

    with pytest.raises(NoMoreTime):
        extend(held, clock)
    assert expiry_of(held) == clock() - 60 * MINUTE + 135 * MINUTE
    booked(held, clock)


def test_extending_what_was_lost_takes_it_again_or_says_that_it_is_gone(app, clock):
    occurrence_id = an_occurrence(clock, seats=2)
    held = a_hold(occurrence_id, clock)
    clock.forward(minutes=20)
    retention.run(now=clock())
    assert load_of(occurrence_id=occurrence_id) == 0

    extend(held, clock)

    assert expiry_of(held) == clock() + 10 * MINUTE
    assert load_of(occurrence_id=occurrence_id) == 2
    clock.forward(minutes=20)
    a_booking(occurrence_id, clock, party={"adults": 1})
    with pytest.raises(Taken):
        extend(held, clock)


def test_the_same_form_keeps_the_same_places_once(app, clock):
    occurrence_id = an_occurrence(clock, seats=3)

    first, again = (a_hold(occurrence_id, clock, once="one") for _ in range(2))

    assert first == again
    assert load_of(occurrence_id=occurrence_id) == 2


def test_going_back_to_bring_one_more_changes_the_same_hold(app, clock):
    occurrence_id = an_occurrence(clock, seats=3)
    first = a_hold(occurrence_id, clock, once="one")

    again = a_hold(occurrence_id, clock, once="one", party={"adults": 3})

    assert first == again
    assert load_of(occurrence_id=occurrence_id) == 3
    assert rows_of(Hold.party) == [({"adults": 3},)]


def test_choosing_another_date_of_the_offering_gives_the_first_one_back(app, clock):
    offering_id = an_offering(seats=2, party_max=2)
    first, second = (
        an_occurrence(clock, offering_id=offering_id, seats=2, starts_at=clock() + timedelta(days=n))
        for n in (1, 2)
    )
    held = a_hold(first, clock)

    a_hold(second, clock, replaces=(held.hold_id,))

    assert (load_of(occurrence_id=first), load_of(occurrence_id=second)) == (0, 2)
    booked(held, clock)  # from a tab that was left open
    assert load_of(occurrence_id=first) == 2


def test_nobody_gives_back_what_another_house_or_booking_holds(app, clock):
    occurrence_id, other = an_occurrence(clock, seats=2), an_occurrence(clock, seats=2)
    held = a_hold(occurrence_id, clock)
    booked(held, clock)

    a_hold(other, clock, replaces=(held.hold_id,))

    assert load_of(occurrence_id=occurrence_id) == 2
    with pytest.raises(NotFound):
        a_hold(occurrence_id, clock, house_id=house_id("library"))


def test_giving_up_gives_back_at_once(app, clock):
    occurrence_id = an_occurrence(clock, seats=2)
    held = a_hold(occurrence_id, clock)

    unit_of_work(partial(holding.give_up, held.hold_id, now=clock()))

    assert load_of(occurrence_id=occurrence_id) == 0
    unit_of_work(partial(holding.give_up, held.hold_id, now=clock()))
    booked(held, clock)
    unit_of_work(partial(holding.give_up, held.hold_id, now=clock()))
    assert load_of(occurrence_id=occurrence_id) == 2


def test_a_date_that_is_over_or_called_off_is_not_booked_by_its_hold(app, clock):
    soon = an_occurrence(clock, starts_at=clock() + 10 * MINUTE)
    later = an_occurrence(clock)
    held, other = a_hold(soon, clock), a_hold(later, clock)
    cancel_date(later, now=clock())
    clock.forward(minutes=10)

    with pytest.raises(Past):
        booked(held, clock)
    with pytest.raises(Cancelled):
        booked(other, clock)


def test_the_form_of_a_hold_books_once(app, clock):
    occurrence_id = an_occurrence(clock, seats=4)
    held = a_hold(occurrence_id, clock)

    first, again = booked(held, clock), booked(held, clock)

    assert first == again
    assert len(mails()) == 1
    with pytest.raises(FormUsed):
        booked(held, clock, email="bruno@example.org")
    assert load_of(occurrence_id=occurrence_id) == 2


def test_after_booking_the_hold_neither_extends_nor_expires(app, clock):
    occurrence_id = an_occurrence(clock, seats=2)
    held = a_hold(occurrence_id, clock)
    booked(held, clock)

    extend(held, clock)
    clock.forward(hours=3)
    retention.run(now=clock())

    assert load_of(occurrence_id=occurrence_id) == 2
