"""The first page of staff: what needs whom today, and nothing that is not theirs."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from booking.bookings.models import Booking
from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.messages.models import OutgoingMail
from booking.schedule import hours
from booking.schedule import service as schedule
from booking.schedule.hours import Of
from booking.timekit.instants import local_date
from tests.builders import TEXTS, a_booking, a_host, a_need, a_room, an_occurrence, an_offering, house_id
from tests.needs import booked_with
from tests.staff import a_programme
from tests.voices import tell
from tests.web.ways import statements

HOME = "/en/staff/"
ZONE = "Europe/Berlin"
WHOLE = {
    **TEXTS,
    "ls": {"title": "Rundgang", "summary": "Wir zeigen das Lab.", "description": "Es dauert 1 Stunde."},
}
CALM = {"texts": WHOLE, "seats": 15, "party_max": 15}


def change(row, where, **values):
    """Write values past the deeds."""
    unit_of_work(lambda: execute(update(row).where(where).values(**values)))


def a_date(clock, **wanted):
    """Publish a date of an offering that lacks nothing."""
    offering = an_offering(**(CALM | wanted.pop("offering", {})))
    return an_occurrence(clock, offering_id=offering, **wanted)


def away(host_id, clock):
    """Enter that a host is away today."""
    day, of = local_date(clock(), ZONE), Of(host_id=host_id)
    unit_of_work(lambda: hours.add_absence(day, day, of=of, house_id=house_id(), now=clock()))


def test_with_nothing_to_do_the_page_says_so(staff, clock):
    a_date(clock)

    assert "Nothing needs you just now." in staff("coordinator").get(HOME).text


def test_ideas_reports_and_access_needs_are_counted_with_their_deadlines(staff, clock):
    date = a_date(clock, starts_at=clock() + timedelta(days=21))
    tell(clock)
    tell(clock, kind="barrier")
    tell(clock, kind="barrier")
    booked_with(date, clock, "quiet")

    page = staff("coordinator").get(HOME)

    assert "1 idea waits for an answer since Monday, 11 January 2027." in page.text
    assert "2 barrier reports wait for an answer, the first by Wednesday, 10 February 2027" in page.text
    assert "1 access need is to be arranged or called off, by " in page.text
    assert any("kind=barrier" in href for href in page.links())


def test_a_date_whose_host_is_away_is_told_with_the_name(staff, clock):
    mira = a_host()
    a_date(clock, host_ids=(mira,))
    day = local_date(clock() + timedelta(days=1), ZONE)
    before = staff("coordinator").get(HOME).text
    unit_of_work(lambda: hours.add_absence(day, day, of=Of(host_id=mira), house_id=house_id(), now=clock()))

    text = staff("coordinator").get(HOME).text

    assert "cannot take place" not in before
    assert "1 date in the next 60 days cannot take place as planned." in text
    assert "Guided tour, Tuesday, 12 January 2027, 10:00: Mira Vogt is away" in text


def test_a_closed_house_and_a_room_out_of_use_break_dates(staff, clock):
    room, day = a_room(), local_date(clock() + timedelta(days=1), ZONE)
    a_date(clock, place_id=room)
    unit_of_work(lambda: hours.add_absence(day, day, of=Of(place_id=room), house_id=house_id(), now=clock()))
    unit_of_work(lambda: schedule.close(house_id(), day, day, reasons={"de": "Umbau"}))

    text = staff("coordinator").get(HOME).text

    assert "the room is out of use" in text
    assert "the house is closed" in text
    assert "1 date in the next 60 days cannot" in text


def test_a_day_that_opens_on_purpose_breaks_nothing(staff, clock):
    day = local_date(clock() + timedelta(days=1), ZONE)
    a_date(clock)
    unit_of_work(lambda: schedule.close(house_id(), day, day, reasons={"de": "Umbau"}))
    unit_of_work(lambda: schedule.open_on_holiday(house_id(), day))

    assert "cannot take place" not in staff("coordinator").get(HOME).text


def test_dates_that_too_few_people_give_are_told(staff, clock):
    guided = {"needs": (a_need(kind="host", quantity=2),)}
    a_date(clock, offering=guided, host_ids=(a_host(),))
    a_date(clock, offering=guided, host_ids=(a_host(), a_host()))
    a_date(clock, offering=guided, starts_at=clock() + timedelta(days=20))

    assert "1 date in the next 14 days lacks somebody who gives it." in staff("coordinator").get(HOME).text


def test_mail_that_does_not_arrive_and_people_to_phone_are_told(staff, clock):
    booked = a_booking(a_date(clock), clock)
    change(OutgoingMail, OutgoingMail.id > 0, state="failed")
    change(Booking, Booking.id == booked.booking_id, unreachable_at=clock())

    text = staff("coordinator").get(HOME).text

    assert "1 mail did not arrive or could not be written." in text
    assert "1 booking cannot be reached by mail: please phone." in text
    assert "1 booking cannot be reached" in staff("desk").get(HOME).text
    assert "did not arrive" not in staff("desk").get(HOME).text
    assert "did not arrive" in staff("admin").get(HOME).text


def test_missing_texts_are_told_by_language(staff, clock):
    an_offering(texts=TEXTS)
    an_offering(texts={"de": TEXTS["de"]})
    an_offering(**CALM)

    text = staff("coordinator").get(HOME).text

    assert "2 published offerings lack their text in English or in easy language." in text
    assert "Guided tour: easy language" in text
    assert "Rundgang: English, easy language" in text


def test_school_holidays_that_run_out_are_told_in_time(app, staff, clock):
    assert "school holidays" not in staff("coordinator").get(HOME).text

    clock.forward(days=270)

    assert "The school holidays are known until" in staff("coordinator").get(HOME).text


def test_who_gives_something_today_reads_own_dates_alone(staff, clock):
    mira, ada = a_host(), a_host(first_name="Ada")
    soon = clock() + timedelta(hours=2)
    mine = a_date(clock, starts_at=soon, host_ids=(mira,))
    a_date(
        clock,
        starts_at=soon,
        host_ids=(ada,),
        offering={"texts": {**WHOLE, "en": {**WHOLE["en"], "title": "Talk"}}},
    )
    a_booking(mine, clock)

    text = staff("guide", host_id=mira).get(HOME).text

    assert "12:00–13:00 Guided tour, 12:00–13:00: 3 come" in text
    assert "Talk" not in text
    assert "You give nothing today." in staff("guide", host_id=a_host()).get(HOME).text


def test_the_desk_sees_how_many_are_expected(staff, clock):
    a_booking(a_date(clock, starts_at=clock() + timedelta(hours=2)), clock)

    text = staff("desk").get(HOME).text

    assert "Dates1People expected3" in text.replace(" ", "").replace("Peopleexpected", "People expected")
    assert "The house today" not in staff("auditor").get(HOME).text


def test_a_coordinator_of_another_programme_hears_of_none_of_it(staff, clock):
    school, tours, mira = a_programme(), a_programme(), a_host()
    date = a_date(
        clock,
        offering={"texts": TEXTS, "needs": (a_need(kind="host", quantity=2),)},
        host_ids=(mira,),
        starts_at=clock() + timedelta(days=10),
    )
    change(Offering, Offering.id > 0, programme_id=school)
    booked_with(date, clock, "quiet")
    change(Booking, Booking.id > 0, unreachable_at=clock())
    day = local_date(clock() + timedelta(days=10), ZONE)
    unit_of_work(lambda: hours.add_absence(day, day, of=Of(host_id=mira), house_id=house_id(), now=clock()))

    own = staff("coordinator", programmes=[school]).get(HOME).text
    other = staff("coordinator", programmes=[tours]).get(HOME).text

    told = ("cannot take place", "lacks somebody", "access need", "cannot be reached", "lacks its text")
    assert [words for words in told if words not in own] == []
    assert [words for words in told if words in other] == []


def test_another_house_is_not_told_of(staff, clock):
    library = house_id("library")
    an_occurrence(
        clock,
        house_id=library,
        offering_id=an_offering(house_id=library, texts=TEXTS, seats=15, party_max=15),
    )
    tell(clock, key="library")

    assert "Nothing needs you just now." in staff("coordinator").get(HOME).text


def test_the_page_asks_as_often_for_much_as_for_little(staff, clock):
    coordinator = staff("coordinator", host_id=a_host())

    def asked():
        coordinator.get(HOME)
        with statements() as seen:
            coordinator.get(HOME)
        return len([one for one in seen if one.startswith("SELECT")])

    def add(times):
        for number in range(times):
            host = a_host()
            date = a_date(
                clock,
                host_ids=(host,),
                place_id=a_room(),
                starts_at=clock() + timedelta(hours=2 + number),
                offering={"texts": TEXTS, "needs": (a_need(kind="host", quantity=2),)},
            )
            a_booking(date, clock, email=f"a{number}@example.org")
            away(host, clock)
            tell(clock)

    add(1)
    few = asked()
    add(12)

    assert asked() == few <= 25


@pytest.mark.parametrize("role", ["guide", "expert", "desk", "coordinator", "admin", "auditor"])
def test_every_role_has_a_first_page(staff, role):
    assert staff(role).get(HOME).status == 200
    assert staff(role).get("/de/intern/").status == 200
