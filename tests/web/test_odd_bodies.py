"""Bodies that no form would send: fields missing, doubled, endless, of another kind; and what is unusual but right."""

import io

import pytest

from booking.bookings.models import Booking
from booking.db import db
from tests.builders import an_occurrence
from tests.web.ways import AMINA, LANGUAGES, book, booked, error_at, form_of, path, said, summary

both_languages = pytest.mark.parametrize("language", LANGUAGES)
URLENCODED = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("missing", ["name", "email", "once"])
def test_a_form_without_a_field_is_refused(app, visitor, clock, missing):
    occurrence_id = an_occurrence(clock)
    filled = form_of(visitor, occurrence_id) | AMINA
    del filled[missing]
    before = booked(app)

    page = visitor.post(path(app, "book", occurrence_id=occurrence_id), filled)

    assert page.status == 422
    assert summary(page)[0]
    assert booked(app) == before


@pytest.mark.parametrize("doubled", [*AMINA, "once"])
def test_a_field_that_comes_twice_is_refused(app, visitor, clock, doubled):
    occurrence_id = an_occurrence(clock)
    filled = form_of(visitor, occurrence_id) | AMINA
    before = booked(app)

    page = visitor.post(
        path(app, "book", occurrence_id=occurrence_id), filled | {doubled: [filled[doubled], filled[doubled]]}
    )

    assert page.status == 422
    assert summary(page)[0]
    assert {name: page.fields()[name] for name in AMINA} == AMINA
    assert booked(app) == before


@pytest.mark.parametrize(
    "sent", [{"json": [1]}, {"json": AMINA | {"name": 5}}, {"data": b"{"}, {"data": b"\xff"}]
)
def test_a_body_that_is_no_form_is_refused(app, visitor, clock, sent):
    occurrence_id = an_occurrence(clock)
    form_of(visitor, occurrence_id)
    before = booked(app)

    answer = visitor.client.post(
        path(app, "book", occurrence_id=occurrence_id), **{"content_type": "application/json"} | sent
    )

    assert answer.status_code == 400
    assert booked(app) == before


def test_a_file_in_the_place_of_a_text_is_refused(app, visitor, clock):
    occurrence_id = an_occurrence(clock)
    before = booked(app)

    page = book(visitor, occurrence_id, name=(io.BytesIO(b"Amina"), "name.txt"))

    assert (page.status, error_at(page, "name")) == (422, said("Enter your name.", "de"))
    assert booked(app) == before


def test_what_nobody_asked_for_changes_nothing(app, visitor, clock):
    page = book(visitor, an_occurrence(clock), state="attended", id="99", reference="AAAAAAAA", pupils="9")

    assert page.status == 200
    found = db.session.query(Booking).one()
    assert (found.state, found.id) == ("confirmed", 1)
    assert found.reference != "AAAAAAAA"


def test_a_hidden_field_that_a_browser_filled_in_is_emptied_and_told(app, visitor, clock):
    occurrence_id = an_occurrence(clock)
    before = booked(app)

    page = book(visitor, occurrence_id, trap="x")

    assert page.status == 422
    assert summary(page)[0]
    assert booked(app) == before
    assert visitor.post(path(app, "book", occurrence_id=occurrence_id), page.fields()).status == 200


@pytest.mark.parametrize(
    "email",
    ["amina@müller.example.com", "amina@xn--mller-kva.example.com", "a.b+c@example.org", "ü@example.org"],
)
def test_unusual_addresses_that_exist_are_taken(visitor, clock, email):
    page = book(visitor, an_occurrence(clock), email=email)

    assert page.status == 200
    assert email in page.text


def test_names_and_notes_of_all_the_world_are_taken_as_they_are(app, visitor, clock):
    name, note = "Zoë 山田 Ñandú أمينة 🙂", "erste Zeile\r\n\r\n  zweite\x00 Zeile"

    page = book(visitor, an_occurrence(clock), name=name, note=note, phone="+49 (0) 341 / 12-34.56")

    assert page.status == 200
    assert name in page.text
    assert db.session.query(Booking.note).scalar() == "erste Zeile\n\n  zweite Zeile"


@pytest.mark.parametrize("field", ["name", "email", "phone", "note", "adults", "once", "csrf_token"])
def test_two_megabytes_of_text_are_refused_and_kept(app, visitor, clock, field):
    occurrence_id = an_occurrence(clock)
    long = "1" * 2_000_000
    filled = form_of(visitor, occurrence_id) | AMINA | {field: long}
    before = booked(app)

    answer = visitor.client.post(path(app, "book", occurrence_id=occurrence_id), data=filled)

    assert answer.status_code == (400 if field == "csrf_token" else 422)
    assert (long in answer.text) == (field in AMINA)
    assert AMINA["email" if field == "name" else "name"] in answer.text
    assert booked(app) == before


@both_languages
@pytest.mark.parametrize("kind", [URLENCODED, "multipart/form-data; boundary=x"])
def test_more_than_a_form_can_hold_is_refused_in_the_persons_language(app, visitor, clock, language, kind):
    occurrence_id = an_occurrence(clock)
    body = b"note=" + b"n" * 4_000_000
    if "multipart" in kind:
        body = b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\n' + body + b"\r\n--x--\r\n"
    before = booked(app)

    page = visitor.post(path(app, "book", language, occurrence_id=occurrence_id), body, content_type=kind)

    assert (page.status, page.tree.get("lang")) == (413, language)
    assert said("That was too much", language) in page.text
    assert booked(app) == before


def test_an_endless_number_of_fields_is_refused_soon(app, visitor, clock):
    occurrence_id = an_occurrence(clock)
    before = booked(app)

    answer = visitor.client.post(
        path(app, "book", occurrence_id=occurrence_id),
        data="a&" * 200_000,
        content_type=URLENCODED,
    )

    assert 400 <= answer.status_code < 500
    assert booked(app) == before


@pytest.mark.parametrize(
    "query",
    ["from=zwölf", "from=9999-12-31", "from=0001-01-01", "kind=' OR 1=1", "from=%00", "kind=%ff&kind=x"],
)
def test_the_programme_passes_over_a_filter_that_it_does_not_know(visitor, clock, query):
    an_occurrence(clock)

    assert visitor.get(f"/de/programm?{query}").status == 200
