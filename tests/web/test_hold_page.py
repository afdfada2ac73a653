"""The page of a hold: until when, for how many, longer, given back, over; and who else may open it."""

from datetime import timedelta

import pytest

from booking.bookings.models import Booking, Hold
from booking.bookings.rules import MOST_EXTENSIONS
from booking.db import db
from tests.builders import a_booking, an_occurrence, an_offering
from tests.visitors import Visitor
from tests.web.ways import (
    CONTACT,
    LANGUAGES,
    LIBRARY,
    contents,
    counted,
    details,
    details_of,
    error_at,
    form_of,
    hold,
    location,
    path,
    said,
    summary,
)

both_languages = pytest.mark.parametrize("language", LANGUAGES)
AGAIN = ("You can extend the time %(num)s more time.", "You can extend the time %(num)s more times.")
OVER = "Send the form all the same: if it is still free, you get it."


def buttons(page):
    """Return the names of the buttons that a form has beside the one that sends it."""
    return {one.get("name") for one in page.all("button")} - {None}


def seconds_left(page):
    return int(
        next(one for one in page.all("section") if one.get("data-timer") is not None).get("data-seconds")
    )


def taken(app):
    return sum(row[-1] for row in contents(app)["allocation"])


@both_languages
def test_the_page_says_what_is_kept_for_whom_and_until_when(app, visitor, clock, language):
    page = hold(visitor, an_occurrence(clock), language)

    assert "10:15" in page.text  # it is ten o'clock in Leipzig
    assert seconds_left(page) == 15 * 60
    assert {"de": "2 Erwachsene, 1 Kind", "en": "2 adults, 1 child"}[language] in page.text
    assert counted(*AGAIN, MOST_EXTENSIONS, language) in page.text
    assert buttons(page) == {"extend", "give_up"}
    first = next(one for one in page.all("form")[-1].iter() if one.tag.endswith("}button"))
    assert first.get("name") is None  # the Enter key books, and gives nothing back


@both_languages
def test_the_time_is_extended_twelve_times_with_all_that_was_typed_and_then_no_more(
    app, visitor, clock, language
):
    action, filled = details(visitor, an_occurrence(clock), language)
    half_typed = filled | {"email": "amina@"}

    pages = [visitor.post(action, half_typed | {"extend": "1"}) for _ in range(MOST_EXTENSIONS)]
    for number, page in enumerate(pages, start=1):
        assert (page.status, seconds_left(page)) == (200, (15 + 10 * number) * 60)
        assert said("The time has been extended.", language) in page.text
        assert {name: page.fields()[name] for name in CONTACT} == CONTACT | {"email": "amina@"}
        assert not [one for one in page.tree.iter() if one.get("aria-invalid")]  # nothing was checked
    assert [buttons(page) for page in pages[-2:]] == [{"extend", "give_up"}, {"give_up"}]

    page = visitor.post(action, half_typed | {"extend": "1"})
    no_more = (
        "The time has been extended %(most)s times. Please book now, or call us: we book for you by phone."
    )
    assert page.status == 409
    assert said(no_more, language, most=MOST_EXTENSIONS) in summary(page)[0]
    assert {name: page.fields()[name] for name in CONTACT} == CONTACT | {"email": "amina@"}
    assert visitor.post(action, filled).status == 200


def test_what_is_given_back_is_free_at_once_and_a_tab_that_was_left_open_may_still_book(app, visitor, clock):
    occurrence_id = an_occurrence(clock, seats=3)
    action, filled = details(visitor, occurrence_id)

    answer = visitor.client.post(action, data=filled | {"give_up": "1"})

    assert (answer.status_code, location(answer)) == (
        303,
        path(app, "occurrence", occurrence_id=occurrence_id),
    )
    assert taken(app) == 0
    over = visitor.get(action)
    assert said(OVER, "de") not in over.text, "its time was not over"
    assert said("This is not kept for you any more", "de") in over.text
    assert next(one for one in over.all("button") if one.get("name") == "give_up").get("hidden") is not None
    assert visitor.post(action, filled).status == 200
    assert taken(app) == 3


@pytest.mark.parametrize("button", ["extend", "give_up"])
def test_the_buttons_of_a_hold_that_has_booked_lead_to_the_booking_and_change_nothing(
    app, visitor, clock, button
):
    """From another tab; nobody shall believe that the booking is gone, or that a clock still runs."""
    action, filled = details(visitor, an_occurrence(clock))
    done = visitor.post(action, filled)
    before = contents(app, without=("resource",))  # whose lock is counted

    page = visitor.post(action, filled | {button: "1"})

    assert (page.status, page.response.request.path) == (200, done.response.request.path)
    assert contents(app, without=("resource",)) == before


