"""The outbox of a house: how mails stand, why, trying again; and the banner while mail does not leave."""

import pytest
from sqlalchemy import select, update

from booking.bookings.models import Booking
from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.messages.models import OutgoingMail
from tests.builders import a_booking, a_host, an_occurrence, an_offering, house_id
from tests.deeds.post import Carrier, deliver
from tests.deeds.test_trying_again import refuse
from tests.staff import a_programme
from tests.web.ways import statements

LIST = "/de/intern/postausgang"
HOME = "/de/intern/"


def booked(clock, **wanted):
    """Book, and return the id of the mail that is owed for it."""
    occurrence_id = wanted.pop("occurrence_id", None) or an_occurrence(clock)
    a_booking(occurrence_id, clock, **wanted)
    return execute(select(OutgoingMail.id).order_by(OutgoingMail.id.desc())).scalars().first()


def state(mail_id):
    return execute(select(OutgoingMail.state).where(OutgoingMail.id == mail_id)).scalar_one()


def own(programme_id):
    offering_id = an_offering()
    put = update(Offering).where(Offering.id == offering_id).values(programme_id=programme_id)
    unit_of_work(lambda: execute(put))
    return offering_id


def press(visitor, mail_id, button):
    path = f"{LIST}/{mail_id}"
    return visitor.post(path, visitor.get(path).fields() | {"press": button})


def test_a_coordinator_sees_to_whom_a_mail_did_not_get_and_why(staff, clock):
    mail_id = booked(clock)
    deliver(Carrier(refuse), clock)
    dana = staff("coordinator")
    reference = execute(select(Booking.reference)).scalar_one()

    for path in (LIST, f"{LIST}/{mail_id}"):
        text = dana.get(path).text
        assert "amina@example.org" in text
        assert reference in text
    assert "5.1.1 user unknown" in dana.get(f"{LIST}/{mail_id}").text


def test_an_administrator_learns_no_address_and_no_booking(staff, clock):
    mail_id = booked(clock)
    unit_of_work(
        lambda: execute(
            update(OutgoingMail).values(
                state="failed", done_at=clock(), fault="550 5.1.1 <amina@example.org> unknown"
            )
        )
    )
    admin = staff("admin")
    reference = execute(select(Booking.reference)).scalar_one()

    for path in (LIST, f"{LIST}/{mail_id}"):
        html = admin.client.get(path).get_data(as_text=True)
        assert "a…@e….org" in html
        assert "amina" not in html
        assert reference not in html
        assert "intern/buchungen/" not in html


def test_a_mail_is_sent_again_now(staff, clock):
    mail_id = booked(clock)
    deliver(Carrier(refuse), clock)
    dana = staff("coordinator")

    page = press(dana, mail_id, "again")

    assert page.status == 200
    assert state(mail_id) == "owed"
    carrier = Carrier()
    deliver(carrier, clock)
    assert len(carrier.carried) == 1
    late = dana.post(f"{LIST}/{mail_id}", page.fields() | {"press": "again"})
    assert late.status == 409
    assert state(mail_id) == "sent"


def test_a_mail_is_given_up(staff, clock):
    mail_id = booked(clock)

    assert press(staff("admin"), mail_id, "give_up").status == 200
    assert state(mail_id) == "skipped"


def test_a_button_that_no_page_has_changes_nothing(staff, clock):
    mail_id = booked(clock)

    for button in ("", "sent", "__class__"):
        assert press(staff("coordinator"), mail_id, button).status == 400
    assert state(mail_id) == "owed"


def test_looking_changes_nothing(staff, clock):
    mail_id = booked(clock)
    dana = staff("coordinator")

    dana.get(f"{LIST}/{mail_id}?press=give_up")
    dana.get(f"{LIST}?kind=confirmation&tried=3&refused=1")

    assert state(mail_id) == "owed"


