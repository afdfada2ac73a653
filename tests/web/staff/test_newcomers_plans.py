"""What a newcomer stumbled over while planning: dates, series, closures, hours, repairs."""

import re
from datetime import timedelta

from booking.db import unit_of_work
from booking.schedule import service as schedule
from tests.builders import a_booking, a_host, a_pool, a_room, an_occurrence, an_offering, house_id
from tests.dates import TUESDAY, a_draft, an_offering_in, taught
from tests.hours import a_consultation, an_expert, at, hours_of
from tests.web.staff.date_forms import sent
from tests.web.staff.hours_forms import sent_by


def test_a_draft_that_falls_on_a_holiday_says_so_before_anybody_publishes_it(staff, clock):
    from datetime import date

    draft = a_draft(clock, day=date(2027, 3, 26))  # Good Friday

    page = staff("coordinator").get(f"/en/staff/dates/{draft}")

    assert "State holiday: Good Friday" in page.text


def test_a_draft_of_some_weeks_ahead_stands_on_the_first_page(staff, clock):
    a_draft(clock, starts_at=clock() + timedelta(days=40))

    assert "is not published yet" in staff("coordinator").get("/en/staff/").text


def test_places_are_held_back_of_one_offering_alone(staff, clock):
    tour, talk = an_offering(), an_offering()
    first, second = (an_occurrence(clock, offering_id=one) for one in (tour, talk))
    desk = staff("desk")
    every = desk.get("/en/staff/hold-back")
    assert {f"/en/staff/hold-back/{one}" for one in (first, second)} <= set(every.links())

    some = desk.get(f"/en/staff/hold-back?offering={talk}")

    assert f"/en/staff/hold-back/{second}" in some.links()
    assert f"/en/staff/hold-back/{first}" not in some.links()
    assert desk.get("/en/staff/hold-back?offering=99999").status == 200


def test_a_second_version_says_when_and_by_whom_the_first_was_saved(staff, clock):
    occurrence_id = an_occurrence(clock)
    dana = staff("coordinator", name="Dana Roth")
    page = dana.get(f"/en/staff/dates/{occurrence_id}/change")
    sent(dana, dana.get(f"/en/staff/dates/{occurrence_id}/change"), seats="9")

    late = sent(dana, page, seats="8")

    assert late.status == 409
    alert = next(one for one in late.all("section") if one.get("role") == "alert")
    assert "Dana Roth changed the date." in " ".join("".join(alert.itertext()).split())


def test_a_closure_over_booked_dates_leads_to_cancelling_them_together(staff, clock):
    first, second = (an_occurrence(clock, starts_at=clock() + timedelta(days=3, hours=n)) for n in (0, 2))
    dana = staff("coordinator")
    path = "/en/staff/closures/new"
    typed = {"first_day": "2027-01-14", "last_day": "2027-01-14", "reason_de": "Wasser"}
    preview = dana.post(path, dana.get(path).fields() | typed | {"do": "preview"})

    saved = dana.post(path, preview.fields() | typed | {"do": "save"})

    assert "is still planned" in saved.text
    (href,) = [one for one in saved.links() if "id=" in one and "cancel" in one]
    asked = dana.get(href)
    assert asked.status == 200
    assert "Cancel these 2 dates?" in asked.text
    assert str(first) in href
    assert str(second) in href


def test_the_list_of_people_says_why_somebody_is_not_free(staff, clock):
    offering_id = an_offering()
    busy, away = (
        taught(a_host(first_name="Busy"), offering_id),
        taught(a_host(first_name="Away"), offering_id),
    )
    free = taught(a_host(first_name="Free"), offering_id)
    hours_of(away, "wed 10:00-11:00")
    an_occurrence(clock, host_ids=(busy,))  # Tuesday, 10:00
    occurrence_id = an_occurrence(clock, offering_id=offering_id, host_ids=(free,))

    text = staff("coordinator").get(f"/en/staff/dates/{occurrence_id}/change").text

    assert "Busy Vogt (taken then)" in text
    assert "Away Vogt (no hours then)" in text
    assert "Free Vogt (free)" in text


def test_a_series_says_above_its_button_how_many_days_have_something_against_them(staff, clock):
    host = a_host()
    hours_of(host, "wed 10:00-11:00")
    offering_id = an_offering_in(a_room())
    dana = staff("coordinator")
    form = dana.get(f"/en/staff/series/new?offering={offering_id}")
    typed = {"day": "2027-01-12", "at": "14:00", "weekdays": ["1"], "ends": "times", "times": "3"}

    page = sent(dana, form, do="preview", hosts=[str(host)], **typed)

    assert "Something speaks against 3 of the days" in page.text
    assert "Not saved yet." in page.text


def test_a_moved_room_is_pointed_out_beside_the_mail(staff, clock):
    occurrence_id, forum = an_occurrence(clock), a_room(names={"de": "Forum", "en": "Forum"})
    a_booking(occurrence_id, clock)
    dana = staff("coordinator")
    page = dana.get(f"/en/staff/dates/{occurrence_id}/change")

    assert "The room changes." in sent(dana, page, place=str(forum)).text
    assert "The room changes." not in sent(dana, page, at="16:00").text


def test_whole_days_of_a_repair_are_told_as_days(staff, clock):
    pool = a_pool(5)
    begins, ends = (at(f"2027-01-{day} 00:00") for day in (12, 15))
    unit_of_work(lambda: schedule.repair(pool, 1, starts_at=begins, ends_at=ends, now=clock()))

    text = staff("coordinator").get("/en/staff/repairs").text

    assert "Tuesday, 12 January 2027 – Thursday, 14 January 2027" in text
    assert "00:00" not in text


def test_next_dates_of_weekly_hours_name_the_days_on_which_the_house_is_closed(staff, clock):
    host = a_host()
    hours_of(host, "tue 10:00-11:00")
    unit_of_work(
        lambda: schedule.close(house_id(), TUESDAY, TUESDAY, reasons={"de": "Inventur", "en": "Stock"})
    )

    text = staff("coordinator").get(f"/en/staff/hosts/{host}").text

    assert "closed: Stock" in text


def test_a_free_time_that_can_be_had_in_two_ways_is_counted_once(staff, clock):
    host = an_expert(a_consultation(media=("on_site", "video")), "tue 10:00-11:00")
    dana = staff("coordinator")
    path = f"/en/staff/hosts/{host}/weekly-hours"

    page = dana.post(path, sent_by(dana.get(path)) | {"r1-end": "10:30", "do": "preview"})

    told = re.search(r"(\d+) days? changes?, (\d+) free times? (?:is|are) new, (\d+) falls? away", page.text)
    assert told is not None
    days, new, gone = map(int, told.groups())
    assert (new, gone) == (0, days)
    assert days >= 8
