"""Places lost while somebody typed: another date is kept with one button, and nothing typed is lost."""

from datetime import timedelta

import pytest

from booking.bookings import retention
from booking.bookings.models import Booking, Hold
from tests.builders import a_booking, an_occurrence, an_offering
from tests.deeds.reading import load_of, rows_of
from tests.holds import a_slot_booking
from tests.hours import a_consultation, an_expert, at
from tests.web.ways import CONTACT, LANGUAGES, contents, details, details_of, path, said, secret_in

both_languages = pytest.mark.parametrize("language", LANGUAGES)
THREE = at("2027-01-13 15:00")


def buttons(page):
    """Return what the buttons for another date would send."""
    return [one.get("value") for one in page.all("button") if one.get("name") == "instead"]


def lost(visitor, clock, language="de", *, others=2):
    """Type until the places are gone, and return the dates, the page that says so, and what it would send."""
    offering_id = an_offering(party_max=4)
    days = range(1, 2 + others)
    dates = [
        an_occurrence(clock, offering_id=offering_id, seats=4, starts_at=clock() + timedelta(days=day))
        for day in days
    ]
    action, filled = details(visitor, dates[0], language)
    clock.forward(minutes=16)
    a_booking(dates[0], clock, party={"adults": 4})
    page = visitor.post(action, filled)
    assert page.status == 409
    return dates, action, page


@both_languages
def test_another_date_is_kept_in_the_same_form_with_all_that_was_typed(app, visitor, clock, language):
    dates, action, page = lost(visitor, clock, language)
    assert buttons(page) == [str(one) for one in dates[1:]]

    kept = visitor.post(action, page.fields() | {"instead": str(dates[2])})

    assert kept.status == 200
    assert said("We keep this for you now. What you typed is still here.", language) in kept.text
    assert {name: kept.fields()[name] for name in CONTACT} == CONTACT
    assert [load_of(occurrence_id=one) for one in dates[1:]] == [0, 3]
    assert visitor.post(*details_of(kept)).status == 200
    assert rows_of(Booking.occurrence_id, where=Booking.email == CONTACT["email"])[-1] == (dates[2],)


def test_what_was_typed_stands_in_no_address_and_in_no_table(app, visitor, clock):
    dates, action, page = lost(visitor, clock)

    kept = visitor.post(action, page.fields() | {"instead": str(dates[1])})

    assert kept.response.request.path == action
    assert not [link for link in kept.links() if "amina" in link.lower() or "1234567" in link]
    assert CONTACT["phone"] not in str(contents(app, without=("booking", "outgoing_mail")))
    assert len(rows_of(Hold.id)) == 1


def test_the_button_pressed_twice_keeps_one_date_once(app, visitor, clock):
    dates, action, page = lost(visitor, clock)
    pressed = page.fields() | {"instead": str(dates[1])}

    assert [visitor.post(action, pressed).status for _ in range(2)] == [200, 200]

    assert load_of(occurrence_id=dates[1]) == 3


def test_a_date_that_was_taken_meanwhile_is_refused_with_what_is_left(app, visitor, clock):
    dates, action, page = lost(visitor, clock)
    a_booking(dates[1], clock, party={"adults": 4})

    refused = visitor.post(action, page.fields() | {"instead": str(dates[1])})

    assert (refused.status, buttons(refused)) == (409, [str(dates[2])])
    assert {name: refused.fields()[name] for name in CONTACT} == CONTACT


@pytest.mark.parametrize("wanted", ["other offering", "999999", "x", "-1", "2027-01-13T14:00Z"])
def test_nothing_is_kept_of_what_no_button_offers(app, visitor, clock, wanted):
    other = an_occurrence(clock)
    _dates, action, page = lost(visitor, clock)
    value = str(other) if wanted == "other offering" else wanted

    answer = visitor.post(action, page.fields() | {"instead": value})

    assert answer.status == 404
    assert load_of(occurrence_id=other) == 0


def test_where_no_other_date_is_left_links_lead_to_other_offerings(app, visitor, clock):
    another = an_occurrence(clock, starts_at=clock() + timedelta(days=3))

    _dates, _action, page = lost(visitor, clock, others=0)

    assert buttons(page) == []
    assert path(app, "occurrence", occurrence_id=another) in page.links()


def test_another_time_of_a_consultation_is_kept_in_the_same_form(app, visitor, clock):
    offering_id = a_consultation(key="ki")
    expert = an_expert(offering_id, "wed 15:00-16:00")
    form = visitor.get(path(app, "book_slot", key="ki", start="2027-01-13T14:00Z", medium="on_site"))
    action, filled = details_of(
        visitor.post(form.response.request.full_path, form.fields() | {"adults": "2"})
    )
    clock.forward(minutes=16)
    retention.run(now=clock())
    a_slot_booking(offering_id, THREE, clock, client="another")
    page = visitor.post(action, filled | CONTACT)
    assert (page.status, buttons(page)[0]) == (409, "2027-01-13T14:30Z")

    kept = visitor.post(action, page.fields() | {"instead": "2027-01-13T14:30Z"})

    assert {name: kept.fields()[name] for name in CONTACT} == CONTACT
    done = visitor.post(*details_of(kept))
    assert secret_in(done.response.request.path)
    assert load_of(host_id=expert) == 2
