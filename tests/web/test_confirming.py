"""Confirming an address: the mail asks for it, one button makes the booking firm, and nobody else can press it."""

import pytest

from booking.bookings import retention
from booking.bookings.models import Booking
from booking.db import db
from tests.builders import a_booking, an_occurrence, an_offering
from tests.deeds.test_cancel import cancel_date
from tests.visitors import Visitor
from tests.web.ways import LANGUAGES, LIBRARY, book, booked, contents, path, post, said, secret_in, summary

both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def occurrence_id(app, clock):
    """A date of an offering that wants every address confirmed."""
    return an_occurrence(clock, offering_id=an_offering(key="careful", address_check="on"), seats=4)


def state():
    db.session.rollback()
    return db.session.query(Booking.state).scalar()


def link_in(mail):
    """Return the path of the one link in a mail that confirms."""
    words = mail.get_body(("plain",)).get_content().split()
    (found,) = [word for word in words if "/adresse/" in word or "/confirm/" in word]
    return found.removeprefix("http://localhost")


@both_languages
def test_somebody_books_opens_the_mail_and_presses_the_button(app, visitor, occurrence_id, language):
    page = book(visitor, occurrence_id, language)
    assert page.response.request.path == path(
        app, "done", language, secret=secret_in(page.response.request.path)
    )
    assert said("One step is left: confirm your address", language) in page.text
    assert "11:00" in page.text  # an hour to find the mail
    assert state() == "to_be_confirmed"
    (asking,) = post(app)
    assert asking.get_content_type() != "text/calendar"
    assert not [part for part in asking.walk() if part.get_content_type() == "text/calendar"]

    reader = Visitor(app)  # reads the mail on a phone
    form = reader.get(link_in(asking))
    assert form.status == 200
    assert form.tree.get("lang") == language
    done = reader.post(link_in(asking), form.fields())

    assert done.status == 200
    assert said("Done: your booking is confirmed", language) in done.text
    assert state() == "confirmed"
    newest, *_ = post(app)
    assert [one for one in newest.walk() if one.get_content_type() == "text/calendar"]
    assert said("Done: your booking is confirmed", language) in visitor.get(page.response.request.path).text


def test_opening_the_link_confirms_nothing(app, visitor, occurrence_id):
    """Mail programs open links by themselves."""
    book(visitor, occurrence_id)
    address, before = link_in(post(app)[0]), contents(app)

    for method in ("GET", "HEAD", "OPTIONS"):
        assert visitor.client.open(address, method=method).status_code == 200

    assert contents(app) == before


def test_the_button_pressed_twice_and_the_link_opened_later_lead_to_the_booking(app, visitor, occurrence_id):
    book(visitor, occurrence_id)
    address = link_in(post(app)[0])
    form = visitor.get(address).fields()
    first = visitor.post(address, form)
    before = contents(app)

    for again in (visitor.post(address, form), visitor.get(address)):
        assert again.response.request.path == first.response.request.path

    assert contents(app) == before
    assert len(post(app)) == 2


def test_the_places_are_kept_until_the_hour_is_over_and_had_again_if_they_are_free(
    app, visitor, clock, occurrence_id
):
    book(visitor, occurrence_id)
    address = link_in(post(app)[0])
    form = visitor.get(address).fields()
    other = Visitor(app)
    clock.forward(minutes=59)
    assert book(other, occurrence_id, email="other@example.org").status == 409

    clock.forward(minutes=1)
    assert visitor.post(address, form).status == 200
    assert state() == "confirmed"


@both_languages
def test_who_presses_too_late_is_told_and_shown_how_to_book_again(
    app, visitor, clock, occurrence_id, language
):
    book(visitor, occurrence_id, language)
    address = link_in(post(app)[0])
    form = visitor.get(address).fields()
    clock.forward(minutes=60)
    a_booking(occurrence_id, clock, email="other@example.org")
    before = booked(app)

    lost = visitor.post(address, form)
    assert lost.status == 409
    assert summary(lost)[0]
    assert booked(app) == before

    retention.run(now=clock())
    assert db.session.query(Booking.state).order_by(Booking.id).first() == ("expired",)
    for page, status in ((visitor.get(address), 200), (visitor.post(address, form), 410)):
        assert page.status == status
        assert said("This booking has ended", language) in page.text
        assert path(app, "offering", language, key="careful") in page.links()


def test_a_link_that_is_wrong_of_another_purpose_or_house_confirms_nothing(app, visitor, occurrence_id):
    page = book(visitor, occurrence_id)
    manage = secret_in(page.response.request.path)
    address = link_in(post(app)[0])
    secret, form = secret_in(address), visitor.get(address).fields()
    before = booked(app)

    for wrong in (manage, secret[:-1], secret[:-1] + ("A" if secret[-1] != "A" else "B"), "A" * 44):
        assert visitor.post(path(app, "confirm_address", secret=wrong), form).status == 404
    assert Visitor(app, host=LIBRARY).get(address).status == 404
    for name in ("manage", "done", "hold", "cancel"):
        assert visitor.get(path(app, name, secret=secret)).status == 404
    assert booked(app) == before


def test_a_corrected_address_is_asked_anew_and_the_old_link_ends(app, visitor, clock, occurrence_id):
    page = book(visitor, occurrence_id)
    secret = secret_in(page.response.request.path)
    old = link_in(post(app)[0])
    form = visitor.get(old).fields()
    address = path(app, "change_address", secret=secret)

    visitor.post(address, visitor.get(address).fields() | {"email": "zoe@example.org"})

    newest = next(one for one in post(app) if one["To"].addresses[0].addr_spec == "zoe@example.org")
    assert visitor.post(old, form).status == 410
    assert state() == "to_be_confirmed"
    new = link_in(newest)
    assert visitor.post(new, visitor.get(new).fields()).status == 200
    assert state() == "confirmed"


def test_the_page_of_the_booking_says_what_is_missing(app, visitor, occurrence_id):
    secret = secret_in(book(visitor, occurrence_id).response.request.path)

    page = visitor.get(path(app, "manage", secret=secret))

    assert page.status == 200
    assert said("Confirmed", "de") not in page.text.replace(said("Not confirmed yet", "de"), "")


def test_a_date_that_the_house_cancels_meanwhile_is_not_confirmed(app, visitor, clock, occurrence_id):
    book(visitor, occurrence_id)
    address = link_in(post(app)[0])
    form = visitor.get(address).fields()

    cancel_date(occurrence_id, now=clock())

    assert visitor.post(address, form).status == 410
    assert state() != "confirmed"
    clock.forward(hours=2)
    retention.run(now=clock())
    assert visitor.get(address).status == 200
