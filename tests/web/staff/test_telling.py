"""Before an action that mails people: what the page shows, and the choice to send or not."""

import pytest
from flask import render_template_string
from sqlalchemy import func, select, update
from werkzeug.datastructures import MultiDict

from booking.bookings import telling_queries
from booking.bookings.models import Booking
from booking.bookings.telling_queries import NO_LINK
from booking.db import execute, unit_of_work
from booking.links.models import Link
from booking.messages.facts import CANCELLED_BY_HOUSE, CONFIRMATION, MOVED
from booking.messages.models import OutgoingMail
from booking.web.staff.telling import Telling, TellingFields, telling, telling_one
from tests.builders import a_booking, a_host, an_occurrence
from tests.staff import a_staff

PAGE = '{% from "staff/macros/telling.html" import telling with context %}{{ telling(told, form) }}'


@pytest.fixture
def dana(app):
    return a_staff("coordinator")


def told_of(date, person, clock, *, kind=CANCELLED_BY_HOUSE, **changed):
    audience = telling_queries.of_dates([date], house_id=person.house_id)
    return telling(
        audience,
        person,
        lambda booking_id: telling_queries.one_mail(
            booking_id, kind, house_id=person.house_id, now=clock(), **changed
        ),
    )


def test_the_page_shows_how_many_and_the_text_of_one_in_the_language_of_its_reader(app, clock, dana):
    date = an_occurrence(clock)
    a_booking(date, clock, language="en")
    a_booking(date, clock, email="b@example.org")
    with app.test_request_context("/de/intern/"):
        told = told_of(date, dana, clock, method="CANCEL", reason="Mira has fallen ill.")
        form = TellingFields()
        form.suit_telling(told)
        html = render_template_string(PAGE, told=told, form=form)

    assert told.mails == 2
    assert told.sample.subject.startswith("We had to cancel: Guided tour")
    assert "Mira has fallen ill." in told.sample.text
    assert "Mira has fallen ill." in html
    assert 'lang="en"' in html
    assert 'value="send"' in html
    assert 'value="not"' in html


def test_the_page_around_keeps_its_language(app, clock, dana):
    from flask_babel import gettext

    date = an_occurrence(clock)
    a_booking(date, clock, language="en")
    with app.test_request_context("/de/intern/"):
        before = gettext("Subject"), gettext("Reference")
        told_of(date, dana, clock)

        assert (gettext("Subject"), gettext("Reference")) == before
        assert before[1] == "Buchungsnummer"


def test_nothing_is_written_and_the_links_open_nothing(app, clock, dana, visitor):
    date = an_occurrence(clock)
    a_booking(date, clock)
    link_id = execute(select(Link.id).where(Link.purpose == "manage")).scalar_one()
    before = execute(select(func.count()).select_from(OutgoingMail)).scalar()
    with app.test_request_context("/de/intern/"):
        told = told_of(
            date, dana, clock, kind=MOVED, former_starts_at=1_800_000_000, former_ends_at=1_800_003_600
        )

    assert link_id not in told.sample.text
    path = next(line for line in told.sample.text.splitlines() if NO_LINK in line)
    assert visitor.get(path.removeprefix("http://localhost")).status in (404, 410)
    assert execute(select(func.count()).select_from(OutgoingMail)).scalar() == before


def test_an_expert_sees_no_more_of_a_person_than_elsewhere(app, clock, dana):
    expert = a_staff("expert", host_id=a_host(kind="expert"))
    date = an_occurrence(clock)
    a_booking(date, clock, name="Amina Kaya", phone="0341 987654")
    with app.test_request_context("/de/intern/"):
        seen = {
            person.staff_id: told_of(
                date, person, clock, kind=CONFIRMATION, medium="phone", phone="0341 987654"
            ).sample.text
            for person in (expert, dana)
        }

    assert "Amina." in seen[expert.staff_id]
    assert "Kaya" not in seen[expert.staff_id]
    assert "987654" not in seen[expert.staff_id]
    assert "Amina Kaya" in seen[dana.staff_id]
    assert "987654" in seen[dana.staff_id]


def test_where_nobody_has_an_address_there_is_nothing_to_choose(app, clock, dana):
    date = an_occurrence(clock)
    a_booking(date, clock)
    unit_of_work(lambda: execute(update(Booking).values(email="", phone="0341 123")))
    with app.test_request_context("/de/intern/"):
        told = told_of(date, dana, clock)
        form = TellingFields()
        form.suit_telling(told)

    assert (told.mails, told.nobody, told.sample) == (0, 1, None)
    assert "tell" not in form
    assert form.tells()


def test_a_single_booking_without_an_address_is_told_by_phone(app, clock, dana):
    assert telling_one(None, dana).nobody == 1


@pytest.mark.parametrize(
    ("sent", "is_fine", "tells"),
    [("send", True, True), ("not", True, False), ("", False, False), ("x", False, False)],
)
def test_who_chooses_nothing_sends_nothing(app, sent, is_fine, tells):
    with app.test_request_context("/de/intern/"):
        form = TellingFields(MultiDict({"tell": sent}))
        form.suit_telling(Telling(1, 0, 0, None))

        assert form.validate() is is_fine
        assert form.tells() is tells
