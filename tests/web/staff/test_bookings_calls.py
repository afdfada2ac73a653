"""Pages of staff: booking for a caller, places held back, people at the door, queues, and the export."""

import csv
import io
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from booking.bookings.access_models import AccessNeed
from booking.bookings.models import Booking, PartyCount
from booking.bookings.staff_models import HeldBack
from booking.bookings.walk_in_models import Ticket
from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.journal.models import Event
from booking.messages.models import OutgoingMail
from booking.web.staff.bookings.csv_files import safe
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.deeds.reading import load_of, rows_of
from tests.hours import a_consultation, an_expert
from tests.staff import a_programme
from tests.walk_ins import a_desk, a_walk_in
from tests.web.ways import statements

AREA = "/en/staff"


@pytest.fixture
def offering_id(app):
    return an_offering(key="rundgang", seats=10, party_max=4, notice_minutes=120)


@pytest.fixture
def date(clock, offering_id):
    def publish(hours=24.0, **wanted):
        starts_at = clock() + timedelta(hours=hours)
        details = {"offering_id": offering_id, "seats": 10, "starts_at": starts_at}
        return an_occurrence(clock, **(details | wanted))

    return publish


def call(visitor, path, **typed):
    """Open the form for a caller, fill it in and send it."""
    return visitor.post(path, visitor.get(path).fields() | {"adults": "2", "name": "Karl Busch"} | typed)


def test_a_caller_without_an_address_is_booked_in_four_steps_and_gets_a_slip(staff, date):
    day = date()
    desk = staff("desk")
    times = desk.get(desk.get(f"{AREA}/call").link(ending="/call/rundgang"))
    form = times.link(ending=f"/call/date/{day}")

    page = call(desk, form, phone="0341 12345")

    assert "Read the reference out, or print the slip" in page.text
    assert rows_of(Booking.name, Booking.email, Booking.channel, Booking.state) == [
        ("Karl Busch", "", "staff", "confirmed")
    ]
    assert rows_of(OutgoingMail.id) == []
    slip = desk.get(page.link(ending="/slip.pdf")).response
    assert slip.get_data().startswith(b"%PDF")


def test_a_caller_with_an_address_gets_the_mail_in_the_language_that_was_asked_for(staff, date):
    call(staff("desk"), f"{AREA}/call/date/{date()}", email="karl@example.org", mail_language="en")

    assert rows_of(OutgoingMail.recipient, OutgoingMail.language) == [("karl@example.org", "en")]


def test_the_form_of_a_caller_sent_twice_books_once(staff, date):
    desk, path = staff("desk"), f"{AREA}/call/date/{date()}"
    typed = desk.get(path).fields() | {"adults": "2", "name": "Karl Busch"}

    first, second = desk.post(path, typed), desk.post(path, typed)

    assert first.response.request.path == second.response.request.path
    assert len(rows_of(Booking.id)) == 1


def test_what_is_missing_is_told_at_the_field_and_what_was_typed_is_kept(staff, date):
    desk, path = staff("desk"), f"{AREA}/call/date/{date()}"

    page = call(desk, path, name="", note="Mit Hund.")

    assert page.status == 422
    assert "Enter the name." in page.text
    assert page.fields()["note"] == "Mit Hund."
    assert rows_of(Booking.id) == []


def test_the_lead_time_is_overruled_with_a_tick_that_is_asked_for(staff, date):
    desk, path = staff("desk"), f"{AREA}/call/date/{date(hours=1)}"
    assert "The lead time of this date is over" in desk.get(path).text

    refused = call(desk, path)
    assert refused.status == 409
    assert rows_of(Booking.id) == []
    page = call(desk, path, overrules="y")

    assert "Booked" in page.text


def test_more_people_than_one_booking_brings_are_told_at_the_field(staff, date):
    desk, path = staff("desk"), f"{AREA}/call/date/{date()}"

    page = call(desk, path, adults="6")
    assert page.status == 422
    assert "1 to 4 people" in page.text

    assert "Booked" in desk.post(path, page.fields() | {"overrules": "y"}).text


