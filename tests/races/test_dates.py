"""Several processes plan, change and book the same dates at once: nothing is lost, nobody hears a wrong time."""

from datetime import time
from functools import partial
from typing import Any

import pytest

from booking.bookings.models import Booking
from booking.db import unit_of_work
from booking.schedule import series
from booking.schedule.models import Occurrence
from tests.builders import a_host, a_room, an_occurrence
from tests.dates import a_draft
from tests.deeds.reading import rows_of
from tests.deeds.series_ways import a_series_wanted
from tests.hours import the_house
from tests.races.aftermath import holds_together, value
from tests.races.crowd import Act

pytestmark = pytest.mark.race
ROUNDS = 3


def book(occurrence_id, n):
    return Act("book", {"occurrence_id": occurrence_id, "once": f"move-{occurrence_id}-{n}"})


def test_a_date_moves_while_ten_people_book_it(race, clock):
    for _ in range(ROUNDS):
        room = a_room()
        occurrence_id = an_occurrence(clock, seats=40, place_id=room)
        acts = [book(occurrence_id, n) for n in range(10)]
        move = Act("change_date", {"occurrence_id": occurrence_id, "hours": 2})

        went = race(*acts[:5], move, *acts[5:])

        assert set(went) <= {"done", "DateMoved"}
        booked = rows_of(Booking.starts_at, Booking.sequence, where=Booking.occurrence_id == occurrence_id)
        ((starts_at,),) = rows_of(Occurrence.starts_at, where=Occurrence.id == occurrence_id)
        assert {at for at, _sequence in booked} <= {starts_at}, "nobody is booked at the old time"
        told = "SELECT count(*) FROM outgoing_mail m JOIN booking b ON m.thread = 'booking:' || b.id"
        told += " WHERE b.occurrence_id = :id AND m.kind = 'date_changed'"
        assert value(told, id=occurrence_id) == sum(sequence for _at, sequence in booked)
        holds_together()


def test_of_two_coordinators_who_change_one_date_one_is_asked_again(race, clock):
    for _ in range(ROUNDS):
        occurrence_id = an_occurrence(clock)
        changes: list[dict[str, Any]] = [{"seats": 20}, {"seats": 21}, {"language": "en"}, {"hours": 1}]
        acts = [Act("change_date", {"occurrence_id": occurrence_id, "version": 1} | one) for one in changes]

        assert race(*acts) == {"done": 1, "Stale": 3}
        assert value("SELECT version FROM occurrence WHERE id = :id", id=occurrence_id) == 2
        holds_together()


def test_two_dates_that_change_hosts_with_each_other_never_share_one(race, clock):
    for _ in range(ROUNDS):
        mira, noor, room, other = a_host(), a_host(), a_room(), a_room()
        one = an_occurrence(clock, host_ids=(mira,), place_id=room)
        two = an_occurrence(clock, host_ids=(noor,), place_id=other)
        swaps = [
            Act("change_date", {"occurrence_id": one, "host_ids": (noor,), "place_id": other}),
            Act("change_date", {"occurrence_id": two, "host_ids": (mira,), "place_id": room}),
            Act("change_date", {"occurrence_id": one, "hours": 3}),
            Act("change_date", {"occurrence_id": two, "hours": 3}),
        ]

        went = race(*swaps * 2)

        assert set(went) <= {"done", "DateBlocked", "Stale"}
        holds_together()


def test_drafts_that_want_one_room_are_published_once(race, clock):
    for _ in range(ROUNDS):
        room = a_room()
        drafts = [a_draft(clock, place_id=room) for _ in range(6)]

        went = race(*(Act("publish_draft", {"occurrence_id": one}) for one in drafts))

        assert went == {"done": 1, "DateBlocked": 5}
        holds_together()


def test_a_series_whose_button_is_pressed_six_times_is_made_once(race, clock):
    for number in range(ROUNDS):
        wanted = a_series_wanted(once=f"six times {number}", place_id=a_room(), at=time(9 + 2 * number))
        look = partial(series.preview, wanted, house=the_house(), language="de", now=clock())
        days = unit_of_work(look)
        chosen = {one.run.day: one.decision for one in days}

        assert race(*[Act("make_series", {"wanted": wanted, "decisions": chosen})] * 6) == {"done": 6}

        made = "SELECT count(*) FROM series WHERE once = :once"
        assert value(made, once=f"six times {number}") == 1
        holds_together()
    assert len(rows_of(Occurrence.id)) == 4 * ROUNDS
