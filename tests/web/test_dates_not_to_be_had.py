"""Dates that cannot be had: past, cancelled, full, closed, hidden, foreign, unknown; by page and by form."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from booking.bookings import calling_off
from booking.db import db, unit_of_work
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.web.ways import (
    LANGUAGES,
    PARTY,
    booked,
    form_of,
    hold,
    path,
    said,
)

both_languages = pytest.mark.parametrize("language", LANGUAGES)
CANCELLED = {"de": "Die Technik streikt.", "en": "The technology is on strike."}


def cancel(occurrence_id, clock):
    unit_of_work(
        lambda: calling_off.cancel_occurrence(occurrence_id, reasons=CANCELLED, actor="staff:1", now=clock())
    )


def hide(occurrence_id):
    hidden = (
        "UPDATE offering SET state = 'draft' WHERE id = (SELECT offering_id FROM occurrence WHERE id = :id)"
    )
    unit_of_work(lambda: db.session.execute(text(hidden), {"id": occurrence_id}))


def a_foreign_date(clock):
    library = house_id("library")
    return an_occurrence(clock, house_id=library, offering_id=an_offering(house_id=library))


def a_date_with_another(clock, **wanted):
    offering_id = an_offering()
    other = an_occurrence(clock, offering_id=offering_id, starts_at=clock() + timedelta(days=3))
    return an_occurrence(clock, offering_id=offering_id, **wanted), other


@both_languages
def test_a_past_date_is_gone_and_its_page_offers_others(app, visitor, clock, language):
    past, other = a_date_with_another(clock)
    clock.forward(hours=25)

    page = visitor.get(path(app, "occurrence", language, occurrence_id=past))

    assert page.status == 410
    assert said("This date is over", language) in page.text
    assert path(app, "occurrence", language, occurrence_id=other) in page.links()
    assert visitor.get(path(app, "book", language, occurrence_id=past)).status == 410


@both_languages
def test_a_cancelled_date_is_gone_and_its_page_says_why_and_offers_others(app, visitor, clock, language):
    cancelled, other = a_date_with_another(clock)
    cancel(cancelled, clock)

    page = visitor.get(path(app, "occurrence", language, occurrence_id=cancelled))

    assert page.status == 410
    assert CANCELLED[language] in page.text
    assert path(app, "occurrence", language, occurrence_id=other) in page.links()


def no_dates(clock):
    hidden = an_occurrence(clock)
    hide(hidden)
    return [
        "termine/" + str(one) for one in (hidden, a_foreign_date(clock), 99999, 0, 2**31, 10**30, "-1", "x")
    ]


def test_hidden_foreign_and_unknown_dates_do_not_exist(app, visitor, clock):
    for path_of_date in no_dates(clock):
        for ending in ("", "/buchen"):
            assert visitor.get(f"/de/{path_of_date}{ending}").status == 404, path_of_date


def test_hidden_foreign_and_unknown_dates_cannot_be_booked(app, visitor, clock):
    form = form_of(visitor, an_occurrence(clock)) | PARTY
    missing = no_dates(clock)
    before = booked(app)

    for path_of_date in missing:
        assert visitor.post(f"/de/{path_of_date}/buchen", form).status == 404, path_of_date

    assert booked(app) == before


@pytest.mark.parametrize("key", ["nothing", "NOTHING", "a" * 81, "..", "a%00b", "%F0%9F%99%82"])
def test_an_unknown_offering_does_not_exist(visitor, key):
    assert visitor.get(f"/de/angebote/{key}").status == 404


def test_hidden_and_foreign_offerings_do_not_exist(app, visitor, clock):
    an_offering(key="foreign", house_id=house_id("library"))
    hide(an_occurrence(clock, offering_id=an_offering(key="hidden")))

    assert [visitor.get(path(app, "offering", key=key)).status for key in ("foreign", "hidden")] == [404, 404]


def test_only_dates_with_room_for_the_whole_party_are_offered_instead(app, visitor, clock):
    offering_id = an_offering()
    date, small, large = (
        an_occurrence(clock, offering_id=offering_id, starts_at=clock() + timedelta(days=day), seats=seats)
        for day, seats in ((1, 2), (2, 2), (3, 4))
    )

    page = hold(visitor, date)

    offered = [link for link in page.links() if "/termine/" in link]
    assert path(app, "occurrence", occurrence_id=large) in offered
    assert path(app, "occurrence", occurrence_id=small) not in offered


def test_the_form_of_a_full_date_leads_to_the_page_that_says_so(app, visitor, clock):
    date = an_occurrence(clock, seats=3)
    a_booking(date, clock)

    page = visitor.get(path(app, "book", occurrence_id=date))

    assert page.response.request.path == path(app, "occurrence", occurrence_id=date)
    assert said("All places are taken", "de") in page.text