def test_all_of_a_kind_are_sent_again(staff, clock):
    ids = [booked(clock, email=f"{name}@example.org") for name in "abc"]
    deliver(Carrier(refuse), clock)
    dana = staff("coordinator")

    fields = next(one for one in map(dana.get(LIST).fields, range(9)) if one.get("kind") == "confirmation")
    page = dana.post(LIST, fields)

    assert page.status == 200
    assert "3" in page.text
    assert [state(one) for one in ids] == ["owed"] * 3
    for kind in ("unheard", ""):
        assert dana.post(LIST, fields | {"kind": kind}).status == 400


# --- whose mails -------------------------------------------------------------


def test_a_coordinator_of_a_programme_sees_and_sends_its_mails_alone(staff, clock):
    programme = a_programme()
    mine = booked(
        clock, occurrence_id=an_occurrence(clock, offering_id=own(programme)), email="m@example.org"
    )
    foreign = booked(clock, email="f@example.org")
    deliver(Carrier(refuse), clock)
    ona = staff("coordinator", programmes=[programme])

    text = ona.get(LIST).text
    assert "m@example.org" in text
    assert "f@example.org" not in text
    assert ona.get(f"{LIST}/{foreign}").status == 404
    fields = ona.get(f"{LIST}/{mine}").fields()
    assert ona.post(f"{LIST}/{foreign}", fields | {"press": "again"}).status == 404
    ona.post(LIST, fields | {"kind": "confirmation"})
    assert (state(mine), state(foreign)) == ("owed", "failed")


def test_a_mail_of_another_house_is_not_found(staff, clock):
    library = house_id("library")
    theirs = an_occurrence(clock, house_id=library, offering_id=an_offering(house_id=library))
    foreign = booked(clock, occurrence_id=theirs, house_id=library, email="x@example.org")
    mine = booked(clock)
    dana = staff("coordinator")
    fields = dana.get(f"{LIST}/{mine}").fields()

    assert "x@example.org" not in dana.get(LIST).text
    for mail_id in (foreign, 0, 999_999):
        assert dana.get(f"{LIST}/{mail_id}").status == 404
        assert dana.post(f"{LIST}/{mail_id}", fields | {"press": "give_up"}).status == 404
    assert state(foreign) == "owed"


@pytest.mark.parametrize("role", ["guide", "expert", "desk", "auditor"])
def test_nobody_else_sees_the_outbox(staff, clock, role):
    mail_id = booked(clock)
    host = {"host_id": a_host()} if role in ("guide", "expert") else {}
    other = staff(role, **host)

    for path in (LIST, f"{LIST}/{mail_id}"):
        assert other.get(path).status == 404


# --- the list ----------------------------------------------------------------


def test_the_list_is_filtered_and_forgives_what_it_does_not_know(staff, clock):
    booked(clock)
    dana = staff("coordinator")
    reference = execute(select(Booking.reference)).scalar_one()

    for query in (f"reference={reference.lower()}", "state=waiting", "kind=confirmation", "days=1"):
        assert "amina@example.org" in dana.get(f"{LIST}?{query}").text
    for query in ("reference=AAAAAAAA", "state=trouble", "kind=moved"):
        assert "amina@example.org" not in dana.get(f"{LIST}?{query}").text
    for query in ("state=x", "kind=every", "days=9999999999", "before=-1", "before=９", "reference='--"):
        assert "amina@example.org" in dana.get(LIST, query_string=dict([query.split("=")])).text


def test_the_list_continues_with_its_filters_and_asks_as_often_for_many_as_for_few(staff, clock):
    dana = staff("coordinator")
    date = an_occurrence(clock, seats=80)

    def asked():
        with statements() as seen:
            page = dana.get(f"{LIST}?kind=confirmation")
        return page, len([one for one in seen if one.startswith("SELECT")])

    booked(clock, occurrence_id=date, email="first@example.org")
    asked()
    _page, few = asked()
    for number in range(52):
        booked(clock, occurrence_id=date, email=f"a{number}@example.org", party={"adults": 1})
    page, many = asked()

    assert many == few <= 8
    assert "a51@example.org" in page.text
    assert "first@example.org" not in page.text
    (older,) = [href for href in page.links() if "before=" in href]
    assert "kind=confirmation" in older
    assert "first@example.org" in dana.get(older).text
