"""One browser does two things with the same hold at once, or housekeeping comes in between."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from booking.db import db
from tests.builders import an_occurrence
from tests.deeds.reading import load_of
from tests.holds import a_hold, booked
from tests.races.aftermath import holds_together, value
from tests.races.crowd import Act

pytestmark = pytest.mark.race

ROUNDS = 3
HOLDS = 8


def book(held):
    return Act("book_held", {"hold_id": held.hold_id, "email": f"{held.hold_id}@example.org"})


def each(held, other):
    """Book every hold while something else is done with it."""
    return [act for one in held for act in (book(one), other(one))]


@pytest.mark.parametrize("other", ["give up", "begin anew"])
def test_who_books_in_one_tab_and_leaves_in_another_has_the_places(race, clock, other):
    dates: list[int] = []
    acts = {
        "give up": lambda one: Act("give_up", {"hold_id": one.hold_id}),
        "begin anew": lambda one: Act(
            "hold", {"occurrence_id": dates[0], "once": f"anew-{one.hold_id}", "replaces": (one.hold_id,)}
        ),
    }
    for _round in range(ROUNDS):
        dates[:] = [an_occurrence(clock, seats=6 * HOLDS)]
        held = [a_hold(dates[0], clock, client=f"{n}") for n in range(HOLDS)]

        went = race(*each(held, acts[other]))

        assert went == {"done": 2 * HOLDS}
        holds_together()
    assert value("SELECT count(*) FROM booking WHERE state = 'confirmed'") == ROUNDS * HOLDS


def test_who_books_while_housekeeping_deletes_the_expired_claim_has_the_places(app, clock):
    occurrence_id = an_occurrence(clock, seats=2)
    held = a_hold(occurrence_id, clock)
    clock.forward(minutes=16)

    def book_late():
        with app.app_context():
            try:
                return booked(held, clock)
            finally:
                db.session.remove()

    with db.engine.connect().execution_options(writes=True) as housekeeping, ThreadPoolExecutor() as tabs:
        housekeeping.execute(text("DELETE FROM allocation"))
        housekeeping.execute(text("DELETE FROM claim WHERE expires_at IS NOT NULL"))
        booking = tabs.submit(book_late)
        wait_for_who_waits()
        housekeeping.commit()
        booking.result()

    assert load_of(occurrence_id=occurrence_id) == 2
    holds_together()


def wait_for_who_waits():
    """Return when a transaction waits for another one; where one writes after the other that is soon enough."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
            waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            assert any(watching.execute(waiting).scalar() for _look in range(10_000))
