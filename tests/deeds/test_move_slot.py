"""Moving a consultation: another time, expert or medium; private and shared; nobody's place is lost or taken twice."""

from datetime import date, timedelta
from functools import partial

import pytest

from booking.bookings import changing, moving_slots
from booking.bookings.models import Booking
from booking.bookings.refusals import (
    NotMovable,
    OtherOffering,
    Past,
    PhoneMissing,
    TooLateToMove,
)
from booking.db import unit_of_work
from booking.messages.models import OutgoingMail
from booking.schedule.models import Occurrence, OccurrenceHost
from booking.schedule.refusals import SlotGone
from booking.timekit.instants import to_epoch
from tests.builders import a_need, a_room
from tests.deeds.reading import events, load_of, mails, rows_of, written
from tests.holds import a_slot_booking, a_slot_hold, a_slot_wanted
from tests.hours import a_consultation, an_expert, at, free, the_house

WEDNESDAY = date(2027, 1, 13)
THREE, QUARTER_PAST, HALF_PAST = (at(f"2027-01-13 15:{minute:02}") for minute in (0, 15, 30))
HOURS = "wed 15:00-16:00"


def move(booked, starts_at, *, now, phone="", **wanted):
    """Move a booking of one to another time of the offering, which is its own unless told otherwise."""
    offering_id = wanted.pop("offering_id", None) or offering_of(booked)
    slot = a_slot_wanted(offering_id, starts_at, **wanted)
    deed = partial(moving_slots.move_to_slot, booked.booking_id, slot, house=the_house(), phone=phone)
    return unit_of_work(partial(deed, now=now))


def offering_of(booked):
    on = (Occurrence.id == Booking.occurrence_id) & (Booking.id == booked.booking_id)
    ((offering_id,),) = rows_of(Occurrence.offering_id, where=on)
    return offering_id


def state_of(booked):
    mine = Booking.id == booked.booking_id
    return rows_of(Booking.starts_at, Booking.occurrence_id, Booking.sequence, Booking.phone, where=mine)


def experts_of(booked):
    on = (OccurrenceHost.occurrence_id == Booking.occurrence_id) & (Booking.id == booked.booking_id)
    return [host_id for (host_id,) in rows_of(OccurrenceHost.host_id, where=on)]


# ------------------------------------------------------------------ private slots


def test_a_moved_consultation_takes_the_new_time_alone_and_its_booker_is_told(app, clock):
    booth = a_room()
    offering_id = a_consultation(needs=(a_need(kind="room", place_id=booth),))
    expert = an_expert(offering_id, HOURS)
    booked = a_slot_booking(offering_id, THREE, clock)

    assert move(booked, HALF_PAST, now=clock.forward(minutes=1))

    assert (load_of(host_id=expert), load_of(place_id=booth)) == (1, 1)
    assert free(offering_id, WEDNESDAY, now=clock()) == "15:00"
    ((starts_at, _, sequence, _),) = state_of(booked)
    assert (starts_at, sequence) == (HALF_PAST, 1)
    assert [mail[:2] for mail in mails()] == [("confirmation", "REQUEST"), ("moved", "REQUEST")]
    first, second = [facts for (facts,) in rows_of(OutgoingMail.facts)]
    assert (second["uid"], second["sequence"]) == (first["uid"], 1)
    assert (second["former_starts_at"], second["starts_at"]) == (to_epoch(THREE), to_epoch(HALF_PAST))
    assert events()[-1] == "booking.moved"


def test_a_time_that_overlaps_the_old_one_is_no_conflict_with_oneself(app, clock):
    offering_id = a_consultation(step_minutes=15)
    expert = an_expert(offering_id, HOURS)
    booked = a_slot_booking(offering_id, THREE, clock)

    assert move(booked, QUARTER_PAST, now=clock())
    assert move(booked, THREE, now=clock())

    assert load_of(host_id=expert) == 1
    assert free(offering_id, WEDNESDAY, now=clock()) == "15:30"


def test_the_same_time_with_the_same_expert_changes_nothing(app, clock):
    offering_id = a_consultation()
    expert = an_expert(offering_id, HOURS)
    booked = a_slot_booking(offering_id, THREE, clock)
    before = written()

    assert not move(booked, THREE, now=clock())
    assert not move(booked, THREE, host_id=expert, now=clock())

    assert written() == before


def test_the_same_time_with_another_expert(app, clock):
    offering_id = a_consultation()
    ines, jonas = (an_expert(offering_id, HOURS, first_name=name) for name in ("Ines", "Jonas"))
    booked = a_slot_booking(offering_id, THREE, clock, slot={"host_id": ines})

    assert move(booked, THREE, host_id=jonas, now=clock())

    assert (experts_of(booked), load_of(host_id=ines), load_of(host_id=jonas)) == ([jonas], 0, 1)
    facts = rows_of(OutgoingMail.facts)[-1][0]
    assert (facts["former_with_whom"], facts["with_whom"]) == ("Ines", "Jonas")


def test_a_time_that_somebody_else_has_is_refused_and_the_old_one_stands(app, clock):
    offering_id = a_consultation()
    an_expert(offering_id, HOURS)
    booked = a_slot_booking(offering_id, THREE, clock)
    a_slot_hold(offering_id, HALF_PAST, clock)
    before, here = written(), state_of(booked)

    with pytest.raises(SlotGone):
        move(booked, HALF_PAST, now=clock())

    assert (written(), state_of(booked)) == (before, here)
    assert move(booked, HALF_PAST, now=clock.forward(minutes=15)), "the hold is over"


