"""Video calls that become a visit: nobody is sent an address for a call that does not take place."""

from datetime import timedelta
from functools import partial

from booking.bookings import moving_slots, reminding
from booking.db import unit_of_work
from booking.messages.models import OutgoingMail
from tests.deeds.reading import rows_of
from tests.holds import a_slot_booking, a_slot_wanted
from tests.hours import a_consultation, an_expert, at, the_house

THREE = at("2027-01-13 15:00")


def test_who_comes_to_the_house_after_all_is_sent_no_address(app, clock):
    offering_id = a_consultation(media=("on_site", "video"))
    an_expert(offering_id, "wed 15:00-16:00")
    booked = a_slot_booking(offering_id, THREE, clock, slot={"medium": "video"})
    now = THREE - timedelta(hours=5)

    wanted, house = a_slot_wanted(offering_id, THREE, medium="on_site"), the_house()
    unit_of_work(partial(moving_slots.move_to_slot, booked.booking_id, wanted, house=house, now=now))

    assert reminding.send_video_addresses(now=now) == 0
    assert "video_address" not in [kind for (kind,) in rows_of(OutgoingMail.kind)]
