"""Moving that is refused: on the same page, with what is free instead; stale tabs and strangers."""

from datetime import timedelta

import pytest

from booking.bookings import calling_off, changing
from booking.bookings.models import Booking
from booking.db import db, unit_of_work
from booking.web.public.secrets import secret_of
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.web.ways import LANGUAGES, booked, location, path, said, summary

both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def offering_id(app) -> int:
    return an_offering(seats=5, party_max=5, cancel_until_minutes=120, notice_minutes=60)


@pytest.fixture
def date(clock, offering_id):
    def publish(hours, **wanted):
        details = {"offering_id": offering_id, "seats": 5} | wanted
        return an_occurrence(clock, starts_at=clock() + timedelta(hours=hours), **details)

    return publish


@pytest.fixture
def amina(date, clock):
    """Amina and two others come tomorrow; the secret of her link."""
    return secret_of(a_booking(date(24), clock).link_id)


def move_path(visitor, secret, language="de", **values):
    return path(visitor.app, "move", language, secret=secret, **values)


def moved_to(visitor, secret, occurrence_id):
    """Press the button for a date, and return the page that answers."""
    address = move_path(visitor, secret, to=occurrence_id)
    return visitor.post(address, visitor.get(address).fields())


def at():
    db.session.rollback()
    return db.session.query(Booking.occurrence_id).order_by(Booking.id).limit(1).scalar()


def test_a_full_date_is_refused_with_what_is_free_instead(app, visitor, date, clock, amina):
    wanted, free = date(48), date(72)
    question = visitor.get(move_path(visitor, amina, to=wanted))
    a_booking(wanted, clock, party={"adults": 5}, email="bruno@example.org")
    before, here = booked(app), at()

    page = visitor.post(move_path(visitor, amina, to=wanted), question.fields())

    assert page.status == 409
    words = "Not enough places are left. Please choose another date, or come with fewer people."
    assert said(words, "de") in summary(page)[0]
    assert move_path(visitor, amina, to=free) in page.links()
    assert (booked(app), at()) == (before, here)
    assert visitor.get(move_path(visitor, amina, to=wanted)).status == 409


def test_what_cannot_be_moved_to_is_refused_with_its_status(app, visitor, date, clock, amina):
    soon, past, off = date(0.5), date(-1), date(48)
    unit_of_work(lambda: calling_off.cancel_occurrence(off, reasons={"de": "x"}, actor="system", now=clock()))
    library = house_id("library")
    foreign = an_occurrence(clock, house_id=library, offering_id=an_offering(house_id=library))
    form = visitor.get(move_path(visitor, amina, to=date(72))).fields()
    wanted = {past: 410, off: 410, soon: 409, an_occurrence(clock): 422, foreign: 404, 999_999: 404}
    before = booked(app)

    for occurrence_id, status in wanted.items():
        address = move_path(visitor, amina, to=occurrence_id)
        assert visitor.get(address).status == status, occurrence_id
        assert visitor.post(address, form).status == status, occurrence_id

    assert booked(app) == before


def test_a_tab_that_was_left_open_moves_from_where_the_booking_is_now(app, visitor, date, amina):
    one, other = date(48), date(72)
    stale = visitor.get(move_path(visitor, amina, to=one)).fields()
    moved_to(visitor, amina, other)

    page = visitor.post(move_path(visitor, amina, to=one), stale)

    assert (page.status, at()) == (200, one)


@pytest.mark.parametrize("end", ["cancel", "deadline"])
def test_a_tab_that_was_left_open_for_too_long_is_refused_on_its_page(app, visitor, date, clock, amina, end):
    new = date(48)
    address = move_path(visitor, amina, to=new)
    form = visitor.get(address).fields()
    if end == "cancel":
        unit_of_work(lambda: changing.cancel(db.session.query(Booking.id).scalar(), now=clock()))
    else:
        clock.forward(hours=22, minutes=1)
    before = booked(app)

    page = visitor.post(address, form)

    assert page.status == 409
    assert said("This did not work", "de") in summary(page)[0]
    assert booked(app) == before
    for gone in (address, move_path(visitor, amina), path(app, "change_party", secret=amina)):
        answer = visitor.client.get(gone)
        assert (answer.status_code, location(answer)) == (302, path(app, "manage", secret=amina))


def test_a_form_without_its_cookie_asks_again_and_loses_nothing(app, visitor, date, amina):
    new = date(48)
    address = move_path(visitor, amina, to=new)

    page = visitor.post(address, {"csrf_token": "old"})

    assert page.status == 400
    assert visitor.post(address, page.fields()).status == 200
    assert at() == new


@both_languages
def test_after_the_deadline_the_booking_says_why_it_cannot_be_moved(
    app, visitor, date, clock, amina, language
):
    clock.forward(hours=22, minutes=1)

    page = visitor.get(path(app, "manage", language, secret=amina))

    for name in ("move", "change_party", "cancel"):
        assert path(app, name, language, secret=amina) not in page.links()
    assert {"de": "Dienstag, 12. Januar 2027, 08:00", "en": "Tuesday, 12 January 2027, 08:00"}[
        language
    ] in page.text
