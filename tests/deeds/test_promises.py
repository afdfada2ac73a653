"""Figures of what is promised: counted for one house, of 30 days, in a constant number of statements."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import event, text

from booking.bookings import changing
from booking.db import db, unit_of_work
from booking.messages import outbox
from booking.reports import promises
from booking.reports.promises import FEWEST, figures, publishable, share
from booking.voices import service as voices
from tests.builders import a_booking, an_occurrence, house_id
from tests.deeds.post import Carrier, deliver, leased
from tests.voices import answer, tell


def now_of(clock, key="leipzig"):
    house = house_id(key)
    return unit_of_work(lambda: figures(house, now=clock()))


def test_what_happened_in_the_last_thirty_days_is_counted(app, clock):
    occurrence_id = an_occurrence(clock, starts_at=clock() + timedelta(days=50))
    booked = [a_booking(occurrence_id, clock, email=f"a{number}@example.org") for number in range(3)]
    unit_of_work(partial(changing.cancel, booked[0].booking_id, now=clock()))
    told = tell(clock)
    answer(told.voice_id, "answered", clock)
    unit_of_work(partial(voices.erase, told.voice_id, now=clock()))
    found = now_of(clock)

    assert (found.confirmed, found.cancelled, found.moved) == (3, 1, 0)
    assert (found.told, found.answered, found.erased) == (1, 1, 1)
    assert found.twice == 0

    clock.forward(days=30, seconds=1)
    later = now_of(clock)
    assert (later.confirmed, later.told, later.answered, later.erased) == (0, 0, 0, 0)


def test_another_house_has_figures_of_its_own(app, clock):
    a_booking(an_occurrence(clock), clock)
    tell(clock)

    found = now_of(clock, "library")

    assert (found.confirmed, found.told, found.owed, found.sent) == (0, 0, 0, 0)


def test_mails_that_wait_have_gone_or_have_come_back_are_told_apart(app, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    deliver(Carrier(), clock)
    a_booking(occurrence_id, clock, email="b@example.org")
    mail = leased(clock)
    unit_of_work(lambda: outbox.mark_failed(mail, "550", now=clock()))
    a_booking(occurrence_id, clock, email="c@example.org")
    clock.forward(minutes=7)

    found = now_of(clock)

    assert (found.sent, found.undelivered, found.owed, found.oldest_owed) == (1, 1, 1, 420)


def test_without_mails_nothing_waits(app, clock):
    assert (now_of(clock).owed, now_of(clock).oldest_owed) == (0, None)


def test_a_place_that_is_sold_twice_is_noticed(app, clock):
    occurrence_id = an_occurrence(clock, seats=4)
    a_booking(occurrence_id, clock)
    _without_guards(
        "UPDATE resource SET capacity = 2 WHERE occurrence_id = :occurrence", occurrence=occurrence_id
    )

    assert now_of(clock).twice == 1


def _without_guards(statement, **values):
    """Change a row as nobody can while the guards stand; they come back at once."""
    from booking.schedule import guard

    def deed():
        connection = db.session.connection()
        for name in guard.GUARDS:
            on_table = "" if connection.dialect.name == "sqlite" else f" ON {_table_of(connection, name)}"
            connection.execute(text(f"DROP TRIGGER {name}{on_table}"))
        connection.execute(text(statement), values)
        guard.install()

    unit_of_work(deed)


def _table_of(connection, trigger):
    wanted = "SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = :name"
    return connection.execute(text(wanted), {"name": trigger}).scalar()


def test_the_number_of_statements_does_not_grow(app, clock):
    def counted():
        seen = []
        listener = lambda *told: seen.append(told[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        house = house_id()
        seen.clear()
        unit_of_work(lambda: figures(house, now=clock()))
        event.remove(db.engine, "before_cursor_execute", listener)
        return len([one for one in seen if "SELECT" in one])

    few = counted()
    for _number in range(4):
        a_booking(an_occurrence(clock), clock)
        tell(clock)

    assert counted() == few == 3


@pytest.mark.parametrize(("count", "told"), [(0, None), (4, None), (5, 5), (600, 600)])
def test_small_counts_are_told_to_nobody(count, told):
    assert publishable(count) == told


@pytest.mark.parametrize(
    ("part", "whole", "told"), [(4, 100, None), (5, 100, 5), (97, 100, None), (0, 0, None), (9, 3, None)]
)
def test_a_share_tells_of_no_small_count_either(part, whole, told):
    assert share(part, whole) == told
    assert promises.FEWEST == FEWEST == 5
