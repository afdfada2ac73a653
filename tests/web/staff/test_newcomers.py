"""What a newcomer stumbled over: each page says what it did, what is missing, and leads on to the next step."""

import re
from datetime import timedelta

from sqlalchemy import update

from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.messages.models import OutgoingMail
from booking.schedule import service as schedule
from tests.builders import a_booking, a_host, a_pool, a_room, an_occurrence, an_offering, house_id
from tests.crew import invited, joined
from tests.dates import TUESDAY, a_draft, an_offering_in, taught
from tests.deeds.reading import rows_of
from tests.hours import a_consultation, an_expert, at, hours_of
from tests.staff import a_programme
from tests.web.staff.date_forms import sent
from tests.web.staff.hours_forms import sent_by
from tests.web.staff.voice_ways import told

TEAM = "/en/staff/team"


def put(offering_id, **values):
    unit_of_work(lambda: execute(update(Offering).where(Offering.id == offering_id).values(**values)))


def test_a_public_offering_without_a_date_says_so_and_leads_to_planning(staff, clock):
    offering_id = an_offering()
    dana = staff("coordinator")

    page = dana.get(f"/en/staff/offerings/{offering_id}")
    assert "cannot book it" in page.text
    assert f"/en/staff/dates/new?offering={offering_id}" in page.links()
    assert f"/en/staff/series/new?offering={offering_id}" in page.links()

    an_occurrence(clock, offering_id=offering_id)
    page = dana.get(f"/en/staff/offerings/{offering_id}")
    assert "1 date is to come" in page.text
    assert "cannot book it" not in page.text


def test_everything_that_is_missing_leads_to_where_it_is_mended(staff, clock):
    offering_id = an_offering(needs=())
    put(offering_id, state="draft")
    dana = staff("coordinator")
    dana.get(f"/en/staff/offerings/{offering_id}/publish")

    page = dana.get(f"/en/staff/offerings/{offering_id}/publish")

    faults = [one for one in page.all("ul") if one.get("class") == "catalogue__faults"]
    items = [item for one in faults for item in one]
    assert items
    assert all(any(part.get("href") for part in item) for item in items)


def test_an_admin_sends_a_link_to_a_new_password_and_learns_nothing_of_it(staff, clock):
    admin, mira = staff("admin"), joined(clock, "desk")
    page = admin.get(f"{TEAM}/{mira}")
    before = len(rows_of(OutgoingMail.id))

    done = admin.post(f"{TEAM}/{mira}/new-password", {"csrf_token": page.fields()["csrf_token"]})

    assert "The link to a new password is on its way" in done.text
    assert rows_of(OutgoingMail.kind, OutgoingMail.recipient)[before:] == [
        ("staff_reset", "mira@example.org")
    ]


def test_no_such_link_for_who_was_only_invited_or_has_left(staff, clock):
    admin, mira = staff("admin"), invited(clock, "desk").staff_id
    page = admin.get(f"{TEAM}/{mira}")
    assert not any((one.get("action") or "").endswith("/new-password") for one in page.all("form"))

    refused = admin.post(f"{TEAM}/{mira}/new-password", {"csrf_token": page.fields()["csrf_token"]})

    assert refused.status == 409
    assert "staff_reset" not in [kind for (kind,) in rows_of(OutgoingMail.kind)]


def test_a_coordinator_reads_out_what_a_mail_said_and_an_admin_does_not(staff, clock):
    a_booking(an_occurrence(clock), clock)
    ((mail_id,),) = rows_of(OutgoingMail.id)

    page = staff("coordinator").get(f"/en/staff/outbox/{mail_id}")
    assert "What it says" in page.text
    assert "Amina Kaya" in page.text
    assert "NO_LINK" not in page.text

    page = staff("admin").get(f"/en/staff/outbox/{mail_id}")
    assert page.status == 200
    assert "What it says" not in page.text
    assert "Amina" not in page.text


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


def test_the_queue_page_of_another_programme_does_not_say_that_there_are_none(staff, clock):
    mine = staff("coordinator", programmes=[a_programme()])

    assert "of your programmes" in mine.get("/en/staff/queues").text
    assert "of your programmes" not in staff("coordinator").get("/en/staff/queues").text


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


def test_an_auditor_gets_from_the_history_to_a_booking(staff, clock):
    booked = a_booking(an_occurrence(clock), clock)

    page = staff("auditor").get("/en/staff/history")

    assert f"/en/staff/bookings/no/{booked.booking_id}" in page.links()
    opened = staff("auditor").get(f"/en/staff/bookings/no/{booked.booking_id}")
    assert opened.status == 200
    assert "Amina" not in opened.text


def test_needs_of_a_caller_are_told_about_a_third_person(staff, clock):
    date = an_occurrence(clock, offering_id=an_offering(), starts_at=clock() + timedelta(days=30))
    desk, path = staff("desk"), f"/en/staff/call/date/{date}"
    page = desk.get(path)
    assert "What does the person need to take part?" in page.text
    assert "assists me" not in page.text

    refused = desk.post(path, page.fields() | {"adults": "1", "name": "Karl", "need_quiet": "y"})

    assert refused.status == 422
    assert "Ask the person whether we may store this" in refused.text
    assert "Please agree" not in refused.text


def test_an_idea_without_an_address_is_answered_in_one_step_that_says_so(staff, clock):
    idea = told(clock, email="")[1]
    dana = staff("coordinator")
    page = dana.get(f"/en/staff/feedback/{idea}")
    assert "no mail leaves" in page.text

    done = dana.post(
        f"/en/staff/feedback/{idea}", page.fields() | {"state": "taken_up", "words": "Wir bauen es."}
    )

    assert "It is saved." in done.text


def test_on_another_day_nobody_is_offered_to_be_checked_in(staff, clock):
    a_booking(an_occurrence(clock), clock)  # tomorrow

    page = staff("desk").get("/en/staff/arrivals?day=2027-01-12")

    assert "This day has not come." in page.text
    assert "everybody" not in {one.get("name") for one in page.all("button")}


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
