"""The demo has something to do on whatever day it is started."""

from datetime import datetime
from functools import partial

import pytest

from booking.bookings.models import Booking
from booking.cli import demo, programme
from booking.db import unit_of_work
from booking.houses import queries as houses
from booking.schedule.models import Occurrence
from booking.timekit.instants import local_date
from config import ROOT
from tests.deeds.reading import rows_of


@pytest.mark.parametrize(
    "now",
    [
        "2027-01-11T10:05:00+01:00",  # a Monday
        "2027-05-17T15:00:00+02:00",  # Whit Monday
        "2027-01-12T23:50:00+01:00",  # when all of the day is over
    ],
)
def test_a_date_goes_on_or_comes_today_and_people_have_booked_it(app, clock, now):
    instant = datetime.fromisoformat(now)
    house = next(one for one in unit_of_work(houses.all_houses) if one.key == "leipzig")
    found = programme.read(ROOT / "houses" / "programmes" / "leipzig.toml")

    unit_of_work(partial(demo._fill_house, found, house.id, now=instant))

    wanted = (Occurrence.house_id == house.id) & (Occurrence.state == "published")
    today = [
        number
        for number, starts_at, ends_at in rows_of(
            Occurrence.id, Occurrence.starts_at, Occurrence.ends_at, where=wanted
        )
        if ends_at > instant and local_date(starts_at, house.zone) == local_date(instant, house.zone)
    ]
    assert today
    assert len(rows_of(Booking.id, where=Booking.occurrence_id.in_(today))) > 1
