"""What a booker sees of the own data, takes along, corrects and deletes."""

import json
from datetime import timedelta

import pytest

from booking.bookings import calling_off
from booking.bookings.models import Booking
from booking.bookings.personal import PERSONAL
from booking.db import db, unit_of_work
from tests.builders import an_occurrence, an_offering
from tests.web.ways import CONTACT, LANGUAGES, a_secret, booked, contents, path, post, said

both_languages = pytest.mark.parametrize("language", LANGUAGES)
OWN = ("booking.name", "booking.email", "booking.phone", "booking.note", "outgoing_mail.recipient")
NEEDS = (
    "access_need.kind",
    "access_need.words",
    "access_need.consent_at",
)  # of who told any: test_access_needs


def rows(app, table, *columns):
    names = ", ".join(columns)
    return [tuple(row) for row in db.session.connection().exec_driver_sql(f"SELECT {names} FROM {table}")]


def change_address(visitor, secret, email):
    address = path(visitor.app, "change_address", secret=secret)
    return visitor.post(address, visitor.get(address).fields() | {"email": email})


@both_languages
def test_the_page_of_a_booking_shows_what_is_stored_why_and_until_when(app, visitor, clock, language):
    secret = a_secret(visitor, an_occurrence(clock), language)

    page = visitor.get(path(app, "manage", language, secret=secret))

    for name in ("name", "email", "phone", "note"):
        assert CONTACT[name] in page.text
    for column in OWN:
        assert said(PERSONAL[column].purpose, language) in page.text, column
        assert said(PERSONAL[column].until.text, language, **PERSONAL[column].until.facts) in page.text, (
            column
        )
    assert {"de": "19. Januar 2027", "en": "19 January 2027"}[language] in page.text


@both_languages
def test_a_cancelled_booking_says_what_was_booked_and_leads_to_other_dates_of_the_offering(
    app, visitor, clock, language
):
    offering_id = an_offering(key="tour")
    occurrence_id = an_occurrence(clock, offering_id=offering_id)
    secret = a_secret(visitor, occurrence_id, language)
    unit_of_work(
        lambda: calling_off.cancel_occurrence(
            occurrence_id, reasons={"de": "Krank"}, actor="staff:1", now=clock()
        )
    )

    page = visitor.get(path(app, "manage", language, secret=secret))

    assert said("What you had booked", language) in [one.text for one in page.all("h2")]
    ways = [path(app, "offering", language, key="tour") + "#dates", path(app, "programme", language)]
    main = [one.get("href") for one in page.all("a") if "kern-btn" in (one.get("class") or "")]
    assert [href for href in main if href in ways] == ways
    assert said("%(num)s days after the date that was booked", language, num=7) in page.text
    assert said(PERSONAL["booking.name"].until.text, language, num=7) not in page.text


def test_the_day_until_when_is_the_day_of_the_house(app, visitor, clock):
    """A visit that ends at 00:30 in Leipzig ends on the evening before in UTC."""
    ends_at = clock().replace(hour=23, minute=30)
    secret = a_secret(visitor, an_occurrence(clock, starts_at=ends_at - timedelta(hours=1), ends_at=ends_at))

    assert "19. Januar 2027" in visitor.get(path(app, "manage", secret=secret)).text


def test_the_export_has_every_personal_column_that_people_may_take_along(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))
    changed = change_address(visitor, secret, "zoe@example.org")
    secret = changed.response.request.path.rpartition("/")[2]

    answer = visitor.client.get(path(app, "export", secret=secret))
    exported = json.loads(answer.data)

    assert answer.content_type == "application/json; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    taken = [name for name, column in PERSONAL.items() if column.export]
    assert sorted(taken) == sorted(
        (*OWN, *NEEDS, "arrival.arrived_at", "booking_note.words", "booking_note.written_at")
    )  # what people tell us has a page of its own
    for column in OWN:
        table, _, name = column.partition(".")
        for (value,) in rows(app, table, name):
            assert value in answer.text, column
    for item in exported["personal_data"].values():
        assert all(item[key] for key in ("value", "why", "until"))


