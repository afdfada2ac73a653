"""What a newcomer stumbled over: each page says what it did, what is missing, and leads on to the next step."""

from datetime import timedelta

from sqlalchemy import update

from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.messages.models import OutgoingMail
from tests.builders import a_booking, an_occurrence, an_offering
from tests.crew import invited, joined
from tests.deeds.reading import rows_of
from tests.staff import a_programme
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


def test_the_queue_page_of_another_programme_does_not_say_that_there_are_none(staff, clock):
    mine = staff("coordinator", programmes=[a_programme()])

    assert "of your programmes" in mine.get("/en/staff/queues").text
    assert "of your programmes" not in staff("coordinator").get("/en/staff/queues").text


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
