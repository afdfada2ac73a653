"""Pages of staff: people at the door without a booking, let in or served in their turn."""

import pytest

from booking.bookings.models import Booking, PartyCount
from booking.bookings.walk_in_models import Ticket
from booking.journal.models import Event
from tests.builders import an_offering
from tests.deeds.reading import rows_of
from tests.walk_ins import a_desk, a_walk_in
from tests.web.staff.booking_ways import AREA, dates_of


@pytest.fixture
def offering_id(app):
    return an_offering(key="rundgang", seats=10, party_max=4, notice_minutes=120)


@pytest.fixture
def date(clock, offering_id):
    return dates_of(clock, offering_id)


def test_who_stands_there_is_let_in_with_one_press(staff, date):
    day, desk = date(hours=0.5), staff("desk")
    page = desk.get(f"{AREA}/let-in")

    done = desk.post(f"{AREA}/let-in/{day}", page.fields() | {"press": "3"})

    assert "3 people are let in." in done.text
    assert rows_of(Booking.name, Booking.state, Booking.channel) == [("", "attended", "walk_in")]
    assert rows_of(PartyCount.category, PartyCount.people) == [("adults", 3)]


def test_more_than_four_are_typed_and_nobody_is_told_at_the_field(staff, date):
    day, desk = date(hours=0.5), staff("desk")
    page = desk.get(f"{AREA}/let-in")

    nobody = desk.post(f"{AREA}/let-in/{day}", page.fields() | {"people": "0"})
    assert nobody.status == 422
    assert "one at least" in nobody.text

    assert "7 people are let in." in desk.post(f"{AREA}/let-in/{day}", nobody.fields() | {"people": "7"}).text


def test_a_walk_in_has_a_page_without_a_name(staff, date):
    desk = staff("desk")
    desk.post(f"{AREA}/let-in/{date(hours=0.5)}", desk.get(f"{AREA}/let-in").fields() | {"press": "1"})
    ((reference,),) = rows_of(Booking.reference)

    assert "at the door, without booking" in desk.get(f"{AREA}/bookings/{reference}").text
    assert "Without a name" in desk.get(f"{AREA}/bookings?staff=1").text


def test_the_desk_serves_a_queue_and_the_journal_knows_who(staff, clock):
    walk_in = a_walk_in("daily 00:00-24:00", key="help")
    a_desk(walk_in, clock)
    desk = staff("desk")
    page = desk.get(next(link for link in desk.get(f"{AREA}/queues").links() if "/queues/desk/" in link))
    path = page.response.request.path

    slip = desk.post(path, page.fields() | {"press": "draw"})
    assert "Number 1" in slip.text
    desk.post(path, desk.get(path).fields() | {"press": "next:0"})

    assert rows_of(Ticket.state) == [("called",)]
    actors = {actor for deed, actor in rows_of(Event.deed, Event.actor) if deed.startswith("ticket.")}
    assert len(actors) == 1
    assert actors.pop().startswith("staff:")


def test_a_desk_is_set_up_from_the_list_of_queues(staff):
    a_walk_in("daily 00:00-24:00", key="help")
    desk = staff("desk")
    page = desk.get(f"{AREA}/queues")
    assert "No desk is set up yet" in page.text

    done = desk.post(f"{AREA}/queues/help/desk", page.fields() | {"label": "Table 2"})

    assert "Serve: Table 2" in done.text
