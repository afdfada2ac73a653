"""Video calls: the address is sent the day before, once, and again after a move."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import changing, moving, reminding
from booking.bookings.models import Booking
from booking.bookings.moving_slots import move_to_slot
from booking.db import unit_of_work
from booking.messages.models import OutgoingMail
from booking.schedule.models import Occurrence
from tests.deeds.reading import mails, rows_of
from tests.holds import a_slot_booking, a_slot_wanted
from tests.hours import a_consultation, an_expert, at, the_house

THREE = at("2027-01-13 15:00")
VIDEO = {"medium": "video"}


def a_call(clock, starts_at=THREE, medium="video"):
    offering_id = a_consultation(media=("on_site", "video"))
    an_expert(offering_id, "wed 15:00-19:00", "thu 15:00-19:00")
    return a_slot_booking(offering_id, starts_at, clock, slot={"medium": medium}), offering_id


def until(clock, instant):
    clock.forward(seconds=(instant - clock()).total_seconds())


def remind(clock):
    return reminding.send_video_addresses(now=clock())


def sent():
    return [kind for kind, *_ in mails() if kind == "video_address"]


def test_the_address_comes_the_day_before_and_once(app, clock):
    a_call(clock)
    until(clock, THREE - timedelta(hours=24, minutes=1))
    assert remind(clock) == 0

    clock.forward(minutes=1)

    assert (remind(clock), remind(clock)) == (1, 0)
    assert sent() == ["video_address"]
    ((sequence,), (again,)) = [(facts["sequence"],) for (facts,) in rows_of(OutgoingMail.facts)]
    assert sequence == again == 0
    ((room,),) = rows_of(Occurrence.video_room)
    assert rows_of(OutgoingMail.facts)[1][0]["video_room"] == room != ""


def test_who_comes_to_the_house_gets_no_address(app, clock):
    a_call(clock, medium="on_site")
    until(clock, THREE - timedelta(hours=2))

    assert remind(clock) == 0


def test_who_has_cancelled_gets_none(app, clock):
    booking, _ = a_call(clock)
    unit_of_work(partial(changing.cancel, booking.booking_id, now=clock()))
    until(clock, THREE - timedelta(hours=2))

    assert remind(clock) == 0


def test_a_call_that_has_begun_is_too_late(app, clock):
    a_call(clock)
    until(clock, THREE)

    assert remind(clock) == 0


@pytest.mark.parametrize(
    "deed",
    [
        partial(changing.change_address, email="zoe@example.org"),
        partial(moving.change_party, party={"adults": 2}),
    ],
)
def test_a_change_that_writes_the_entry_anew_is_followed_by_the_address(app, clock, deed):
    booking, _ = a_call(clock)
    until(clock, THREE - timedelta(hours=3))
    remind(clock)

    unit_of_work(partial(deed, booking.booking_id, now=clock()))

    assert (remind(clock), remind(clock)) == (1, 0)
    assert mails()[-1][0] == "video_address"
    assert rows_of(Booking.email) == [(mails()[-1][3],)]


def test_after_a_move_the_address_of_the_new_call_is_sent(app, clock):
    booking, offering_id = a_call(clock)
    until(clock, THREE - timedelta(hours=3))
    remind(clock)
    ((first,),) = rows_of(Occurrence.video_room)
    wanted = a_slot_wanted(offering_id, at("2027-01-14 15:00"), **VIDEO)

    unit_of_work(partial(move_to_slot, booking.booking_id, wanted, house=the_house(), now=clock()))
    assert remind(clock) == 0
    until(clock, at("2027-01-13 16:00"))

    assert remind(clock) == 1
    assert len(sent()) == 2
    rooms = [
        facts["video_room"]
        for (facts,) in rows_of(OutgoingMail.facts, where=OutgoingMail.kind == "video_address")
    ]
    assert rooms[0] == first != rooms[1]
    assert rows_of(Booking.sequence) == [(1,)]
