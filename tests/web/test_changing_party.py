"""Changing how many come by the link of a booking: counts as in the form, up and down, kept until they can be had."""

from datetime import timedelta

import pytest

from booking.bookings.models import PartyCount
from booking.db import db
from booking.web.public.secrets import secret_of
from tests.builders import a_booking, an_occurrence, an_offering
from tests.web.ways import LANGUAGES, booked, contents, error_at, location, path, post, said

both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def occurrence_id(app, clock) -> int:
    return an_occurrence(clock, offering_id=an_offering(seats=8, party_max=6), seats=8)


@pytest.fixture
def amina(occurrence_id, clock):
    """Two adults and a child come tomorrow; the secret of their link."""
    return secret_of(a_booking(occurrence_id, clock).link_id)


def page_of(visitor, secret, language="de"):
    return visitor.get(path(visitor.app, "change_party", language, secret=secret))


def send(visitor, secret, language="de", **typed):
    filled = page_of(visitor, secret, language).fields() | typed
    return visitor.post(path(visitor.app, "change_party", language, secret=secret), filled)


def party():
    db.session.rollback()
    return dict(db.session.query(PartyCount.category, PartyCount.people).all())


@both_languages
def test_somebody_brings_more_people_by_following_a_link_and_a_button(app, visitor, amina, language):
    manage = visitor.get(path(app, "manage", language, secret=amina))
    form = visitor.get(manage.link(ending=path(app, "change_party", language, secret=amina)))
    assert (form.fields()["adults"], form.fields()["children"]) == ("2", "1")

    answer = visitor.client.post(
        path(app, "change_party", language, secret=amina),
        data=form.fields() | {"adults": "4", "children": "2"},
    )

    assert (answer.status_code, location(answer)) == (303, path(app, "manage", language, secret=amina))
    assert party() == {"adults": 4, "children": 2}
    people = {"de": "4 Erwachsene, 2 Kinder", "en": "4 adults, 2 children"}[language]
    words = "Your booking is for %(people)s now. We tell you every change by mail."
    assert said(words, language, people=people) in visitor.get(answer.headers["Location"]).text


def test_fewer_come_and_the_mail_tells_both_numbers(app, visitor, amina):
    assert send(visitor, amina, children="0").status == 200

    changed, confirmation = post(app)

    assert party() == {"adults": 2}
    text = changed.get_body(("plain",)).get_content()
    assert text.index("2 Erwachsene") < text.index("2 Erwachsene, 1 Kind")
    assert changed["In-Reply-To"] == confirmation["Message-ID"]


def test_the_same_number_writes_nothing(app, visitor, amina):
    counted = ("attempt_count", "resource")  # the attempt, and the lock of the seats
    before = contents(app, without=counted)

    assert send(visitor, amina).status == 200

    assert contents(app, without=counted) == before


def test_more_than_are_free_are_refused_at_the_field_with_what_is_possible(
    app, visitor, occurrence_id, clock, amina
):
    a_booking(occurrence_id, clock, party={"adults": 3}, email="bruno@example.org")
    before = booked(app)

    page = send(visitor, amina, "en", adults="4", children="2")

    assert page.status == 409
    assert "at most 5 people can come" in error_at(page, "adults")
    assert (page.fields()["adults"], page.fields()["children"]) == ("4", "2")
    assert path(app, "move", "en", secret=amina) in page.links()
    assert booked(app) == before


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"adults": "zwölf"}, "Enter a whole number from 0 to %(most)s, in digits."),
        (
            {"adults": "7"},
            "One booking can bring at most %(most)s people. For larger groups, please call us.",
        ),
        (
            {"adults": "0", "children": "0"},
            "Please tell us how many people come: at least %(fewest)s.",
        ),
    ],
)
def test_what_is_no_party_is_refused_at_the_field_and_kept(app, visitor, amina, typed, words):
    before = booked(app)

    page = send(visitor, amina, **typed)

    assert page.status == 422
    assert error_at(page, "adults") == said(words, "de", most=6, fewest=1)
    assert {name: page.fields()[name] for name in typed} == typed
    assert booked(app) == before


def test_a_stale_form_asks_again_and_keeps_what_was_typed(app, visitor, amina):
    address = path(app, "change_party", secret=amina)

    page = visitor.post(address, {"csrf_token": "old", "adults": "3", "children": "0"})

    assert (page.status, page.fields()["adults"]) == (400, "3")
    assert visitor.post(address, page.fields()).status == 200
    assert party() == {"adults": 3}


def test_after_the_deadline_the_number_stays(app, visitor, clock, amina):
    form = page_of(visitor, amina).fields()
    clock.forward(hours=23, minutes=1)
    before = booked(app)

    page = visitor.post(path(app, "change_party", secret=amina), form | {"adults": "1"})

    assert page.status == 409
    words = "It is too late to change this booking online. Please call us: perhaps we find a way."
    assert said(words, "de") in page.text
    assert booked(app) == before


def test_where_only_adults_come_children_are_not_asked_for(app, visitor, clock):
    offering_id = an_offering(kind="talk", age_min=18, seats=8, party_max=6)
    occurrence_id = an_occurrence(clock, offering_id=offering_id, starts_at=clock() + timedelta(days=2))
    secret = secret_of(a_booking(occurrence_id, clock, party={"adults": 2}).link_id)

    assert "children" not in page_of(visitor, secret).fields()
    assert send(visitor, secret, adults="3", children="2").status == 200
    assert party() == {"adults": 3}
