"""Pages of staff over bookings: the list, the search, one booking, and who sees what of it."""

from functools import partial

import pytest
from sqlalchemy import update

from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from tests.builders import a_booking, a_host, an_occurrence, an_offering, house_id
from tests.staff import a_programme
from tests.web.staff.booking_ways import LIST, dates_of, href, reference
from tests.web.ways import statements


@pytest.fixture
def offering_id(app):
    return an_offering(seats=10, party_max=6, cancel_until_minutes=24 * 60)


@pytest.fixture
def date(clock, offering_id):
    return dates_of(clock, offering_id)


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


def test_the_page_is_empty_and_says_what_to_do(staff):
    assert "As soon as somebody books" in staff("coordinator").get(LIST).text