def test_the_export_has_the_booking_itself(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))

    booking = json.loads(visitor.client.get(path(app, "export", secret=secret)).data)["booking"]

    ((reference,),) = rows(app, "booking", "reference")
    assert (booking["reference"], booking["state"], booking["language"]) == (reference, "confirmed", "de")
    assert booking["party"] == {"adults": 2, "children": 1}
    assert booking["starts_at"] == (clock() + timedelta(days=1)).isoformat()
    assert {"offering", "ends_at", "created_at", "changed_at"} <= booking.keys()


def test_a_wrong_address_is_corrected_and_the_confirmation_goes_to_the_right_one_alone(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))
    post(app)

    page = change_address(visitor, secret, "zoe@example.org")

    assert page.status == 200
    assert said("Your address is changed. The confirmation is on its way to it.", "de") in page.text
    assert db.session.query(Booking.email).scalar() == "zoe@example.org"
    sent = {mail["To"].addresses[0].addr_spec: mail for mail in reversed(post(app))}
    new_secret = page.response.request.path.rpartition("/")[2]
    assert new_secret in sent["zoe@example.org"].get_body(("plain",)).get_content()
    told = sent["amina@example.org"].get_body(("plain",)).get_content()
    assert "zoe@" not in told
    assert secret not in told
    assert new_secret not in told


def test_the_links_of_a_wrong_address_open_nothing_any_more(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))

    change_address(visitor, secret, "zoe@example.org")

    assert visitor.get(path(app, "manage", secret=secret)).status == 410


@pytest.mark.parametrize(
    "email", ["", "zoe", "zoe@example.org\r\nBcc: b@example.org", "z" * 300 + "@example.org"]
)
def test_an_address_that_is_none_is_not_taken(app, visitor, clock, email):
    secret = a_secret(visitor, an_occurrence(clock))
    before = booked(app)

    page = change_address(visitor, secret, email)

    assert (page.status, page.fields()["email"]) == (422, " ".join(email.split()).lower())
    assert booked(app) == before


@both_languages
def test_deleting_empties_everything_cancels_the_visit_and_says_so_in_a_last_mail(
    app, visitor, clock, language
):
    secret = a_secret(visitor, an_occurrence(clock), language)
    post(app)
    address = path(app, "erase", language, secret=secret)

    page = visitor.post(address, visitor.get(address).fields())
    mails = post(app)

    assert (page.status, page.response.request.path) == (200, path(app, "erased", language))
    assert len(mails) == 2
    assert rows(app, "booking", "name", "email", "phone", "note", "state") == [
        ("", "", "", "", "cancelled_by_visitor")
    ]
    assert rows(app, "allocation", "count(*)") == [(0,)]
    stored = str({table: rows for table, rows in contents(app).items() if table != "house"})
    for personal in ("Amina", "amina@", "1234567", "Wir freuen uns"):
        assert personal not in stored, personal


def test_the_page_says_cancelled_only_when_it_is(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))
    words = said("Your booking is cancelled. A mail that says so is on its way.", "de")

    assert words not in visitor.get(path(app, "manage", secret=secret) + "?done=cancelled").text

    visitor.post(path(app, "cancel", secret=secret), visitor.get(path(app, "cancel", secret=secret)).fields())
    assert words in visitor.get(path(app, "manage", secret=secret) + "?done=cancelled").text


def test_a_booking_that_the_house_cancelled_says_so_and_offers_no_button(app, visitor, clock):
    occurrence_id = an_occurrence(clock)
    secret = a_secret(visitor, occurrence_id)
    unit_of_work(
        lambda: calling_off.cancel_occurrence(
            occurrence_id, reasons={"de": "x"}, actor="staff:1", now=clock()
        )
    )

    page = visitor.get(path(app, "manage", secret=secret))

    assert said("Cancelled by us", "de") in page.text
    assert path(app, "cancel", secret=secret) not in page.links()
    assert "STATUS:CANCELLED" in visitor.client.get(path(app, "calendar", secret=secret)).text
