"""How staff keep in touch with bookers: another address or none, the confirmation once more, phoned."""

from functools import partial

import pytest

from booking.bookings import (
    calling_off,
    changing,
    contacting,
    moving,
    reaching,
)
from booking.bookings.contacting import Reached
from booking.bookings.models import Booking
from booking.bookings.staff_refusals import NobodyToTell, NotReachableAlready
from booking.db import unit_of_work
from booking.links.models import Link
from booking.messages.models import OutgoingMail
from tests.builders import a_booking, an_offering
from tests.calls import a_called_booking, hands
from tests.deeds.reading import rows_of
from tests.deeds.staff_ways import DEADLINE, actors, dates_of, done, kinds, version
from tests.staff import a_staff


@pytest.fixture
def desk(app):
    return a_staff("desk")


@pytest.fixture
def offering_id(app):
    return an_offering(seats=5, party_max=4, cancel_until_minutes=DEADLINE, notice_minutes=DEADLINE)


@pytest.fixture
def date(clock, offering_id):
    return dates_of(clock, offering_id)


def test_another_address_gets_the_confirmation_and_the_old_links_end(date, desk, clock):
    booked = a_booking(date(30), clock)

    wanted = Reached("Amina Kaya-Weber", "weber@example.org", "0341 1")
    assert done(contacting.change_contact, booked, wanted, by=hands(desk, seen=version()), now=clock())

    assert rows_of(Booking.name, Booking.email, Booking.phone) == [
        ("Amina Kaya-Weber", "weber@example.org", "0341 1")
    ]
    owed = rows_of(OutgoingMail.kind, OutgoingMail.recipient, OutgoingMail.state)
    assert owed == [
        ("confirmation", "amina@example.org", "skipped"),
        ("confirmation", "weber@example.org", "owed"),
    ]
    assert len(rows_of(Link.id, where=Link.revoked_at.is_(None))) == 1


def test_who_has_no_address_any_more_is_owed_nothing(date, desk, clock):
    old, new = date(30), date(40)
    booked = a_booking(old, clock)
    done(contacting.change_contact, booked, Reached("Amina", "", "0341 1"), by=hands(desk), now=clock())

    done(moving.move_to_date, booked, new, by=hands(desk), now=clock())
    with pytest.raises(NobodyToTell):
        done(contacting.resend, booked, by=hands(desk), now=clock())
    unit_of_work(
        lambda: calling_off.cancel_occurrence(new, reasons={"de": "Krank"}, actor=desk.actor, now=clock())
    )

    assert {recipient for (recipient,) in rows_of(OutgoingMail.recipient)} == {"amina@example.org"}
    assert rows_of(OutgoingMail.state) == [("skipped",)]


def test_an_erasure_owes_no_proof_to_nobody(date, desk, clock):
    booked = a_called_booking(date(30), desk, clock, contact={"email": ""})

    done(changing.erase, booked, now=clock())

    assert rows_of(OutgoingMail.id) == []


def test_the_confirmation_is_sent_once_more(date, desk, clock):
    booked = a_booking(date(30), clock)

    done(contacting.resend, booked, by=hands(desk), now=clock())

    assert kinds() == ["confirmation", "confirmation"]
    assert actors() == ("booking.resent", desk.actor)


def test_somebody_who_was_phoned_is_off_the_list(date, desk, clock):
    booked = a_booking(date(30), clock)
    unit_of_work(
        partial(
            reaching.mark_unreachable,
            f"booking:{booked.booking_id}",
            recipient="amina@example.org",
            now=clock(),
        )
    )

    done(contacting.reached, booked, by=hands(desk), now=clock())

    assert rows_of(Booking.unreachable_at) == [(None,)]
    with pytest.raises(NotReachableAlready):
        done(contacting.reached, booked, by=hands(desk), now=clock())
