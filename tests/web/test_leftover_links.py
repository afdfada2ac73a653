"""Links that lead to less than they did: a form after the address changed, a file of a booking that is not firm."""

from urllib.parse import urlencode

import pytest

from booking.bookings import retention
from booking.bookings.models import Hold
from booking.bookings.refusals import FormUsed
from booking.db import db
from tests.builders import an_occurrence, an_offering
from tests.deeds.reading import rows_of
from tests.visitors import Visitor
from tests.web.ways import LANGUAGES, book, contents, details, path, said, secret_in

both_languages = pytest.mark.parametrize("language", LANGUAGES)
NOT_YET = (
    "This booking has no calendar entry yet: first confirm your address with the link in our mail. "
    "Then we send you the entry."
)


def a_careful_booking(visitor, clock, language="de"):
    """Book what wants its address confirmed, and return the secret of the booking."""
    offering_id = an_offering(key="careful", address_check="on")
    done = book(visitor, an_occurrence(clock, offering_id=offering_id), language)
    return secret_in(done.response.request.path)


@both_languages
def test_a_booking_whose_address_is_to_be_confirmed_has_no_calendar_entry_yet(app, visitor, clock, language):
    secret = a_careful_booking(visitor, clock, language)

    page = visitor.get(path(app, "calendar", language, secret=secret))

    assert page.status == 409
    assert said(NOT_YET, language) in page.text
    for name in ("done", "manage"):
        assert ".ics" not in visitor.get(path(app, name, language, secret=secret)).text


def test_a_booking_that_nobody_confirmed_calls_nothing_off_in_a_calendar(app, visitor, clock):
    secret = a_careful_booking(visitor, clock)
    clock.forward(hours=2)
    retention.run(now=clock())

    page = visitor.get(path(app, "calendar", secret=secret))

    assert page.status == 410
    assert "METHOD:CANCEL" not in page.text


def test_the_link_of_the_form_leads_nowhere_once_the_address_is_changed(app, visitor, clock):
    """Who has the old links, that of the form among them, shall not come to the new one."""
    action, filled = details(visitor, an_occurrence(clock))
    done = visitor.post(action, filled)
    assert visitor.get(action).status == 200, "until then it leads to the booking"
    change = path(app, "change_address", secret=secret_in(done.response.request.path))
    form = visitor.get(change)
    visitor.post(change, form.fields() | {"email": "new@example.org"})

    found = Visitor(app).get(action)

    assert (found.status, found.response.history) == (410, ())
    assert "/buchung/" not in found.text


def test_the_first_form_sent_again_after_that_says_that_it_has_booked(app, visitor, clock):
    occurrence_id = an_occurrence(clock)
    first = visitor.get(path(app, "book", occurrence_id=occurrence_id)).fields() | {
        "adults": "2",
        "children": "0",
    }
    kept = visitor.post(path(app, "book", occurrence_id=occurrence_id), first)
    action = kept.response.request.path
    done = visitor.post(action, kept.fields() | {"name": "Amina", "email": "amina@example.org"})
    change = path(app, "change_address", secret=secret_in(done.response.request.path))
    visitor.post(change, visitor.get(change).fields() | {"email": "new@example.org"})

    again = visitor.post(path(app, "book", occurrence_id=occurrence_id), first)

    assert again.status == 409
    assert said(FormUsed.message, "de") in again.text


@pytest.mark.parametrize("pressed", [("extend", "extend"), ("give_up", "give_up"), ("extend", "give_up")])
def test_two_buttons_at_once_change_nothing_and_lose_nothing_typed(app, visitor, clock, pressed):
    """A field that comes twice is refused."""
    action, filled = details(visitor, an_occurrence(clock))
    before = contents(app)
    body = [*filled.items(), *((name, "1") for name in pressed)]

    answer = visitor.client.post(
        action, data=urlencode(body), content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 422
    assert said("This came twice. Please check it and send it again.", "de") in answer.text
    assert "Wir freuen uns." in answer.text
    db.session.rollback()
    assert contents(app) == before
    assert len(rows_of(Hold.id)) == 1