def test_a_full_date_is_full_for_callers_too(staff, date, clock):
    day = date(seats=10)
    for _number in range(2):
        a_booking(day, clock, party={"adults": 4})

    page = call(staff("desk"), f"{AREA}/call/date/{day}", adults="3")

    assert page.status == 409
    assert load_of(occurrence_id=day) == 8


def test_access_needs_are_stored_with_the_consent_that_was_asked_aloud(staff, date):
    desk, path = staff("desk"), f"{AREA}/call/date/{date(hours=24 * 30)}"
    typed = {"need_quiet": "y", "needs_words": "Am Rand, bitte."}

    assert "agree" in call(desk, path, **typed).text
    assert rows_of(Booking.id) == []
    call(desk, path, **typed, needs_consent="y")

    assert rows_of(AccessNeed.kind, AccessNeed.words) == [("quiet", "Am Rand, bitte.")]


def test_a_consultation_is_booked_for_a_caller(staff, clock):
    offering_id = a_consultation(key="ki", notice_minutes=60)
    an_expert(offering_id, "daily 08:00-18:00", key="ada", first_name="Ada")
    coordinator = staff("coordinator")
    times = coordinator.get(f"{AREA}/call/ki")
    slot = next(link for link in times.links() if "start=2027-01-12" in link)

    page = coordinator.post(slot, coordinator.get(slot).fields() | {"adults": "1", "name": "Karl"})

    assert "Ada" in page.text
    assert rows_of(Booking.state, Booking.channel) == [("confirmed", "staff")]


def test_a_coordinator_books_for_own_programmes_alone(staff, date, offering_id):
    day, own, other = date(), a_programme(), a_programme()
    programmed = update(Offering).where(Offering.id == offering_id).values(programme_id=own)
    unit_of_work(partial(execute, programmed))
    stranger = staff("coordinator", programmes=[other])

    for path in (
        f"{AREA}/call/rundgang",
        f"{AREA}/call/date/{day}",
        f"{AREA}/hold-back/{day}",
    ):
        assert stranger.get(path).status == 404
        assert staff("coordinator", programmes=[own]).get(path).status == 200
    token = stranger.get(f"{AREA}/let-in").fields()
    assert stranger.post(f"{AREA}/let-in/{day}", token | {"press": "2"}).status == 404
    assert rows_of(Booking.id) == []


def test_nobody_books_on_dates_of_another_house(staff, clock):
    library = house_id("library")
    foreign = an_occurrence(clock, offering_id=an_offering(house_id=library), house_id=library)
    for role in ("desk", "coordinator"):
        for path in (f"{AREA}/call/date/{foreign}", f"{AREA}/hold-back/{foreign}"):
            assert staff(role).get(path).status == 404


def hold(visitor, day, **typed):
    path = f"{AREA}/hold-back/{day}"
    return visitor.post(path, visitor.get(path).fields() | {"minutes": "120"} | typed)


def test_places_are_held_back_used_and_released(staff, date, clock):
    day, desk = date(), staff("desk")

    assert "Saved." in hold(desk, day, places="8").text
    assert "2 places free, 8 held back for you" in desk.get(f"{AREA}/hold-back").text
    assert "8 held back for you" in desk.get(f"{AREA}/call/date/{day}").text
    call(desk, f"{AREA}/call/date/{day}", adults="3", uses_kept="y")
    assert rows_of(HeldBack.places) == [(5,)]

    hold(desk, day, places="0")
    assert rows_of(HeldBack.id) == []


def test_what_is_held_back_can_be_left_alone(staff, date):
    day, desk = date(), staff("desk")
    hold(desk, day, places="8")
    path = f"{AREA}/call/date/{day}"
    typed = desk.get(path).fields() | {"adults": "3", "name": "Karl"}
    del typed["uses_kept"]

    assert desk.post(path, typed).status == 409
    assert rows_of(HeldBack.places) == [(8,)]