def test_a_second_tab_of_the_same_offering_takes_over_and_the_first_says_so_only_if_it_must(
    app, visitor, clock
):
    occurrence_id = an_occurrence(clock, seats=6)
    action, filled = details(visitor, occurrence_id)
    other, other_filled = details(visitor, occurrence_id)
    assert action != other
    assert taken(app) == 3
    assert seconds_left(visitor.get(action)) == 0

    assert visitor.post(other, other_filled).status == 200
    assert visitor.post(action, filled).status == 200  # its places were free all the same
    assert len(contents(app)["booking"]) == 2

    last = an_occurrence(clock, seats=3)
    third, third_filled = details(visitor, last)
    assert visitor.post(*details(visitor, last)).status == 200
    refused = visitor.post(third, third_filled)
    assert refused.status == 409
    assert {name: refused.fields()[name] for name in CONTACT} == CONTACT


def test_a_tab_of_another_offering_leaves_the_first_hold_alone(app, visitor, clock):
    one, other = (
        details(visitor, an_occurrence(clock, seats=3)),
        details(visitor, an_occurrence(clock, seats=3)),
    )

    assert taken(app) == 6
    assert [visitor.post(*tab).status for tab in (one, other)] == [200, 200]


@both_languages
@pytest.mark.parametrize("is_free", [True, False])
def test_who_is_too_late_gets_the_places_if_nobody_else_has_them(app, visitor, clock, language, is_free):
    offering_id = an_offering()
    occurrence_id = an_occurrence(clock, offering_id=offering_id, seats=3)
    other = an_occurrence(clock, offering_id=offering_id, starts_at=clock() + timedelta(days=2))
    action, filled = details(visitor, occurrence_id, language)
    clock.forward(minutes=15)
    if not is_free:
        a_booking(occurrence_id, clock, party={"adults": 1})
    assert said(OVER, language) in visitor.get(action).text

    page = visitor.post(action, filled)

    assert page.status == (200 if is_free else 409)
    assert len(contents(app)["booking"]) == 1
    if not is_free:
        assert path(app, "occurrence", language, occurrence_id=other) in page.links()
        assert {name: page.fields()[name] for name in CONTACT} == CONTACT


def test_the_hold_of_one_house_opens_nothing_at_another(visitor, clock):
    action, filled = details(visitor, an_occurrence(clock))
    stranger = Visitor(visitor.app, host=LIBRARY)

    assert stranger.get(action).status == 404
    assert stranger.post(action, filled | {"give_up": "1"}).status == 404
    assert visitor.post(action, filled).status == 200


def test_a_link_of_a_hold_opens_no_booking_and_one_of_a_booking_no_hold(app, visitor, clock):
    action, filled = details(visitor, an_occurrence(clock))
    secret = action.split("/")[3]
    manage = visitor.post(action, filled).response.request.path.split("/")[3]

    for name in ("manage", "done", "cancel", "erase", "confirm_address"):
        assert visitor.get(path(app, name, secret=secret)).status == 404
    assert visitor.get(path(app, "hold", secret=manage)).status == 404


def test_a_link_of_a_hold_ends_a_day_later_and_says_how_to_go_on(app, visitor, clock):
    action, filled = details(visitor, an_occurrence(clock, starts_at=clock() + timedelta(days=3)))
    clock.forward(days=1, minutes=15)

    for page in (visitor.get(action), visitor.post(action, filled)):
        assert page.status == 410
        assert said("The time for this form is long over", "de") in page.text
        assert path(app, "resend") in page.links()
    assert contents(app)["booking"] == []


def test_a_hold_leads_nowhere_once_its_booking_is_erased(app, visitor, clock):
    action, filled = details(visitor, an_occurrence(clock))
    secret = visitor.post(action, filled).response.request.path.split("/")[3]
    erase = path(app, "erase", secret=secret)
    visitor.post(erase, visitor.get(erase).fields())

    page = visitor.get(action)

    assert page.response.request.path == path(app, "resend")
    assert "Amina" not in page.text


def test_a_hold_keeps_its_language_by_its_address_and_the_booking_is_in_that_of_the_form(app, visitor, clock):
    action, _filled = details(visitor, an_occurrence(clock))
    english = visitor.get(action).link(ending=action.replace("/de/reservierung/", "/en/hold/"))

    action, fields = details_of(visitor.get(english))
    visitor.post(action, fields | CONTACT)

    assert db.session.query(Booking.language).scalar() == "en"


def test_children_are_asked_for_only_where_they_may_come(app, visitor, clock):
    occurrence_id = an_occurrence(clock, offering_id=an_offering(age_min=18))

    assert "children" not in form_of(visitor, occurrence_id)
    page = hold(visitor, occurrence_id)  # which sends them all the same

    assert page.status == 200
    assert db.session.query(Hold.party).scalar() == {"adults": 2}


def test_a_wrong_field_of_the_second_form_leaves_the_hold_as_it_is(app, visitor, clock):
    action, filled = details(visitor, an_occurrence(clock))
    before = contents(app)
    clock.forward(minutes=5)

    page = visitor.post(action, filled | {"email": "amina"})

    assert (page.status, error_at(page, "email") != "") == (422, True)
    assert seconds_left(page) == 10 * 60
    assert contents(app) == before
