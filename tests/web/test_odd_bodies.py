"""Bodies that no form would send: fields missing, doubled, endless, of another kind; and what is unusual but right."""

import io

import pytest

from booking.bookings.models import Booking, Hold, PartyCount
from booking.db import db
from tests.builders import an_occurrence
from tests.web.ways import (
    CONTACT,
    LANGUAGES,
    PARTY,
    book,
    booked,
    details,
    details_of,
    error_at,
    form_of,
    hold,
    path,
    said,
    summary,
)

both_languages = pytest.mark.parametrize("language", LANGUAGES)
URLENCODED = "application/x-www-form-urlencoded"


@pytest.fixture
def forms(visitor, clock):
    """Return where both forms of a date are sent and how Amina fills them in, by a field that each alone has."""
    occurrence_id = an_occurrence(clock)
    first = path(visitor.app, "book", occurrence_id=occurrence_id)
    return {"once": (first, form_of(visitor, occurrence_id) | PARTY), "name": details(visitor, occurrence_id)}


def form_with(forms, field):
    """Return the form that has a field: its address, what is filled in, and what of that people typed."""
    address, filled = next((address, filled) for address, filled in forms.values() if field in filled)
    return address, filled, {name: value for name, value in filled.items() if name in PARTY | CONTACT}


@pytest.mark.parametrize("missing", ["name", "email", "once"])
def test_a_form_without_a_field_is_refused(app, visitor, forms, missing):
    address, filled, _typed = form_with(forms, missing)
    before = booked(app)

    page = visitor.post(address, {name: value for name, value in filled.items() if name != missing})

    assert page.status == 422
    assert summary(page)[0]
    assert booked(app) == before


@pytest.mark.parametrize("doubled", [*PARTY, *CONTACT, "once"])
def test_a_field_that_comes_twice_is_refused(app, visitor, forms, doubled):
    address, filled, typed = form_with(forms, doubled)
    before = booked(app)

    page = visitor.post(address, filled | {doubled: [filled[doubled], filled[doubled]]})

    assert page.status == 422
    assert summary(page)[0]
    assert {name: page.fields()[name] for name in typed} == typed
    assert booked(app) == before


@pytest.mark.parametrize("form", ["once", "name"])
@pytest.mark.parametrize(
    "sent", [{"json": [1]}, {"json": PARTY | CONTACT | {"name": 5}}, {"data": b"{"}, {"data": b"\xff"}]
)
def test_a_body_that_is_no_form_is_refused(app, visitor, forms, sent, form):
    before = booked(app)

    answer = visitor.client.post(forms[form][0], **{"content_type": "application/json"} | sent)

    assert answer.status_code == 400
    assert booked(app) == before


def test_a_file_in_the_place_of_a_text_is_refused(app, visitor, forms):
    action, filled = forms["name"]
    before = booked(app)

    page = visitor.post(action, filled | {"name": (io.BytesIO(b"Amina"), "name.txt")})

    assert (page.status, error_at(page, "name")) == (422, said("Enter your name.", "de"))
    assert booked(app) == before


def test_what_nobody_asked_for_changes_nothing(app, visitor, clock):
    kept = hold(visitor, an_occurrence(clock), extensions="9", id="99", client="x", pupils="9")
    action, filled = details_of(kept)
    odd = {"state": "attended", "id": "99", "reference": "AAAAAAAA", "pupils": "9", "adults": "9"}

    page = visitor.post(action, filled | CONTACT | odd)

    assert page.status == 200
    assert db.session.query(Hold.id, Hold.extensions).all() == [(1, 0)]
    assert {one.category: one.people for one in db.session.query(PartyCount)} == {"adults": 2, "children": 1}
    found = db.session.query(Booking).one()
    assert (found.state, found.id) == ("confirmed", 1)
    assert found.reference != "AAAAAAAA"


@pytest.mark.parametrize("form", ["once", "name"])
def test_a_hidden_field_that_a_browser_filled_in_is_emptied_and_told(app, visitor, forms, form):
    address, filled = forms[form]
    before = booked(app)

    page = visitor.post(address, filled | {"trap": "x"})

    assert page.status == 422
    assert summary(page)[0]
    assert booked(app) == before
    assert visitor.post(address, page.fields()).status == 200


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


@pytest.mark.parametrize(
    ("form", "field"),
    [
        *(("name", field) for field in ("name", "email", "phone", "note", "csrf_token", "extend")),
        *(("once", field) for field in ("adults", "children", "once", "csrf_token")),
    ],
)
def test_two_megabytes_of_text_are_refused_and_kept(app, visitor, forms, form, field):
    address, filled = forms[form]
    long = "1" * 2_000_000
    before = booked(app)

    answer = visitor.client.post(address, data=filled | {field: long})

    assert answer.status_code == {"csrf_token": 400, "extend": 200}.get(field, 422)
    assert (long in answer.text) == (field in PARTY | CONTACT)
    kept = {"once": "adults", "name": "email" if field == "name" else "name"}[form]
    assert f'value="{filled[kept]}"' in answer.text or kept == field
    assert field == "extend" or booked(app) == before


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
