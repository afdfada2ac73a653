"""Forms that are sent again: by a double click, from the history, changed, from another tab, for another date."""

from datetime import timedelta

import pytest

from booking.bookings.models import Booking, Hold
from booking.db import db
from booking.messages.models import OutgoingMail
from tests.builders import an_occurrence
from tests.visitors import Visitor
from tests.web.ways import (
    CONTACT,
    PARTY,
    booked,
    contents,
    details,
    details_of,
    form_of,
    hold,
    location,
    path,
    said,
    summary,
)


def rows(app, table):
    return len(contents(app)[table.__tablename__])


def test_the_same_first_form_sent_again_keeps_the_same_places(app, visitor, clock):
    occurrence_id = an_occurrence(clock, seats=3)
    address, filled = path(app, "book", occurrence_id=occurrence_id), form_of(visitor, occurrence_id) | PARTY

    first, second = (visitor.client.post(address, data=filled) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert location(first) == location(second)
    assert rows(app, Hold) == 1
    assert len(contents(app)["allocation"]) == 1


def test_the_same_form_sent_again_is_the_same_booking_and_one_mail(app, visitor, clock):
    action, filled = details(visitor, an_occurrence(clock))

    first, second = (visitor.client.post(action, data=filled) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert location(first) == location(second)
    assert rows(app, Booking) == rows(app, OutgoingMail) == 1


def test_both_forms_lead_to_their_booking_when_the_date_has_filled_up_and_passed(app, visitor, clock):
    occurrence_id = an_occurrence(clock, seats=3, starts_at=clock() + timedelta(hours=1))
    address, typed = path(app, "book", occurrence_id=occurrence_id), form_of(visitor, occurrence_id) | PARTY
    action, fields = details_of(visitor.post(address, typed))
    first = visitor.post(action, fields | CONTACT)
    clock.forward(hours=3)

    for again in (visitor.post(action, fields | CONTACT), visitor.post(address, typed), visitor.get(action)):
        assert again.status == 200
        assert again.response.request.path == first.response.request.path
    assert rows(app, Booking) == rows(app, Hold) == 1


@pytest.mark.parametrize("other", [{"name": "Bruno T."}, {"email": "bruno@example.org"}])
def test_a_form_that_has_booked_books_for_nobody_else_and_says_so(app, visitor, clock, other):
    """Somebody goes back and types another name or address: the first booking stands, and nothing is lost."""
    action, filled = details(visitor, an_occurrence(clock))
    first = visitor.post(action, filled)
    before = booked(app)

    refused = visitor.post(action, filled | other)

    used = "You have booked with this form already; that booking stands. If you want a second one, please begin anew."
    assert refused.status == 409
    assert said(used, "de") in summary(refused)[0]
    assert {name: refused.fields()[name] for name in CONTACT} == CONTACT | other
    assert booked(app) == before
    assert visitor.get(refused.link(ending=action)).response.request.path == first.response.request.path
    assert not [one for one in refused.all("button") if one.get("name") in ("extend", "give_up")]


@pytest.mark.parametrize("table", [Hold, Booking])
def test_what_is_stored_of_a_form_does_not_open_its_booking(app, visitor, clock, table):
    """Whoever reads the database must not get a booking's link by sending the key of its form again."""
    occurrence_id = an_occurrence(clock)
    visitor.post(*details(visitor, occurrence_id))
    stored = db.session.query(table.once).scalar()

    answer = hold(Visitor(app), occurrence_id, once=stored)

    assert (answer.status, rows(app, Hold), rows(app, Booking)) == (422, 1, 1)


def test_a_form_of_one_date_sent_for_another_takes_its_places_along(app, visitor, clock):
    """Nobody meant to keep both: the key is that of one form, and one form keeps places once."""
    one, other = an_occurrence(clock), an_occurrence(clock)
    filled = form_of(visitor, one) | PARTY
    visitor.post(path(app, "book", occurrence_id=one), filled)

    moved = visitor.post(path(app, "book", occurrence_id=other), filled)

    visitor.post(details_of(moved)[0], moved.fields() | CONTACT)
    assert db.session.query(Booking.occurrence_id).all() == [(other,)]
    assert len(contents(app)["allocation"]) == 1


@pytest.mark.parametrize("changed", ["another date", "more people"])
def test_a_form_that_has_booked_is_told_so_when_it_asks_for_more_and_can_be_sent_again(
    app, visitor, clock, changed
):
    one, other = an_occurrence(clock), an_occurrence(clock)
    filled = form_of(visitor, one) | PARTY
    visitor.post(*_filled_in(visitor.post(path(app, "book", occurrence_id=one), filled)))
    address = path(app, "book", occurrence_id=other if changed == "another date" else one)
    wanted = filled | ({"adults": "3"} if changed == "more people" else {})

    refused = visitor.post(address, wanted)
    assert (refused.status, rows(app, Hold), rows(app, Booking)) == (409, 1, 1)
    assert {name: refused.fields()[name] for name in PARTY} == {name: wanted[name] for name in PARTY}
    assert refused.fields()["once"] != filled["once"]

    again = visitor.post(*_filled_in(visitor.post(address, refused.fields())))
    assert (again.status, rows(app, Booking)) == (200, 2)


def _filled_in(page):
    action, fields = details_of(page)
    return action, fields | CONTACT
