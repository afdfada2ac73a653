"""Looking at a mail with a real booking or an invented one, and sending it to oneself."""

import pytest
from sqlalchemy import select, update

from booking.bookings.delivering import deliver_due
from booking.bookings.models import Booking
from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.messages.models import OutgoingMail
from booking.messages.testing import REFERENCE
from booking.web.staff.messages.bounds import MOST
from booking.web.writing import Letters
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.deeds.post import Carrier, deliver
from tests.staff import a_programme, a_staff, signed_in
from tests.web.staff.test_mail_texts import EDIT, save, stored


@pytest.fixture
def dana(staff):
    return staff("coordinator")


def test_the_booking_to_look_at_is_chosen_by_its_reference(dana, clock):
    a_booking(an_occurrence(clock), clock, name="Erste Person")
    a_booking(an_occurrence(clock), clock, name="Zweite Person", email="b@example.org")
    references = [row.reference for row in execute(select(Booking.reference).order_by(Booking.id)).all()]

    newest = dana.get(f"{EDIT}/ansehen").text
    first = dana.get(f"{EDIT}/ansehen", query_string={"reference": f" {references[0].lower()} "}).text

    assert "Zweite Person" in newest
    assert "Erste Person" in first
    assert "Zweite Person" not in first


def test_the_booking_of_another_programme_or_house_is_not_looked_at(staff, clock):
    programme = a_programme()
    mine = an_offering()
    unit_of_work(lambda: execute(update(Offering).where(Offering.id == mine).values(programme_id=programme)))
    a_booking(an_occurrence(clock), clock, name="Fremde Person")
    theirs = an_occurrence(
        clock, house_id=house_id("library"), offering_id=an_offering(house_id=house_id("library"))
    )
    a_booking(theirs, clock, house_id=house_id("library"), name="Andere Person", email="c@example.org")
    ona = staff("coordinator", programmes=[programme])

    for reference in [row.reference for row in execute(select(Booking.reference).order_by(Booking.id)).all()]:
        page = ona.get(f"{EDIT}/ansehen", query_string={"offering": mine, "reference": reference})
        assert reference in page.text
        assert "Amina Kaya" in page.text
        assert "Fremde Person" not in page.text
        assert "Andere Person" not in page.text


def test_the_links_of_a_preview_open_nothing(dana, visitor, clock):
    a_booking(an_occurrence(clock), clock)
    html = dana.client.get(f"{EDIT}/ansehen/html")

    path = html.get_data(as_text=True).split('href="http://localhost')[1].split('"')[0]

    assert path.startswith("/de/buchung/")
    assert visitor.get(path).status in (404, 410)


def test_the_html_part_runs_nothing_and_asks_nobody(dana, clock):
    answer = dana.client.get(f"{EDIT}/ansehen/html")

    policy = answer.headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
    assert "no-store" in answer.headers["Cache-Control"]


def test_own_words_are_escaped_in_page_and_mail(dana, clock):
    nasty = '<script>alert(1)</script> "&amp; {name}'
    a_booking(an_occurrence(clock), clock, name='<b>Amina</b> {phone} "x"')

    page = save(dana, {"opening": nasty, "subject": "a\r\nBcc: evil@example.org {name}"})

    html = dana.client.get(f"{EDIT}/ansehen/html").get_data(as_text=True)
    assert "<script>alert" not in html
    assert "<b>Amina" not in html
    assert '<script>alert(1)</script> "&amp; <b>Amina</b> {phone} "x"' in page.text
    assert stored().texts["subject"] == "a Bcc: evil@example.org {name}"


def press(visitor, path=f"{EDIT}/ansehen"):
    return visitor.post(path, visitor.get(path).fields())


def test_a_test_mail_goes_to_whoever_presses_and_names_no_booker(app, clock):
    person = a_staff("coordinator", name="Dana Test")
    dana = signed_in(app, person, clock)
    a_booking(an_occurrence(clock), clock, name="Amina Kaya", phone="0341 987654")
    carrier = Carrier()
    deliver(carrier, clock)

    page = press(dana)
    deliver_due(carrier, Letters(), clock=clock)

    assert page.status == 200
    letter = carrier.carried[-1]
    assert letter.recipient.email.startswith("staff")
    assert letter.subject.startswith("Test: ")
    assert letter.calendar is None
    assert letter.method is None
    assert "Wir freuen uns auf Sie, Dana Test." in " ".join(letter.text.split())
    assert REFERENCE in letter.text
    assert "Amina" not in letter.text + letter.html + letter.recipient.name
    mail = execute(select(OutgoingMail).order_by(OutgoingMail.id.desc()).limit(1)).one()
    assert (mail.recipient, mail.facts, mail.state) == ("", {}, "sent")


def test_test_mails_are_bounded(dana, clock):
    answers = [press(dana).status for _ in range(MOST + 2)]

    assert answers == [200] * MOST + [429] * 2
    assert len(execute(select(OutgoingMail.id)).all()) == MOST


def test_looking_sends_nothing(dana):
    dana.get(f"{EDIT}/ansehen")

    assert execute(select(OutgoingMail.id)).all() == []
