"""Needs of a booking that moves: taken along where they can be had, else arranged anew, or the move is undone."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import access_needs, access_tasks, changing, moving, moving_slots
from booking.bookings.access_models import AccessNeed
from booking.bookings.access_refusals import NeedTooLate, NotStepFree
from booking.bookings.models import Booking
from booking.db import unit_of_work
from booking.messages.models import OutgoingMail
from booking.timekit.instants import to_epoch
from tests.builders import a_room, an_occurrence, an_offering, house_id
from tests.deeds.post import Carrier, deliver
from tests.deeds.reading import load_of, mails, rows_of
from tests.holds import a_slot_hold, a_slot_wanted
from tests.hours import a_consultation, an_expert, at, the_house
from tests.needs import a_loop, a_signer, booked_with, held_with, states

FAR, FURTHER = "2027-02-02 10:00", "2027-02-09 10:00"
TASKS = OutgoingMail.kind == "task"


@pytest.fixture
def offering_id(app) -> int:
    return an_offering(seats=9, party_max=9, cancel_until_minutes=60)


@pytest.fixture
def date(clock, offering_id):
    """Publish a date, far enough ahead for everything unless told otherwise."""

    def publish(text=FAR, **wanted):
        details = {"offering_id": offering_id, "seats": 9, "starts_at": at(text)} | wanted
        return an_occurrence(clock, **details)

    return publish


def move(booked, occurrence_id, *, now):
    return unit_of_work(partial(moving.move_to_date, booked.booking_id, occurrence_id, now=now))


def done(kind, clock, **wanted):
    ((need_id,),) = rows_of(AccessNeed.id, where=AccessNeed.kind == kind)
    wanted = {"house_id": house_id(), "actor": "system", "now": clock()} | wanted
    return unit_of_work(partial(access_tasks.done, need_id, **wanted))


def told():
    """Return state and deadline of each mail to the house."""
    rows = rows_of(OutgoingMail.state, OutgoingMail.facts, where=TASKS)
    return [(state, facts.get("due_at")) for state, facts in rows]


def test_a_move_takes_the_interpreter_along(date, clock):
    ada = a_signer()
    booked = booked_with(date(FAR), clock, "dgs")

    assert move(booked, date(FURTHER), now=clock())

    assert (states(), load_of(host_id=ada)) == ([("dgs", "arranged")], 1)
    another = booked_with(date(FAR), clock, "dgs", email="bruno@example.org")
    assert another
    assert states() == [("dgs", "arranged")] * 2, "at the old time somebody else has her"


def test_a_move_to_an_overlapping_time_is_no_conflict_with_oneself(date, clock):
    ada = a_signer()
    booked = booked_with(date(FAR), clock, "dgs")

    assert move(booked, date("2027-02-02 10:30"), now=clock())

    assert (states(), load_of(host_id=ada)) == ([("dgs", "arranged")], 1)


def test_where_nobody_is_free_at_the_new_time_it_becomes_a_task_of_staff(date, clock):
    ada = a_signer()
    date(FURTHER, host_ids=(ada,))
    booked = booked_with(date(FAR), clock, "dgs")

    move(booked, date(FURTHER), now=clock.forward(days=1))

    assert rows_of(AccessNeed.state, AccessNeed.due_at) == [("open", at("2027-01-26 23:59"))]
    assert told() == [("owed", to_epoch(at("2027-01-26 23:59")))]


def test_what_staff_had_arranged_is_to_be_arranged_anew(date, clock):
    booked = booked_with(date(FAR), clock, "quiet")
    deliver(Carrier(), clock)
    done("quiet", clock)

    move(booked, date(FURTHER), now=clock())

    assert states() == [("quiet", "open")]
    assert [state for state, _ in told()] == ["sent", "owed"]


def test_staff_hear_that_their_task_is_over_where_somebody_is_free_at_the_new_time(date, clock):
    ada = a_signer()
    date(FAR, host_ids=(ada,))
    booked = booked_with(date(FAR), clock, "dgs")
    deliver(Carrier(), clock)

    move(booked, date(FURTHER), now=clock())

    assert (states(), rows_of(AccessNeed.due_at)) == ([("dgs", "arranged")], [(None,)])
    assert [due for _, due in told()][-1] is None


def test_a_move_to_a_date_for_which_it_is_too_late_is_undone(date, clock):
    ada = a_signer()
    old = date(FAR)
    booked = booked_with(old, clock, "dgs")
    soon = date("2027-01-20 10:00")

    with pytest.raises(NeedTooLate):
        move(booked, soon, now=clock())

    assert rows_of(Booking.occurrence_id, Booking.sequence) == [(old, 0)]
    assert (load_of(occurrence_id=soon), load_of(host_id=ada)) == (0, 1)
    assert [kind for kind, *_ in mails()] == ["confirmation"]


def test_a_move_to_steps_is_refused_and_needs_stay_where_the_party_changes(date, clock):
    booked = booked_with(date(FAR), clock, "wheelchair", "quiet")

    with pytest.raises(NotStepFree):
        move(booked, date(FURTHER, place_id=a_room(is_step_free=False)), now=clock())

    unit_of_work(partial(moving.change_party, booked.booking_id, {"adults": 1}, now=clock()))
    assert states() == [("wheelchair", "arranged"), ("quiet", "open")]


def test_a_consultation_with_an_expert_who_signs_needs_nobody_else(app, clock):
    ada, consultation = a_signer(), a_consultation()
    an_expert(consultation, "tue 09:00-12:00", languages=("de", "dgs"))
    held = a_slot_hold(consultation, at(FAR), clock)

    held_with(held, clock, "dgs")

    assert (states(), load_of(host_id=ada)) == ([("dgs", "arranged")], 0)


def test_an_expert_and_an_interpreter_are_taken_for_one_slot_and_both_move_along(app, clock):
    ada, consultation = a_signer(), a_consultation()
    expert = an_expert(consultation, "tue 09:00-12:00")
    booked = held_with(a_slot_hold(consultation, at(FAR), clock), clock, "dgs")
    assert (load_of(host_id=expert), load_of(host_id=ada)) == (1, 1)

    to = a_slot_wanted(consultation, at(FAR) + timedelta(minutes=30))
    deed = partial(moving_slots.move_to_slot, booked.booking_id, to, house=the_house())
    assert unit_of_work(partial(deed, now=clock()))

    assert (states(), load_of(host_id=expert), load_of(host_id=ada)) == ([("dgs", "arranged")], 1, 1)
    unit_of_work(partial(changing.cancel, booked.booking_id, now=clock()))
    assert (states(), load_of(host_id=expert), load_of(host_id=ada)) == ([], 0, 0)


def test_equipment_follows_to_the_new_date_alone(date, clock):
    loop = a_loop(1)
    booked = booked_with(date(FAR), clock, "induction_loop")

    move(booked, date(FURTHER), now=clock())

    assert load_of(pool_id=loop) == 1
    assert booked_with(date(FAR), clock, "induction_loop", email="bruno@example.org")
    assert states() == [("induction_loop", "arranged")] * 2


def test_moving_without_needs_locks_nothing_more(date, clock):
    a_signer()
    booked = booked_with(date(), clock)

    assert unit_of_work(lambda: access_needs.to_lock(booked.booking_id, now=clock())) == frozenset()
