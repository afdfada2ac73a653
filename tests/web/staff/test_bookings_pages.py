"""Pages of staff over bookings: the list, one booking, what is done to it, and two people at once."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from booking.bookings import moving, reaching
from booking.bookings.models import Booking
from booking.bookings.staff_models import BookingNote
from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.journal.models import Event
from booking.messages.models import OutgoingMail
from tests.builders import a_booking, a_host, an_occurrence, an_offering, house_id
from tests.deeds.reading import rows_of
from tests.holds import a_slot_booking
from tests.hours import a_consultation, an_expert
from tests.staff import a_programme
from tests.web.ways import statements

LIST = "/en/staff/bookings"


@pytest.fixture
def offering_id(app):
    return an_offering(seats=10, party_max=6, cancel_until_minutes=24 * 60)


@pytest.fixture
def date(clock, offering_id):
    def publish(hours=24, **wanted):
        starts_at = clock() + timedelta(hours=hours)
        return an_occurrence(
            clock, **({"offering_id": offering_id, "seats": 10, "starts_at": starts_at} | wanted)
        )

    return publish


def reference(booked):
    wanted = select(Booking.reference).where(Booking.id == booked.booking_id)
    return unit_of_work(lambda: execute(wanted).scalar_one())


def href(booked, *parts):
    return "/".join([LIST, reference(booked), *parts])


def bounced(booked, clock):
    deed = partial(reaching.mark_unreachable, f"booking:{booked.booking_id}", now=clock())
    unit_of_work(partial(deed, recipient="amina@example.org"))


def sent(visitor, path, **values):
    """Open a form, fill it in and send it; a second time where the mail was shown first."""
    page = visitor.post(path, visitor.get(path).fields(-1) | values)
    if page.status == 200 and "This sends mail to 1 person" in page.text:
        return visitor.post(path, page.fields(-1) | values)
    return page


def test_the_desk_finds_a_booking_and_opens_it(staff, date, clock):
    booked = a_booking(date(), clock, phone="0341 12345", note="Mit Kinderwagen.")
    desk = staff("desk")

    page = desk.get(f"{LIST}?q=kaya")
    assert reference(booked) in page.text
    assert "Amina Kaya" in page.text
    shown = desk.get(href(booked)).text
    for words in (
        "amina@example.org",
        "0341 12345",
        "Mit Kinderwagen.",
        "2 adults",
        "Confirmation",
    ):
        assert words in shown


def test_the_search_box_leads_from_a_reference_to_its_booking(staff, date, clock):
    booked = a_booking(date(hours=24 * 30), clock)
    typed = reference(booked).lower()

    page = staff("desk").get(f"/en/staff/search?q={typed[:4]}%20{typed[4:]}")

    assert page.response.request.path == href(booked)


def test_far_ones_stand_in_no_list_of_the_desk_and_are_found_by_the_whole_address(staff, date, clock):
    booked = a_booking(date(hours=24 * 30), clock)
    desk = staff("desk")

    assert reference(booked) not in desk.get(LIST).text
    assert reference(booked) not in desk.get(f"{LIST}?q=amina").text
    assert reference(booked) in desk.get("/en/staff/search?q=Amina@example.org").text


def test_an_auditor_reads_no_name_and_no_address_and_changes_nothing(staff, date, clock):
    booked = a_booking(date(), clock, phone="0341 12345", note="Mit Kinderwagen.")
    auditor = staff("auditor")

    for path in (LIST, href(booked), f"{LIST}/no/{booked.booking_id}"):
        page = auditor.get(path)
        assert page.status == 200
        for words in ("Amina", "Kaya", "amina@", "12345", "Kinderwagen"):
            assert words not in page.response.get_data(as_text=True)
    for part in ("cancel", "move", "party", "contact", "slip.pdf"):
        assert auditor.get(href(booked, part)).status == 404


def test_a_guide_reads_the_first_name_of_those_assigned_and_of_nobody_else(staff, date, clock):
    host = a_host()
    mine, other = a_booking(date(host_ids=(host,)), clock), a_booking(date(hours=26), clock)
    guide = staff("guide", host_id=host)

    page = guide.get(LIST)
    assert (reference(mine) in page.text, reference(other) in page.text) == (True, False)
    shown = guide.get(href(mine))
    assert "Amina" in shown.text
    for words in ("Kaya", "amina@example.org"):
        assert words not in shown.response.get_data(as_text=True)
    assert guide.get(href(other)).status == 404
    assert guide.get(href(mine, "cancel")).status == 404


def test_a_coordinator_of_another_programme_finds_nothing(staff, date, clock, offering_id):
    booked = a_booking(date(), clock)
    own, other = a_programme(), a_programme()
    programmed = update(Offering).where(Offering.id == offering_id).values(programme_id=own)
    unit_of_work(partial(execute, programmed))

    assert staff("coordinator", programmes=[own]).get(href(booked)).status == 200
    stranger = staff("coordinator", programmes=[other])
    assert reference(booked) not in stranger.get(LIST).text
    for part in ("", "cancel", "move", "party", "contact", "slip.pdf"):
        assert stranger.get(href(booked, part).rstrip("/")).status == 404


def test_a_booking_of_another_house_does_not_exist(staff, clock):
    library = house_id("library")
    foreign = an_occurrence(clock, offering_id=an_offering(house_id=library), house_id=library)
    booked = a_booking(foreign, clock, house_id=library)
    for role in ("desk", "coordinator", "auditor"):
        assert staff(role).get(href(booked)).status == 404
        assert reference(booked) not in staff(role).get(f"{LIST}?q=amina").text


@pytest.mark.parametrize(
    ("query", "stays"),
    [
        ("state=confirmed", True),
        ("state=cancelled_by_house", False),
        ("kind=tour", True),
        ("kind=talk", False),
        ("medium=on_site", True),
        ("medium=video", False),
        ("first=2027-01-12&last=2027-01-12", True),
        ("first=2027-01-13", False),
        ("last=2027-01-11", False),
        ("unreachable=1", False),
        ("needs=1", False),
        ("staff=1", False),
        ("state=nonsense&offering=x&page=-3&first=never&sort=%00", True),
    ],
)
def test_each_filter_leaves_out_what_does_not_fit(staff, date, clock, query, stays):
    booked = a_booking(date(), clock)

    page = staff("coordinator").get(f"{LIST}?{query}")

    assert page.status == 200
    assert (reference(booked) in page.text) == stays


def test_a_list_of_200_asks_as_often_as_one_of_10(staff, date, clock):
    coordinator, day = staff("coordinator"), date(seats=10)
    for _number in range(3):
        a_booking(day, clock, party={"adults": 1})
    coordinator.get(LIST)
    with statements() as few:
        coordinator.get(LIST)
    for number in range(20):
        more = date(hours=30 + number)
        for _number in range(10):
            a_booking(more, clock, party={"adults": 1})
    with statements() as many:
        page = coordinator.get(LIST)

    assert "203 bookings" in page.text
    assert len(many) == len(few)


def test_pages_of_the_list_follow_one_another(staff, date, clock):
    for number in range(6):
        day = date(hours=24 + number)
        for _number in range(10):
            a_booking(day, clock, party={"adults": 1})
    coordinator = staff("coordinator")

    first, second = coordinator.get(LIST), coordinator.get(f"{LIST}?page=2")

    rows = [{link for link in page.links() if link.startswith(f"{LIST}/")} for page in (first, second)]
    assert [len(one) for one in rows] == [50, 10]
    assert not rows[0] & rows[1]


def test_the_mail_of_a_cancellation_is_shown_before_it_leaves(staff, date, clock):
    booked = a_booking(date(hours=2), clock)
    desk, path = staff("desk"), href(booked, "cancel")

    page = desk.post(
        path, desk.get(path).fields() | {"kind": "cancelled_by_house", "reason": "Mira ist krank."}
    )
    assert "This sends mail to 1 person" in page.text
    assert "Mira ist krank." in page.text
    assert rows_of(Booking.state) == [("confirmed",)]

    kept = {"kind": "cancelled_by_house", "reason": "Mira ist krank."}
    changed = desk.post(path, page.fields() | kept | {"reason": "Der Raum ist nass."})
    assert rows_of(Booking.state) == [("confirmed",)], "what is sent is what was shown"

    done = desk.post(path, changed.fields() | kept | {"reason": "Der Raum ist nass.", "tell": "send"})
    assert "The booking is cancelled." in done.text
    assert rows_of(Booking.state) == [("cancelled_by_house",)]
    assert rows_of(OutgoingMail.kind)[-1] == ("cancelled_by_house",)


def test_a_cancellation_may_leave_the_mail_out(staff, date, clock):
    booked = a_booking(date(), clock)

    sent(staff("desk"), href(booked, "cancel"), kind="cancelled_by_visitor", tell="not")

    assert rows_of(Booking.state) == [("cancelled_by_visitor",)]
    assert [kind for (kind,) in rows_of(OutgoingMail.kind)] == ["confirmation"]


def test_the_house_has_to_say_why_at_the_field(staff, date, clock):
    booked = a_booking(date(), clock)
    desk, path = staff("desk"), href(booked, "cancel")

    page = desk.post(path, desk.get(path).fields() | {"kind": "cancelled_by_house", "reason": ""})

    assert page.status == 422
    assert "Enter the reason." in page.text
    assert rows_of(Booking.state) == [("confirmed",)]


def test_the_reason_stands_on_the_page_of_the_booker_too(staff, date, clock, app):
    booked = a_booking(date(), clock)

    page = sent(staff("desk"), href(booked, "cancel"), kind="cancelled_by_house", reason="Mira ist krank.")

    assert "Mira ist krank." in page.text


def test_a_booking_is_moved_past_the_deadline_to_a_date_of_the_list(staff, date, clock):
    old, new = date(hours=20), date(hours=40)
    booked = a_booking(old, clock)
    desk = staff("desk")
    page = desk.get(href(booked, "move"))
    (to,) = [link for link in page.links() if link.endswith(f"to={new}")]

    done = sent(desk, to)

    assert "The booking is moved." in done.text
    assert rows_of(Booking.occurrence_id) == [(new,)]
    assert rows_of(Event.deed, Event.actor)[-1][0] == "booking.moved"


def test_a_date_of_another_offering_is_none_to_move_to(staff, date, clock):
    booked = a_booking(date(), clock)
    other = an_occurrence(clock)

    assert staff("desk").get(f"{href(booked, 'move')}?to={other}").status == 404


def test_a_consultation_is_moved_to_a_time_with_the_host_that_staff_choose(staff, clock):
    offering_id = a_consultation(notice_minutes=60)
    first = an_expert(offering_id, "daily 08:00-18:00", key="ada", first_name="Ada")
    an_expert(offering_id, "daily 08:00-18:00", key="bea", first_name="Bea")
    booked = a_slot_booking(offering_id, clock() + timedelta(hours=24), clock, slot={"host_id": first})
    desk = staff("desk")
    page = desk.get(f"{href(booked, 'move')}?host=bea")
    to = next(link for link in page.links() if "start=2027-01-12" in link)

    done = sent(desk, to)

    assert "The booking is moved." in done.text
    assert "Bea" in done.text


def test_an_expert_cancels_and_moves_own_consultations_with_a_reason(staff, clock):
    offering_id = a_consultation()
    host = an_expert(offering_id, "daily 08:00-18:00", key="ada", first_name="Ada")
    booked = a_slot_booking(offering_id, clock() + timedelta(hours=24), clock)
    expert = staff("expert", host_id=host)
    to = next(link for link in expert.get(href(booked, "move-own")).links() if "start=2027-01-13" in link)

    assert "Enter the reason." in expert.post(to, expert.get(to).fields()).text
    assert "The booking is moved." in sent(expert, to, reason="Termin im Rat.").text
    assert rows_of(BookingNote.words, BookingNote.kind) == [("Termin im Rat.", "note")]
    page = sent(expert, href(booked, "cancel-own"), reason="Krank.")
    assert rows_of(Booking.state) == [("cancelled_by_house",)]
    assert "amina@example.org" not in page.text


def test_a_stranger_among_the_experts_changes_nothing(staff, clock):
    offering_id = a_consultation()
    an_expert(offering_id, "daily 08:00-18:00", key="ada")
    other = a_host(kind="expert")
    booked = a_slot_booking(offering_id, clock() + timedelta(hours=24), clock)
    expert = staff("expert", host_id=other)

    for part in ("cancel-own", "move-own", "cancel", "move"):
        assert expert.get(href(booked, part)).status == 404
    assert rows_of(Booking.state) == [("confirmed",)]


def test_more_people_than_the_bounds_come_when_that_is_ticked(staff, date, clock):
    booked = a_booking(date(), clock)
    desk, path = staff("desk"), href(booked, "party")

    page = sent(desk, path, adults="8", children="0")
    assert page.status == 422
    assert "at most 6" in page.text
    done = sent(desk, path, adults="8", children="0", overrules="y")

    assert "The number of people is changed." in done.text
    assert "8 adults" in done.text


def test_two_people_at_once_the_second_sees_both_versions_and_may_insist(staff, date, clock):
    booked = a_booking(date(), clock)
    desk, path = staff("desk"), href(booked, "contact")
    opened = desk.get(path).fields()
    unit_of_work(partial(moving.change_party, booked.booking_id, {"adults": 1}, now=clock()))
    sent(staff("coordinator"), path, name="Amina Weber", phone="0341 99999")

    page = desk.post(path, opened | {"phone": "0341 11111"})

    assert page.status == 409
    assert "Amina Weber" in page.text
    assert "0341 11111" in str(page.fields())
    assert rows_of(Booking.phone) == [("0341 99999",)]
    desk.post(path, page.fields())
    assert rows_of(Booking.phone, Booking.name) == [("0341 11111", "Amina Kaya")]


def test_a_move_over_a_change_of_the_booker_is_asked_once_more(staff, date, clock):
    new = date(hours=40)
    booked = a_booking(date(), clock)
    desk, path = staff("desk"), f"{href(booked, 'move')}?to={new}"
    page = desk.post(path, desk.get(path).fields())
    unit_of_work(partial(moving.change_party, booked.booking_id, {"adults": 1}, now=clock()))

    page = desk.post(path, page.fields() | {"tell": "send"})

    assert page.status == 409
    assert "Somebody else has changed this meanwhile" in page.text


def test_notes_are_written_told_apart_and_deleted_by_their_writer(staff, date, clock):
    booked = a_booking(date(), clock)
    desk, coordinator = staff("desk", name="Dana Desk"), staff("coordinator", name="Cora")
    form = desk.get(href(booked)).fields()
    page = desk.post(href(booked, "notes"), form | {"words": "Ruft morgen an."})
    assert "Ruft morgen an." in page.text
    assert "Dana Desk" in page.text

    ((note_id,),) = rows_of(BookingNote.id)
    foreign = coordinator.post(
        href(booked, "notes", str(note_id), "delete"), coordinator.get(href(booked)).fields()
    )
    assert foreign.status == 404
    desk.post(href(booked, "notes", str(note_id), "delete"), page.fields())
    assert rows_of(BookingNote.id) == []


def test_an_empty_note_is_told_at_its_field(staff, date, clock):
    booked = a_booking(date(), clock)
    desk = staff("desk")

    page = desk.post(href(booked, "notes"), desk.get(href(booked)).fields() | {"words": "  "})

    assert page.status == 422
    assert "Enter the note." in page.text


def test_whom_mail_does_not_reach_stands_on_a_list_until_somebody_phoned(staff, date, clock):
    booked = a_booking(date(), clock, phone="0341 12345")
    bounced(booked, clock)
    desk = staff("desk")
    assert "0341 12345" in desk.get(f"{LIST}?unreachable=1").text

    page = desk.post(href(booked, "reached"), desk.get(href(booked)).fields())

    assert "you reached the person" in page.text
    assert "Nobody has to be phoned" in desk.get(f"{LIST}?unreachable=1").text


def test_the_confirmation_is_sent_again(staff, date, clock):
    booked = a_booking(date(), clock)
    desk = staff("desk")

    page = desk.post(href(booked, "resend"), desk.get(href(booked)).fields())

    assert "on its way once more" in page.text
    assert [kind for (kind,) in rows_of(OutgoingMail.kind)] == ["confirmation"] * 2


def test_the_slip_is_printed_for_somebody_without_an_address(staff, date, clock):
    booked = a_booking(date(), clock, email="", phone="0341 12345")

    answer = staff("desk").get(href(booked, "slip.pdf")).response

    assert answer.mimetype == "application/pdf"
    assert answer.get_data().startswith(b"%PDF")


def test_the_page_is_empty_and_says_what_to_do(staff):
    assert "As soon as somebody books" in staff("coordinator").get(LIST).text


def test_what_nobody_could_have_typed_is_answered_and_changes_nothing(staff, date, clock):
    booked = a_booking(date(), clock)
    desk = staff("desk")

    for path in (f"{LIST}/0000OOOO", f"{LIST}/nothing", f"{href(booked, 'move')}?to=999999999"):
        assert desk.get(path).status == 404
    for part in ("cancel", "party", "contact", "notes", "resend", "reached"):
        assert desk.post(href(booked, part), {}).status in (400, 422)
    assert rows_of(Booking.state, Booking.version) == [("confirmed", 1)]
