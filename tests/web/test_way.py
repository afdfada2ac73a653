"""The way of a visitor: programme, offering, date, form, done, manage, cancel; and back, reload, double click."""

import pytest

from booking.bookings.models import Booking
from booking.db import db
from booking.messages.models import OutgoingMail
from tests.builders import an_occurrence
from tests.visitors import Visitor
from tests.web.ways import AMINA, LANGUAGES, a_secret, book, booked, contents, form_of, location, path

both_languages = pytest.mark.parametrize("language", LANGUAGES)


def rows(app, table):
    return len(contents(app)[table.__tablename__])


@both_languages
def test_somebody_books_and_cancels_by_following_links_and_buttons(app, visitor, clock, language):
    occurrence_id = an_occurrence(clock)
    programme = visitor.get(
        visitor.get("/", headers={"Accept-Language": language}).link(
            ending=path(app, "programme", language).rsplit("/", 1)[1]
        )
    )
    date = visitor.get(programme.link(ending=path(app, "occurrence", language, occurrence_id=occurrence_id)))
    form = visitor.get(date.link(ending=path(app, "book", language, occurrence_id=occurrence_id)))

    done = visitor.post(form.all("form")[-1].get("action"), form.fields() | AMINA)
    assert (done.status, rows(app, Booking), rows(app, OutgoingMail)) == (200, 1, 1)
    assert "Amina Kaya" in done.text
    assert done.tree.get("lang") == language

    secret = done.response.request.path.split("/")[3]
    manage = visitor.get(path(app, "manage", language, secret=secret))
    cancel = visitor.get(manage.link(ending=path(app, "cancel", language, secret=secret)))
    cancelled = visitor.post(path(app, "cancel", language, secret=secret), cancel.fields())
    assert cancelled.status == 200
    assert cancelled.response.request.path == path(app, "manage", language, secret=secret)
    assert db.session.query(Booking.state).scalar() == "cancelled_by_visitor"
    assert rows(app, OutgoingMail) == 2


@both_languages
def test_the_page_of_an_offering_leads_to_its_dates(app, visitor, clock, language):
    occurrence_id = an_occurrence(clock)
    key = contents(app)["offering"][0][2]

    page = visitor.get(path(app, "offering", language, key=key))

    assert page.status == 200
    assert page.link(ending=path(app, "occurrence", language, occurrence_id=occurrence_id))


def test_a_form_that_is_sent_answers_with_a_redirect_to_see_other(app, visitor, clock):
    occurrence_id = an_occurrence(clock)
    address = path(app, "book", occurrence_id=occurrence_id)

    answer = visitor.client.post(address, data=form_of(visitor, occurrence_id) | AMINA)
    assert answer.status_code == 303

    secret = location(answer).split("/")[3]
    for name in ("cancel", "erase"):
        form = visitor.get(path(app, name, secret=secret)).fields()
        assert visitor.client.post(path(app, name, secret=secret), data=form).status_code == 303
    form = visitor.get(path(app, "resend")).fields() | {"email": "amina@example.org"}
    assert visitor.client.post(path(app, "resend"), data=form).status_code == 303


def test_the_same_form_sent_again_is_the_same_booking_and_one_mail(app, visitor, clock):
    occurrence_id = an_occurrence(clock)
    address, filled = path(app, "book", occurrence_id=occurrence_id), form_of(visitor, occurrence_id) | AMINA

    first, second = (visitor.client.post(address, data=filled) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert location(first) == location(second)
    assert rows(app, Booking) == rows(app, OutgoingMail) == 1


def test_the_same_form_leads_to_its_booking_when_the_date_has_filled_up_and_passed(app, visitor, clock):
    occurrence_id = an_occurrence(clock, seats=3)
    address, filled = path(app, "book", occurrence_id=occurrence_id), form_of(visitor, occurrence_id) | AMINA
    first = visitor.post(address, filled)
    clock.forward(hours=26)

    again = visitor.post(address, filled)

    assert again.response.request.path == first.response.request.path
    assert rows(app, Booking) == 1


def test_what_is_stored_of_a_form_does_not_open_its_booking(app, visitor, clock):
    """Whoever reads the database must not get a booking's link by sending the key of its form again."""
    occurrence_id = an_occurrence(clock)
    book(visitor, occurrence_id)
    stored = db.session.query(Booking.once).scalar()
    thief = Visitor(app)

    answer = book(thief, occurrence_id, once=stored)

    assert (answer.status, rows(app, Booking)) == (422, 1)


def test_a_form_of_one_date_sent_for_another_is_told_and_can_be_sent_again(app, visitor, clock):
    one, other = an_occurrence(clock), an_occurrence(clock)
    filled = form_of(visitor, one) | AMINA
    visitor.post(path(app, "book", occurrence_id=one), filled)

    refused = visitor.post(path(app, "book", occurrence_id=other), filled)
    assert (refused.status, rows(app, Booking)) == (409, 1)
    assert refused.fields()["name"] == "Amina Kaya"

    again = visitor.post(path(app, "book", occurrence_id=other), refused.fields())
    assert (again.status, rows(app, Booking)) == (200, 2)


@both_languages
def test_reloading_and_going_back_change_nothing(app, visitor, clock, language):
    occurrence_id = an_occurrence(clock)
    secret = a_secret(visitor, occurrence_id, language)
    before = contents(app)

    for name in ("done", "done", "manage", "cancel", "erase", "change_address"):
        assert visitor.get(path(app, name, language, secret=secret)).status == 200
    assert visitor.get(path(app, "book", language, occurrence_id=occurrence_id)).status == 200

    assert contents(app) == before


def test_cancelling_twice_is_cancelling_once(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))
    form = visitor.get(path(app, "cancel", secret=secret)).fields()
    visitor.post(path(app, "cancel", secret=secret), form)
    before = contents(app)

    second = visitor.post(path(app, "cancel", secret=secret), form)

    assert second.status == 200
    assert contents(app) == before
    assert visitor.get(path(app, "done", secret=secret)).response.request.path == path(
        app, "manage", secret=secret
    )


def test_after_the_deadline_cancelling_is_refused_and_the_page_says_whom_to_call(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))
    form = visitor.get(path(app, "cancel", secret=secret)).fields()
    clock.forward(hours=25)
    before = booked(app)

    refused = visitor.post(path(app, "cancel", secret=secret), form)

    assert refused.status == 409
    assert booked(app) == before


def test_the_language_switch_keeps_page_and_query(app, visitor, clock):
    occurrence_id = an_occurrence(clock)
    for name, values in (
        ("occurrence", {"occurrence_id": occurrence_id}),
        ("programme", {}),
        ("imprint", {}),
    ):
        german, english = path(app, name, "de", **values), path(app, name, "en", **values)
        query = "?from=2027-01-13&kind=tour&x=%C3%BC%26&x=2"

        page = visitor.get(german + query)

        assert english + query in page.links()
        assert german + query in visitor.get(english + query).links()


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("en", "en"),
        ("en-US,en;q=0.9,de;q=0.1", "en"),
        ("de-AT", "de"),
        ("fr, en;q=0.4", "en"),
        ("fr", "de"),
        ("*", "de"),
        ("en;q=nonsense", "de"),
        ("", "de"),
    ],
)
def test_the_root_leads_to_the_language_of_the_browser(visitor, header, language):
    answer = visitor.client.get("/", headers={"Accept-Language": header})

    assert (answer.status_code, location(answer)) == (302, f"/{language}/")
    assert answer.headers["Vary"] == "Accept-Language"