def test_more_than_is_free_cannot_be_held_back_and_two_desks_see_both_versions(staff, date, clock):
    day, desk, other = date(), staff("desk"), staff("desk")
    path = f"{AREA}/hold-back/{day}"
    opened = other.get(path).fields()

    page = hold(desk, day, places="11")
    assert page.status == 422
    assert "This date has 10 places" in page.text
    hold(desk, day, places="4")

    late = other.post(path, opened | {"places": "6", "minutes": "60"})
    assert late.status == 409
    assert "Somebody else has changed this meanwhile" in late.text
    assert rows_of(HeldBack.places) == [(4,)]
    other.post(path, late.fields() | {"minutes": "60"})
    assert rows_of(HeldBack.places) == [(6,)]


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


def test_the_export_holds_the_list_and_is_noted_in_the_journal(staff, date, clock):
    a_booking(
        date(), clock, name="=HYPERLINK('http://evil')", phone="+49 341 12345", note="-1+2\nzweite Zeile"
    )
    coordinator = staff("coordinator")
    form = coordinator.get(f"{AREA}/bookings").fields()

    answer = coordinator.post(f"{AREA}/bookings/list.csv", form).response

    heads, row = csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline=""), delimiter=";")
    cells = dict(zip(heads, row, strict=True))
    assert cells["Name"] == "'=HYPERLINK('http://evil')"
    assert cells["Phone number"] == "'+49 341 12345"
    assert cells["Question or wish"] == "'-1+2\nzweite Zeile"
    assert cells["People"] == "3"
    assert rows_of(Event.deed, Event.counts)[-1] == ("bookings.exported", {"bookings": 1})


def test_an_export_is_of_own_programmes_alone_and_nobody_else_gets_one(staff, date, clock, offering_id):
    a_booking(date(), clock)
    own = a_programme()
    programmed = update(Offering).where(Offering.id == offering_id).values(programme_id=a_programme())
    unit_of_work(partial(execute, programmed))
    stranger = staff("coordinator", "desk", programmes=[own])
    form = stranger.get(f"{AREA}/bookings").fields()

    assert stranger.get(f"{AREA}/bookings/list.csv").response.mimetype == "text/html", (
        "a link hands out nothing"
    )
    rows = stranger.post(f"{AREA}/bookings/list.csv", form).response.get_data(as_text=True)
    assert rows.count("\n") == 1, "the heads alone: the desk sees it, and takes nothing along"
    for role in ("desk", "auditor", "guide", "expert", "admin"):
        visitor = staff(role)
        assert visitor.post(f"{AREA}/bookings/list.csv", visitor.get(AREA).fields()).status == 404


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\x00=1"]
)
def test_no_cell_is_a_formula(cell):
    assert safe(cell).startswith("'")


@pytest.mark.parametrize("cell", ["", "Amina", "3", "a=1", "'quoted'"])
def test_other_cells_stay_as_they_are(cell):
    assert safe(cell) == cell


@pytest.mark.parametrize("path", ["hold-back", "let-in", "call/rundgang"])
def test_many_dates_ask_as_often_as_few(staff, date, clock, path):
    desk = staff("desk")
    date(hours=1)
    date(hours=2)
    desk.get(f"{AREA}/{path}")
    with statements() as few:
        desk.get(f"{AREA}/{path}")
    for number in range(30):
        hold_back = date(hours=3 + number / 10)
        assert hold_back
    with statements() as many:
        page = desk.get(f"{AREA}/{path}")

    assert page.status == 200
    assert len(many) == len(few)


def test_search_answers_strange_words_without_a_fault(staff):
    desk = staff("desk")
    for typed in ("%25", "_", "'", "%00", "x" * 500, "=1", "@", "+49", "%E2%80%AE"):
        assert desk.get(f"{AREA}/search?q={typed}").status == 200
    assert unit_of_work(lambda: execute(select(Booking.id)).all()) == []