def test_a_call_needs_a_number_and_remembers_the_one_that_was_told(app, clock):
    offering_id = a_consultation(media=("on_site", "video", "phone"))
    an_expert(offering_id, HOURS)
    booked = a_slot_booking(offering_id, THREE, clock)
    before = written()

    with pytest.raises(PhoneMissing):
        move(booked, HALF_PAST, medium="phone", now=clock())
    assert written() == before

    assert move(booked, HALF_PAST, medium="phone", phone="0341 1234567", now=clock())
    assert state_of(booked)[0][3] == "0341 1234567"
    assert move(booked, THREE, medium="phone", now=clock())
    facts = rows_of(OutgoingMail.facts)[-1][0]
    assert (facts["medium"], facts["phone"]) == ("phone", "0341 1234567")


def test_from_the_house_to_a_video_call_and_back(app, clock):
    booth = a_room()
    needs = (a_need(kind="room", place_id=booth, medium="on_site"),)
    offering_id = a_consultation(media=("on_site", "video"), needs=needs)
    an_expert(offering_id, HOURS)
    booked = a_slot_booking(offering_id, THREE, clock)

    assert move(booked, THREE, medium="video", now=clock())
    facts = rows_of(OutgoingMail.facts)[-1][0]
    assert (facts["medium"], facts["former_medium"]) == ("video", "on_site")
    assert facts["video_room"]
    assert load_of(place_id=booth) == 0

    assert move(booked, THREE, medium="on_site", now=clock())
    assert load_of(place_id=booth) == 1
    assert rows_of(OutgoingMail.facts)[-1][0]["video_room"] == ""


def test_what_is_late_past_elsewhere_or_cancelled_is_refused(app, clock):
    offering_id = a_consultation(cancel_until_minutes=60)
    an_expert(offering_id, "wed 10:00-16:00")
    other = a_consultation()
    an_expert(other, HOURS)
    booked, ended = (a_slot_booking(offering_id, start, clock) for start in (THREE, HALF_PAST))
    unit_of_work(partial(changing.cancel, ended.booking_id, now=clock()))

    with pytest.raises(OtherOffering):
        move(booked, HALF_PAST, offering_id=other, now=clock())
    with pytest.raises(Past):
        move(booked, at("2027-01-06 15:00"), now=clock())
    with pytest.raises(SlotGone):
        move(booked, at("2027-01-14 15:00"), now=clock())
    with pytest.raises(NotMovable):
        move(ended, HALF_PAST, now=clock())
    with pytest.raises(TooLateToMove):
        move(booked, HALF_PAST, now=THREE - timedelta(minutes=59))

    assert state_of(booked)[0][0] == THREE


def test_a_moved_consultation_is_cancelled_and_leaves_nothing(app, clock):
    offering_id = a_consultation()
    expert = an_expert(offering_id, HOURS)
    booked = a_slot_booking(offering_id, THREE, clock)
    move(booked, HALF_PAST, now=clock())

    unit_of_work(partial(changing.cancel, booked.booking_id, now=clock()))

    assert load_of(host_id=expert) == 0
    assert free(offering_id, WEDNESDAY, now=clock()) == "15:00 15:30"


# ------------------------------------------------------------------- shared slots


@pytest.fixture
def shared(app) -> int:
    """Help for up to four people at once, every quarter of an hour."""
    return a_consultation(is_shared=True, seats=4, party_max=2, step_minutes=15)


def test_a_party_joins_others_and_leaves_the_rest_of_its_own_behind(shared, clock):
    expert = an_expert(shared, HOURS)
    amina, bruno, chiara = (a_slot_booking(shared, start, clock) for start in (THREE, THREE, HALF_PAST))

    assert move(amina, HALF_PAST, now=clock())

    (three,), (half_past,) = ({state_of(one)[0][1]} for one in (bruno, chiara))
    assert state_of(amina)[0][1] == half_past != three
    assert (load_of(occurrence_id=three), load_of(occurrence_id=half_past)) == (1, 2)
    assert load_of(host_id=expert) == 2


def test_the_last_party_takes_expert_and_room_along(shared, clock):
    expert = an_expert(shared, HOURS)
    booked = a_slot_booking(shared, THREE, clock)

    assert move(booked, QUARTER_PAST, now=clock())

    assert load_of(host_id=expert) == 1
    assert state_of(booked)[0][0] == QUARTER_PAST


def test_who_leaves_others_behind_cannot_take_their_expert_along(shared, clock):
    an_expert(shared, HOURS)
    amina, _ = (a_slot_booking(shared, THREE, clock) for _ in range(2))

    with pytest.raises(SlotGone):
        move(amina, QUARTER_PAST, now=clock())


def test_a_shared_slot_that_is_full_is_refused(shared, clock):
    an_expert(shared, HOURS)
    amina = a_slot_booking(shared, THREE, clock)
    for _ in range(2):
        a_slot_booking(shared, HALF_PAST, clock, party={"adults": 2})

    with pytest.raises(SlotGone):
        move(amina, HALF_PAST, now=clock())

    assert state_of(amina)[0][0] == THREE
