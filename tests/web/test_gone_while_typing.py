"""Dates that go while somebody types: told at the form, with all that was typed and with what is free instead."""

from datetime import timedelta

import pytest

from booking.bookings import retention
from booking.schedule.refusals import Taken
from tests.builders import a_booking, an_occurrence, an_offering
from tests.web.test_dates_not_to_be_had import a_date_with_another, cancel
from tests.web.ways import (
    CONTACT,
    LANGUAGES,
    PARTY,
    booked,
    details,
    details_of,
    form_of,
    path,
    said,
    summary,
)

both_languages = pytest.mark.parametrize("language", LANGUAGES)


def first_form(visitor, occurrence_id, language):
    """Return where the form of a date is sent, and it as Amina fills it in."""
    address = path(visitor.app, "book", language, occurrence_id=occurrence_id)
    return address, form_of(visitor, occurrence_id, language) | PARTY


both_forms = pytest.mark.parametrize("opened", [first_form, details])


def refused(visitor, address, form):
    """Send a form that was opened in time, and return the page that refuses it with all that was typed."""
    before, typed = booked(visitor.app), CONTACT if "name" in form else PARTY

    page = visitor.post(address, form)

    assert {name: page.fields()[name] for name in typed} == typed
    assert booked(visitor.app) == before
    return page


@both_forms
@both_languages
def test_a_date_that_passed_while_somebody_typed_is_gone(app, visitor, clock, language, opened):
    date, other = a_date_with_another(clock, starts_at=clock() + timedelta(minutes=10))
    address, form = opened(visitor, date, language)
    clock.forward(minutes=10)

    page = refused(visitor, address, form)

    assert page.status == 410
    assert (
        said("This date has already begun or is over. Please choose another one.", language)
        in summary(page)[0]
    )
    assert path(app, "occurrence", language, occurrence_id=other) in page.links()


@both_forms
@both_languages
def test_a_date_that_was_cancelled_while_somebody_typed_is_gone(app, visitor, clock, language, opened):
    date, other = a_date_with_another(clock)
    address, form = opened(visitor, date, language)
    cancel(date, clock)

    page = refused(visitor, address, form)

    assert page.status == 410
    assert said("This date has been cancelled. Please choose another one.", language) in summary(page)[0]
    assert path(app, "occurrence", language, occurrence_id=other) in page.links()


FULL = "Not enough places are left. Please choose another date, or come with fewer people."


@both_languages
def test_a_date_that_filled_up_while_somebody_typed_is_refused_with_others(app, visitor, clock, language):
    date, other = a_date_with_another(clock)
    address, form = first_form(visitor, date, language)
    a_booking(date, clock, party={"adults": 14})

    page = refused(visitor, address, form)

    assert page.status == 409
    assert said(FULL, language) in summary(page)[0]
    assert path(app, "occurrence", language, occurrence_id=other) in page.links()
    fewer = visitor.post(address, page.fields() | {"adults": "1", "children": "0"})
    assert visitor.post(details_of(fewer)[0], fewer.fields() | CONTACT).status == 200


@both_languages
def test_places_that_were_kept_too_short_are_refused_with_others_once_they_are_gone(
    app, visitor, clock, language
):
    date, other = a_date_with_another(clock)
    address, form = details(visitor, date, language)
    clock.forward(minutes=15)
    a_booking(date, clock, party={"adults": 14})

    for sent in (form, form | {"extend": "1"}):
        page = refused(visitor, address, sent)

        assert page.status == 409
        assert said(FULL, language) in summary(page)[0]
        assert path(app, "occurrence", language, occurrence_id=other) in page.links()


@both_languages
def test_places_that_are_kept_are_had_whatever_happens_meanwhile(app, visitor, clock, language):
    """No booking of somebody with a living hold is refused: the date fills up, and its lead time passes."""
    offering_id = an_offering(notice_minutes=60 * 24 - 10)
    date = an_occurrence(clock, offering_id=offering_id, seats=3)
    address, form = details(visitor, date, language)
    with pytest.raises(Taken):
        a_booking(date, clock, party={"adults": 1})
    clock.forward(minutes=14, seconds=59)

    page = visitor.post(address, form)

    assert (page.status, len(booked(app)["booking"])) == (200, 1)


@pytest.mark.parametrize(("opened", "later"), [(first_form, 23 * 60), (details, 22 * 60 + 15)])
@both_languages
def test_a_date_whose_lead_time_passed_while_somebody_typed_is_refused_with_others(
    app, visitor, clock, language, opened, later
):
    offering_id = an_offering(notice_minutes=120)
    date = an_occurrence(clock, offering_id=offering_id)
    other = an_occurrence(clock, offering_id=offering_id, starts_at=clock() + timedelta(days=3))
    address, form = opened(visitor, date, language)
    clock.forward(minutes=later)
    retention.run(now=clock())  # what was kept is over

    page = refused(visitor, address, form)

    late = "Online booking for this date has closed. Please call us: perhaps there is still room."
    assert page.status == 409
    assert said(late, language) in summary(page)[0]
    assert path(app, "occurrence", language, occurrence_id=other) in page.links()
