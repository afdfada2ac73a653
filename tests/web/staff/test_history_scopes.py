"""Who reads what of the log: own programmes, own house, no visitors for those who meet none."""

from functools import partial

import pytest
from sqlalchemy import update

from booking.bookings.models import Booking
from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from tests.builders import a_booking, a_host, a_room, an_occurrence, an_offering, house_id
from tests.staff import a_programme
from tests.voices import tell
from tests.web.staff.history_ways import LOG, record, shown
from tests.web.ways import statements


@pytest.fixture
def two_programmes(clock):
    """A booked date of the school programme, and one of the tours, each with an event of every kind it has."""
    found = {}
    for name in ("school", "tours"):
        programme_id, offering_id = a_programme(), an_offering()
        programmed = update(Offering).where(Offering.id == offering_id).values(programme_id=programme_id)
        unit_of_work(partial(execute, programmed))
        occurrence_id = an_occurrence(clock, offering_id=offering_id)
        booking_id = a_booking(occurrence_id, clock, email=f"{name}@example.org").booking_id
        record(clock, "offering.changed", of=("offering", offering_id))
        found[name] = (programme_id, offering_id, occurrence_id, booking_id)
    return found


def test_a_coordinator_reads_of_own_programmes_and_of_the_house(clock, staff, two_programmes):
    programme_id, _offering_id, _occurrence_id, _booking_id = two_programmes["school"]
    record(clock, "place.changed", of=("place", a_room()))
    record(clock, "staff.invited", of=("staff", 1))
    tell(clock)

    own = staff("coordinator", programmes=[programme_id]).get(LOG)
    everything = staff("coordinator").get(LOG)

    assert len(shown(own)) == 5  # offering, date, booking, room, idea
    assert len(shown(everything)) == 8
    assert "You see what belongs to your own programmes" in own.text
    assert "invited a member of staff" not in own.text + everything.text
    assert "invited a member of staff" in staff("admin").get(LOG).text
    assert "invited a member of staff" in staff("auditor").get(LOG).text


def test_no_filter_opens_what_another_programme_did(clock, staff, two_programmes):
    _programme, offering_id, occurrence_id, booking_id = two_programmes["tours"]
    visitor = staff("coordinator", programmes=[two_programmes["school"][0]])

    for query in (f"kind=offering&id={offering_id}", f"kind=occurrence&id={occurrence_id}"):
        assert shown(visitor.get(f"{LOG}?{query}")) == []
    assert shown(visitor.get(f"{LOG}?kind=booking&id={booking_id}")) == []
    assert shown(staff("coordinator", programmes=[]).get(f"{LOG}?kind=booking")) == []


def test_bookings_are_numbers_for_those_who_meet_no_visitors(clock, staff):
    booked = a_booking(an_occurrence(clock), clock)
    ((reference,),) = unit_of_work(
        lambda: execute(Booking.__table__.select().with_only_columns(Booking.reference)).all()
    )

    assert reference in staff("coordinator").get(LOG).text
    for role in ("auditor", "admin"):
        page = staff(role).get(LOG)
        assert reference not in page.response.get_data(as_text=True)
        assert f"Booking {booked.booking_id}" in page.text
        assert "Amina" not in page.text


@pytest.mark.parametrize("role", ["guide", "expert", "desk"])
def test_nobody_else_opens_the_log(staff, role):
    assert staff(role).client.get(LOG).status_code == 404


def test_another_house_is_not_in_the_log(clock, staff):
    record(clock, house=house_id("library"), of=("offering", 7))

    assert "Nothing has happened yet." in staff("coordinator").get(LOG).text


def test_the_log_asks_as_often_for_three_hundred_events_as_for_ten(clock, staff, two_programmes):
    visitor = staff("coordinator")

    def asked():
        visitor.get(LOG)
        with statements() as seen:
            visitor.get(LOG)
        return len([one for one in seen if one.startswith("SELECT")])

    few = asked()
    host, room = a_host(), a_room()
    for number in range(300):
        occurrence = two_programmes["tours" if number % 2 else "school"][2]
        of = [("occurrence", occurrence), ("booking", two_programmes["school"][3]), ("offering", number)]
        record(clock, of=of[number % 3], changes={"host_ids": [[], [host]], "place_id": [None, room]})

    assert asked() <= few + 2, "two more kinds are named: persons and rooms"
    assert asked() <= 12
