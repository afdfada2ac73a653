"""The plan of days: dates, free hours, absences, closures and repairs, by time, by person and by room."""

from datetime import UTC, date, datetime, timedelta

import pytest

from booking.db import unit_of_work
from booking.schedule import service as schedule
from booking.schedule.hours import Of
from booking.schedule.models import Occurrence
from tests.builders import a_booking, a_host, a_need, a_pool, a_room, an_occurrence, an_offering, house_id
from tests.deeds.reading import rows_of
from tests.holds import a_slot_booking
from tests.hours import a_consultation, an_expert, away, away_between, hours_of
from tests.staff import a_programme
from tests.web.ways import counted

PLAN, CALENDAR = "/de/intern/tag", "/de/intern/kalender.json"
TUESDAY = "2027-01-12"


def rows(page):
    """Return the rows of the plan as texts."""
    return [" ".join("".join(one.itertext()).split()) for one in page.all("tr")]


def headings(page):
    return ["".join(one.itertext()).strip() for one in page.all("h2")]


def row_with(page, words):
    (found,) = [row for row in rows(page) if words in row]
    return found


def events(visitor, query=""):
    answer = visitor.client.get(f"{CALENDAR}{query}", base_url="http://localhost")
    assert answer.status_code == 200
    return answer.json


def test_a_day_shows_dates_with_who_where_and_how_many(staff, clock):
    mira, foyer = a_host(), a_room()
    occurrence = an_occurrence(
        clock, starts_at=clock() + timedelta(hours=2), host_ids=(mira,), place_id=foyer, seats=9
    )
    a_booking(occurrence, clock)

    row = row_with(staff("coordinator").get(PLAN), "Rundgang")

    for told in ("12:00–13:00", "Mira", "Foyer", "3", "9"):
        assert told in row


def test_a_slot_is_shown_once_somebody_comes_to_it(staff, clock):
    consultation = a_consultation()
    an_expert(consultation, "tue 09:00-12:00", first_name="Selma")
    visitor = staff("coordinator")
    assert not [row for row in rows(visitor.get(f"{PLAN}?day={TUESDAY}")) if "Sprechstunde" in row]

    a_slot_booking(consultation, datetime(2027, 1, 12, 9, 0, tzinfo=UTC), clock)

    assert "10:00–10:30" in row_with(visitor.get(f"{PLAN}?day={TUESDAY}"), "Sprechstunde")


def test_free_hours_are_those_without_dates_absences_and_closures(staff, clock):
    mira = a_host()
    hours_of(mira, "tue 09:00-18:00")
    start = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
    an_occurrence(clock, starts_at=start, ends_at=start + timedelta(hours=1), host_ids=(mira,))
    away_between(f"{TUESDAY} 14:00", f"{TUESDAY} 15:00", of=Of(host_id=mira))
    found = events(staff("coordinator"), f"?day={TUESDAY}")["events"]

    assert [(one["start"][11:], one["end"][11:]) for one in found if one["what"] == "free"] == [
        ("09:00", "10:00"),
        ("11:00", "14:00"),
        ("15:00", "18:00"),
    ]
    assert [(one["start"][11:], one["end"][11:]) for one in found if one["what"] == "away"] == [
        ("14:00", "15:00")
    ]

    unit_of_work(
        lambda: schedule.close(house_id(), date(2027, 1, 12), date(2027, 1, 12), reasons={"de": "Inventur"})
    )
    closed = events(staff("coordinator"), f"?day={TUESDAY}")["events"]
    assert not [one for one in closed if one["what"] == "free"]
    assert ["Inventur" in one["title"] for one in closed if one["what"] == "closed"] == [True]


def test_a_date_without_enough_hosts_says_so(staff, clock):
    offering = an_offering(needs=(a_need(kind="host", quantity=2),))
    for hour, hosts in ((1, (a_host(), a_host())), (3, (a_host(),))):
        starts_at = clock() + timedelta(hours=hour)
        an_occurrence(clock, offering_id=offering, starts_at=starts_at, host_ids=hosts)
    missing = counted("%(num)s person is missing", "%(num)s people are missing", 1, "de")

    full, short = (row for row in rows(staff("coordinator").get(PLAN)) if "Rundgang" in row)

    assert missing not in full
    assert missing in short


def test_repairs_absences_of_rooms_and_holidays_stand_in_the_plan(staff, clock):
    pool, room = a_pool(8), a_room(names={"de": "Werkstatt", "en": "Workshop"})
    until = clock() + timedelta(hours=5)
    unit_of_work(lambda: schedule.repair(pool, 2, starts_at=clock(), ends_at=until, now=clock()))
    away(date(2027, 1, 11), of=Of(place_id=room))

    page = staff("coordinator").get(PLAN)

    assert "2 × VR-Brillen" in row_with(page, "VR-Brillen")
    assert row_with(page, "Werkstatt")
    assert "Karfreitag" in staff("coordinator").get(f"{PLAN}?day=2027-03-26").text


def test_the_plan_is_laid_out_by_person_and_by_room(staff, clock):
    mira, ben = a_host(), a_host(first_name="Ben", last_name="Ahl")
    foyer = a_room(names={"de": "Werkstatt", "en": "Workshop"})
    an_occurrence(clock, starts_at=clock() + timedelta(hours=1), host_ids=(mira, ben), place_id=foyer)
    an_occurrence(clock, starts_at=clock() + timedelta(hours=3))
    visitor = staff("coordinator")

    by_person, by_room = visitor.get(f"{PLAN}?group=person"), visitor.get(f"{PLAN}?group=room")

    assert headings(by_person)[-3:-1] == ["Ben Ahl", "Mira Vogt"]
    assert len([row for row in rows(by_person) if "Rundgang" in row]) == 3
    assert "Werkstatt" in headings(by_room)


