"""What decides whether a slot can be had: medium, party, lead time, buffers."""

from datetime import date, timedelta

import pytest

from booking.bookings.refusals import PartyTooLarge, Past, PhoneMissing
from booking.errors import NotFound
from booking.schedule.models import Occurrence
from booking.schedule.refusals import SlotGone
from tests.builders import a_need, a_room
from tests.deeds.reading import load_of, rows_of
from tests.holds import a_hold, a_slot_booking, a_slot_hold, booked
from tests.hours import a_consultation, an_expert, at, free

WEDNESDAY = date(2027, 1, 13)
THREE = at("2027-01-13 15:00")
HALF_PAST = at("2027-01-13 15:30")
HOURS = "wed 15:00-16:00"


def test_video_and_phone_need_no_room_and_a_call_needs_a_number(app, clock):
    booth = a_room()
    needs = (a_need(kind="room", place_id=booth, medium="on_site"),)
    offering_id = a_consultation(needs=needs, media=("on_site", "video", "phone"))
    an_expert(offering_id, HOURS)

    a_slot_booking(offering_id, THREE, clock, slot={"medium": "video"})
    held = a_slot_hold(offering_id, HALF_PAST, clock, slot={"medium": "phone"})

    assert load_of(place_id=booth) == 0
    ((room,), (none,)) = rows_of(Occurrence.video_room)
    assert len(room) >= 16
    assert none == ""
    with pytest.raises(PhoneMissing):
        booked(held, clock)
    booked(held, clock, phone="0341 1234567")


def test_what_no_policy_allows_is_refused(app, clock):
    offering_id = a_consultation(media=("on_site",))
    an_expert(offering_id, HOURS)

    with pytest.raises(PartyTooLarge):
        a_slot_hold(offering_id, THREE, clock, party={"adults": 4})
    with pytest.raises(NotFound):
        a_slot_hold(offering_id, THREE, clock, slot={"medium": "video"})
    with pytest.raises(SlotGone):
        a_slot_hold(offering_id, THREE + timedelta(minutes=7), clock)
    with pytest.raises(Past):
        a_slot_hold(offering_id, THREE - timedelta(days=7), clock)
    assert rows_of(Occurrence.id) == []


def test_buffers_lie_around_a_booked_slot(app, clock):
    offering_id = a_consultation(
        needs=(a_need(kind="host", before_minutes=10, after_minutes=20),), step_minutes=30
    )
    an_expert(offering_id, "wed 13:00-18:00")

    a_slot_booking(offering_id, THREE, clock)

    # 15:00 to 15:30 takes 14:50 to 15:50, and a slot before it ends by 14:30, one after it begins at 16:00
    assert free(offering_id, WEDNESDAY, now=clock()) == "13:00 13:30 14:00 16:00 16:30 17:00 17:30"


def test_a_slot_is_no_date_of_the_programme_and_cannot_be_booked_as_one(app, clock):
    offering_id = a_consultation()
    an_expert(offering_id, HOURS)
    a_slot_booking(offering_id, THREE, clock)
    ((occurrence_id,),) = rows_of(Occurrence.id)

    with pytest.raises(NotFound):
        a_hold(occurrence_id, clock)
