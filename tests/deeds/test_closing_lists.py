"""Lists that close by themselves: only where the house wants that, only when it is time, only of who was awaited."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from booking.bookings import attending
from booking.bookings.closing_lists import close_lists
from booking.bookings.models import Booking
from booking.db import db, unit_of_work
from booking.houses.models import House
from booking.journal.models import Event
from tests.builders import a_booking, an_occurrence
from tests.deeds.reading import rows_of

ZONE = "Europe/Berlin"


@pytest.fixture
def parties(app, clock):
    """One who came and one who did not, to a date that ends in two hours."""
    date = an_occurrence(clock, starts_at=clock() + timedelta(hours=1))
    came, missed = (a_booking(date, clock, email=f"{n}@example.org").booking_id for n in range(2))
    unit_of_work(lambda: attending.check_in(came, zone=ZONE, actor="staff:1", now=clock()))
    return came, missed


def close_after(minutes):
    """Let every house close its lists so long after the end."""

    def deed():
        for row in db.session.execute(select(House.id, House.facts)).all():
            facts = dict(row.facts) | {"arrivals": {"close_after_minutes": minutes}}
            db.session.execute(update(House).where(House.id == row.id).values(facts=facts))

    unit_of_work(deed)


def states():
    return dict(rows_of(Booking.id, Booking.state))


def test_no_list_closes_unless_the_house_wants_it(app, clock, parties):
    came, missed = parties

    assert close_lists(now=clock.forward(days=2)) == 0

    assert states() == {came: "attended", missed: "confirmed"}


def test_a_list_closes_when_it_is_time_and_once(app, clock, parties):
    came, missed = parties
    close_after(60)

    assert close_lists(now=clock.forward(hours=3, seconds=-1)) == 0
    assert close_lists(now=clock.forward(seconds=1)) == 1
    assert close_lists(now=clock.forward(hours=1)) == 0

    assert states() == {came: "attended", missed: "no_show"}
    assert rows_of(Event.deed, Event.actor)[-1] == ("booking.no_show", "system")
