"""The way of a visitor: programme, offering, date, forms, done, manage, cancel; and back and reload."""

import pytest

from booking.bookings.models import Booking, Hold
from booking.db import db
from booking.messages.models import OutgoingMail
from tests.builders import an_occurrence
from tests.visitors import Visitor
from tests.web.ways import (
    CONTACT,
    LANGUAGES,
    PARTY,
    a_secret,
    booked,
    contents,
    counted,
    details,
    details_of,
    form_of,
    hold,
    location,
    path,
    secret_in,
)

both_languages = pytest.mark.parametrize("language", LANGUAGES)


def rows(app, table):
    return len(contents(app)[table.__tablename__])


@both_languages
def test_somebody_books_and_cancels_by_following_links_and_buttons(app, visitor, clock, language):
    occurrence_id = an_occurrence(clock)
    start = visitor.get("/", headers={"Accept-Language": language})
    programme = visitor.get(next(one for one in start.links() if one == path(app, "programme", language)))
    date = visitor.get(programme.link(ending=path(app, "occurrence", language, occurrence_id=occurrence_id)))
    form = visitor.get(date.link(ending=path(app, "book", language, occurrence_id=occurrence_id)))

    kept = visitor.post(form.all("form")[-1].get("action"), form.fields() | PARTY)
    assert (kept.status, rows(app, Hold), rows(app, Booking), rows(app, OutgoingMail)) == (200, 1, 0, 0)
    assert kept.tree.get("lang") == language

    action, fields = details_of(kept)
    done = visitor.post(action, fields | CONTACT)
    assert (done.status, rows(app, Booking), rows(app, OutgoingMail)) == (200, 1, 1)
    assert "Amina Kaya" in done.text
    assert done.tree.get("lang") == language

    secret = secret_in(done.response.request.path)
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

    kept = visitor.client.post(
        path(app, "book", occurrence_id=occurrence_id), data=form_of(visitor, occurrence_id) | PARTY
    )
    assert kept.status_code == 303
    action, fields = details_of(visitor.get(location(kept)))
    assert action == location(kept)
    answer = visitor.client.post(action, data=fields | CONTACT)
    assert answer.status_code == 303

    secret = secret_in(location(answer))
    for name in ("cancel", "erase"):
        form = visitor.get(path(app, name, secret=secret)).fields()
        assert visitor.client.post(path(app, name, secret=secret), data=form).status_code == 303
    form = visitor.get(path(app, "resend")).fields() | {"email": "amina@example.org"}
    assert visitor.client.post(path(app, "resend"), data=form).status_code == 303


@both_languages
def test_reloading_and_going_back_change_nothing(app, visitor, clock, language):
    occurrence_id = an_occurrence(clock)
    action, filled = details(visitor, occurrence_id, language)
    secret = secret_in(visitor.post(action, filled).response.request.path)
    before = contents(app)

    for name in ("done", "done", "manage", "cancel", "erase", "change_address"):
        assert visitor.get(path(app, name, language, secret=secret)).status == 200
    assert visitor.get(path(app, "book", language, occurrence_id=occurrence_id)).status == 200
    assert visitor.get(action).response.request.path == path(app, "done", language, secret=secret)

    assert contents(app) == before


def test_who_goes_back_from_the_last_places_finds_the_form_and_not_a_full_date(app, visitor, clock):
    """What somebody keeps is in nobody's way but that of others."""
    occurrence_id = an_occurrence(clock, seats=3)
    action, _filled = details(visitor, occurrence_id)
    change = visitor.get(action).link(ending=path(app, "book", occurrence_id=occurrence_id))

    form = visitor.get(change)
    assert form.response.request.path == change
    assert counted("Only %(num)s place left", "Only %(num)s places left", 3, "de") in form.text
    assert {name: form.fields()[name] for name in PARTY} == PARTY
    stranger = Visitor(app).get(change)
    assert stranger.response.request.path == path(app, "occurrence", occurrence_id=occurrence_id)

    fewer = visitor.post(change, form.fields() | {"adults": "1", "children": "0"})
    assert visitor.post(details_of(fewer)[0], fewer.fields() | CONTACT).status == 200
    assert hold(Visitor(app), occurrence_id, adults="2", children="0").status == 200


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
