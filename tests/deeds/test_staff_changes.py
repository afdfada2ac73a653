"""What staff do to a booking: past every deadline, never past the guard, and never over somebody else's change."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import (
    cancelling,
    contacting,
    moving,
    moving_slots,
    reaching,
)
from booking.bookings.contacting import Reached
from booking.bookings.models import Booking
from booking.bookings.refusals import (
    NotCancellable,
    NotMovable,
    OtherOffering,
    Past,
    TooFewLeft,
    TooLateToMove,
)
from booking.bookings.staff_models import HeldBack
from booking.bookings.staff_refusals import ReasonMissing
from booking.db import unit_of_work
from booking.errors import Stale
from booking.messages.models import OutgoingMail
from booking.schedule.refusals import Taken
from tests.builders import a_booking, an_offering
from tests.calls import hands, hold_back
from tests.deeds.reading import load_of, rows_of
from tests.deeds.staff_ways import DEADLINE, actors, dates_of, done, kinds, version
from tests.holds import a_slot_booking, a_slot_wanted
from tests.hours import a_consultation, an_expert, the_house
from tests.staff import a_staff


@pytest.fixture
def desk(app):
    return a_staff("desk")


@pytest.fixture
def offering_id(app):
    return an_offering(seats=5, party_max=4, cancel_until_minutes=DEADLINE, notice_minutes=DEADLINE)


@pytest.fixture
def date(clock, offering_id):
    return dates_of(clock, offering_id)


def test_after_the_deadline_staff_move_and_the_booker_cannot(date, desk, clock):
    old, new = date(30), date(32)
    booked = a_booking(old, clock)
    clock.forward(hours=20)

    with pytest.raises(TooLateToMove):
        done(moving.move_to_date, booked, new, now=clock())
    assert done(moving.move_to_date, booked, new, by=hands(desk), now=clock())

    assert (load_of(occurrence_id=old), load_of(occurrence_id=new)) == (0, 3)
    assert actors() == ("booking.moved", desk.actor)
    assert kinds()[-1] == "moved"


def test_a_move_that_shall_not_be_told_sends_nothing(date, desk, clock):
    booked = a_booking(date(30), clock)

    done(moving.move_to_date, booked, date(40), by=hands(desk, tells=False), now=clock())

    assert kinds() == ["confirmation"]


def test_who_missed_the_tram_is_moved_while_the_date_runs_and_not_after_it(date, desk, clock):
    old, new, later = date(30), date(40), date(41)
    booked = a_booking(old, clock)
    clock.forward(hours=30, minutes=59)
    done(moving.move_to_date, booked, new, by=hands(desk), now=clock())

    clock.forward(hours=9, minutes=1, seconds=-1)
    clock.forward(hours=1, seconds=1)
    with pytest.raises(NotMovable):
        done(moving.move_to_date, booked, later, by=hands(desk), now=clock())


def test_nobody_is_moved_to_what_has_begun_or_belongs_to_something_else(date, desk, clock):
    booked = a_booking(date(30), clock)
    begun, other = date(26), date(50, offering_id=an_offering())
    clock.forward(hours=26)

    with pytest.raises(Past):
        done(moving.move_to_date, booked, begun, by=hands(desk), now=clock())
    with pytest.raises(OtherOffering):
        done(moving.move_to_date, booked, other, by=hands(desk), now=clock())


def test_a_move_may_use_what_is_held_back_as_far_as_it_lacks(date, desk, clock):
    old, new = date(30), date(40)
    booked = a_booking(old, clock)
    hold_back(new, 4, desk, clock)

    with pytest.raises(Taken):
        done(moving.move_to_date, booked, new, now=clock())
    done(moving.move_to_date, booked, new, by=hands(desk), now=clock())

    assert rows_of(HeldBack.places) == [(2,)]
    assert load_of(occurrence_id=new) == 5


def test_staff_move_a_consultation_to_the_host_they_choose(clock, desk):
    offering_id = a_consultation(cancel_until_minutes=DEADLINE, notice_minutes=60)
    first = an_expert(offering_id, "daily 00:00-24:00")
    second = an_expert(offering_id, "daily 00:00-24:00")
    start = clock() + timedelta(hours=4)
    booked = a_slot_booking(offering_id, start, clock, slot={"host_id": first})
    clock.forward(hours=2)

    wanted = a_slot_wanted(offering_id, start, host_id=second)
    assert done(moving_slots.move_to_slot, booked, wanted, house=the_house(), by=hands(desk), now=clock())


def test_the_party_grows_past_the_bounds_when_that_is_said_and_never_past_the_seats(date, desk, clock):
    booked = a_booking(date(30), clock)
    by = hands(desk, overrules=True)

    done(moving.change_party, booked, {"adults": 5}, by=by, now=clock())

    with pytest.raises(TooFewLeft):
        done(moving.change_party, booked, {"adults": 6}, by=by, now=clock())


def test_a_growing_party_may_use_what_is_held_back(date, desk, clock):
    day = date(30)
    booked = a_booking(day, clock, party={"adults": 1})
    hold_back(day, 4, desk, clock)

    done(moving.change_party, booked, {"adults": 3}, by=hands(desk), now=clock())

    assert rows_of(HeldBack.places) == [(2,)]
    assert load_of(occurrence_id=day) == 5


@pytest.mark.parametrize(
    ("state", "mail"),
    [(cancelling.BY_VISITOR, "cancellation"), (cancelling.BY_HOUSE, "cancelled_by_house")],
)
def test_the_two_kinds_of_cancelling_are_told_and_counted_apart(date, desk, clock, state, mail):
    day = date(30)
    booked = a_booking(day, clock)
    clock.forward(hours=29)

    deed = partial(cancelling.cancel, booked.booking_id, state, by=hands(desk), staff_id=desk.staff_id)
    assert unit_of_work(partial(deed, reason="Mira ist krank.", now=clock()))
    assert not unit_of_work(partial(deed, reason="Mira ist krank.", now=clock())), (
        "a second time changes nothing"
    )

    assert rows_of(Booking.state) == [(state,)]
    assert (kinds().count(mail), load_of(occurrence_id=day)) == (1, 0)
    assert actors() == (f"booking.{state}", desk.actor)
    (facts,) = rows_of(OutgoingMail.facts)[-1]
    assert facts["reason"] == ("Mira ist krank." if state == cancelling.BY_HOUSE else "")


def test_the_house_says_why(date, desk, clock):
    booked = a_booking(date(30), clock)

    with pytest.raises(ReasonMissing):
        done(
            cancelling.cancel,
            booked,
            cancelling.BY_HOUSE,
            by=hands(desk),
            staff_id=desk.staff_id,
            reason=" ",
            now=clock(),
        )


def test_after_the_date_nothing_is_cancelled(date, desk, clock):
    booked = a_booking(date(30), clock)
    clock.forward(hours=31)

    with pytest.raises(NotCancellable):
        done(
            cancelling.cancel,
            booked,
            cancelling.BY_VISITOR,
            by=hands(desk),
            staff_id=desk.staff_id,
            now=clock(),
        )


def test_who_did_not_see_the_last_change_changes_nothing(date, desk, clock):
    old, new = date(30), date(40)
    booked = a_booking(old, clock)
    seen = version()
    done(moving.change_party, booked, {"adults": 1}, now=clock())  # by the booker, meanwhile
    by = hands(desk, seen=seen)
    wanted = Reached("Amina K.", "amina@example.org", "")

    with pytest.raises(Stale):
        done(moving.move_to_date, booked, new, by=by, now=clock())
    with pytest.raises(Stale):
        done(moving.change_party, booked, {"adults": 2}, by=by, now=clock())
    with pytest.raises(Stale):
        done(contacting.change_contact, booked, wanted, by=by, now=clock())
    with pytest.raises(Stale):
        done(cancelling.cancel, booked, cancelling.BY_VISITOR, by=by, staff_id=desk.staff_id, now=clock())
    assert load_of(occurrence_id=old) == 1


def test_what_the_system_notes_overtakes_nobody(date, desk, clock):
    booked = a_booking(date(30), clock)
    seen = version()

    unit_of_work(
        partial(
            reaching.mark_unreachable,
            f"booking:{booked.booking_id}",
            recipient="amina@example.org",
            now=clock(),
        )
    )

    assert version() == seen
    done(moving.change_party, booked, {"adults": 1}, by=hands(desk, seen=seen), now=clock())