@pytest.mark.parametrize("span", ["day", "week"])
def test_filters_leave_what_was_asked_for(staff, clock, span):
    mira, ben, foyer = a_host(), a_host(first_name="Ben"), a_room()
    mine = an_offering()
    an_occurrence(
        clock, offering_id=mine, starts_at=clock() + timedelta(hours=1), host_ids=(mira,), place_id=foyer
    )
    an_occurrence(clock, starts_at=clock() + timedelta(hours=3), host_ids=(ben,))
    visitor = staff("coordinator")

    for query in (f"person={mira}", f"room={foyer}", f"offering={mine}"):
        shown = [row for row in rows(visitor.get(f"{PLAN}?span={span}&{query}")) if "Rundgang" in row]
        assert len(shown) == 1, query
        assert "11:00" in shown[0]


def test_a_week_begins_on_monday_and_leads_on_and_back(staff, clock):
    sunday = an_occurrence(clock, starts_at=clock() + timedelta(days=6))
    an_occurrence(clock, starts_at=clock() + timedelta(days=7))
    assert sunday
    page = staff("coordinator").get(f"{PLAN}?span=week&day=2027-01-14")

    assert len([row for row in rows(page) if "Rundgang" in row]) == 1
    assert f"{PLAN}?day=2027-01-04&span=week" in page.links()
    assert f"{PLAN}?day=2027-01-18&span=week" in page.links()


def test_a_guide_sees_own_dates_and_hours_alone(staff, clock):
    mira, ben = a_host(), a_host(first_name="Ben", last_name="Ahl")
    for host, hour in ((mira, 1), (ben, 3)):
        hours_of(host, "mon 09:00-18:00")
        an_occurrence(clock, starts_at=clock() + timedelta(hours=hour), host_ids=(host,))
    away(date(2027, 1, 11), of=Of(host_id=ben))
    guide = staff("guide", host_id=mira)

    for query in ("", f"?person={ben}", "?group=person", "?group=room"):
        page, found = guide.get(PLAN + query), events(guide, query)
        assert "Ben" not in page.text, query
        assert "Ahl" not in str(found), query
    assert len([row for row in rows(guide.get(PLAN)) if "Rundgang" in row]) == 1


def test_a_coordinator_sees_numbers_of_the_own_programme_alone(staff, clock):
    own, other = a_programme(), a_programme()
    for programme in (own, other):
        offering = an_offering(programme_id=programme)
        occurrence = an_occurrence(clock, offering_id=offering, starts_at=clock() + timedelta(hours=1))
        a_booking(occurrence, clock)

    page = staff("coordinator", programmes=[own]).get(PLAN)

    assert len([row for row in rows(page) if "Rundgang" in row]) == 2
    assert len([one for one in page.links() if "/ankunft/termin/" in one]) == 1


def test_the_data_of_the_calendar_say_what_the_plan_says_and_lead_to_the_forms(staff, clock):
    mira = a_host()
    occurrence = an_occurrence(clock, starts_at=clock() + timedelta(hours=1), host_ids=(mira,))
    a_booking(occurrence, clock)
    visitor = staff("coordinator")

    found = events(visitor)

    (one,) = [event for event in found["events"] if event["what"] == "date"]
    assert one["start"] == "2027-01-11 11:00"
    assert one["resourceIds"] == [str(mira)]
    assert {"id": str(mira), "title": "Mira Vogt"} in found["resources"]
    assert "Amina" not in str(found)
    assert events(staff("desk"))["events"][0]["move"] == ""


def test_a_date_dropped_elsewhere_leads_to_its_form_filled_in_and_nothing_changes(staff, clock):
    mira, ben = a_host(), a_host(first_name="Ben")
    room = a_room()
    occurrence = an_occurrence(clock, starts_at=clock() + timedelta(hours=1), host_ids=(mira,))
    visitor = staff("coordinator")
    (one,) = [event for event in events(visitor)["events"] if event["what"] == "date"]
    before = rows_of(Occurrence.starts_at, Occurrence.place_id)

    page = visitor.get(f"{one['move']}?day=2027-01-12&at=15:30&place={room}&host={ben}&instead={mira}")

    fields = page.fields()
    assert (fields["day"], fields["at"]) == ("2027-01-12", "15:30")
    assert {
        box.get("value")
        for box in page.all("input")
        if box.get("name") == "hosts" and box.get("checked") is not None
    } == {str(ben)}
    assert [box.get("value") for box in page.all("option") if box.get("selected") is not None].count(
        str(room)
    ) >= 1
    assert rows_of(Occurrence.starts_at, Occurrence.place_id) == before
    assert visitor.get(f"{one['move']}?day=x&at=99&place=-1&host=y").fields()["at"] == "11:00"
    assert occurrence


def test_a_slot_dropped_elsewhere_leads_to_the_form_of_its_booking(staff, clock):
    consultation = a_consultation()
    an_expert(consultation, "tue 09:00-12:00", first_name="Selma")
    a_slot_booking(consultation, datetime(2027, 1, 12, 9, 0, tzinfo=UTC), clock)
    visitor = staff("coordinator")
    (one,) = [event for event in events(visitor, f"?day={TUESDAY}")["events"] if event["what"] == "slot"]

    page = visitor.get(f"{one['move']}?start=2027-01-12T09:30Z")

    assert page.status == 200
    assert "10:30" in page.text
    assert events(staff("guide"), f"?day={TUESDAY}")["events"] == []


def test_nobody_reads_the_data_without_a_sign_in(visitor):
    answer = visitor.client.get(CALENDAR, base_url="http://localhost")

    assert answer.status_code == 303
    assert b"resources" not in answer.data
