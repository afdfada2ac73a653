"""The guard against brute force: the database accepts exactly what leaves no resource overbooked."""

import pytest
from hypothesis import given, settings
from sqlalchemy import func, select, text

from booking.db import db, unit_of_work
from booking.schedule.guard import GUARDS, canary, guards_stand, missing_guards
from booking.schedule.models import LONGEST_SECONDS
from booking.tables import metadata
from tests.tables.ledger import CAPACITIES, Taking, accepted, walk, walks
from tests.tables.rows import write

VERSIONS = text("SELECT id, version FROM resource ORDER BY id")
GUARDED_TABLE = {"capacity_covers_its_use": "resource"}


def drop(connection, guard):
    table = GUARDED_TABLE.get(guard, "allocation")
    connection.execute(
        text(f"DROP TRIGGER {guard}" + (f" ON {table}" if connection.dialect.name == "postgresql" else ""))
    )


@pytest.fixture(scope="module", autouse=True)
def stage(module_connection):
    """Three resources of known capacity, of which nothing is taken."""
    module_connection.execute(text("DELETE FROM allocation"))
    for resource, capacity in CAPACITIES.items():
        wanted = {"capacity": capacity, "resource": resource}
        module_connection.execute(
            text("UPDATE resource SET capacity = :capacity WHERE id = :resource"), wanted
        )
    return module_connection


@settings(max_examples=40, deadline=None)
@given(steps=walks)
def test_the_guard_agrees_with_brute_force_at_every_step_of_a_walk(stage, steps):
    savepoint = stage.begin_nested()
    versions, rows = stage.execute(VERSIONS).all(), dict[int, Taking]()
    for step, fits, took, ledger in walk(stage, steps):
        assert took == fits, f"{step} was {'taken' if took else 'refused'}: {ledger}"
        now = stage.execute(VERSIONS).all()
        raised = {row.id for row, old in zip(now, versions, strict=True) if row.version > old.version}
        assert raised >= {row[0] for _, row in ledger.rows.items() ^ rows.items()}, (
            "a change that no cache would see"
        )
        versions, rows = now, ledger.rows
    savepoint.rollback()


def test_without_the_guard_the_same_walk_overbooks(connection):
    steps = [("take", 0, 901, (start, start + 3), 1) for start in range(6)]
    assert [took for *_, took, _ in walk(connection, steps)] == [True, False, False, True, False, False]
    connection.execute(text("DELETE FROM allocation"))

    drop(connection, "allocation_within_capacity_on_insert")

    *_, (_, _, _, ledger) = walk(connection, steps)
    assert [ledger.load(901, at) for at in range(8)] == [1, 2, 3, 3, 3, 3, 2, 1]


def test_an_allocation_may_begin_at_the_very_instant_at_which_another_ends(connection):
    touching = [(3, 5), (5, 8), (0, 3)]
    overlapping = [(4, 5), (2, 3), (0, 14), (5, 6), (7, 9)]

    steps = [("take", 0, 901, span, 1) for span in touching + overlapping]

    assert [took for *_, took, _ in walk(connection, steps)] == [True] * 3 + [False] * 5


def test_the_guard_looks_back_as_far_as_the_longest_allocation_reaches(connection):
    row = {"claim_id": 901, "resource_id": 901, "quantity": 1}
    write(connection, "allocation", row | {"id": 1000, "starts_at": 0, "ends_at": LONGEST_SECONDS})
    insert = "INSERT INTO allocation VALUES (:id, 901, 901, :s, :e, 1)"

    last_second = {"id": 1001, "s": LONGEST_SECONDS - 1, "e": LONGEST_SECONDS + 5}
    assert not accepted(connection, insert, last_second)
    assert accepted(connection, insert, last_second | {"s": LONGEST_SECONDS})


def test_lowering_a_capacity_looks_only_at_what_ends_after_the_change(connection):
    taken = [("take", 0, 903, (0, 5), 3), ("take", 0, 903, (2, 9), 1)]
    assert all(took for *_, took, _ in walk(connection, taken))
    lower = "UPDATE resource SET capacity = 1, capacity_since = :since WHERE id = 903"

    assert not accepted(connection, lower, {"since": 0})
    assert not accepted(connection, lower, {"since": 4})
    assert accepted(connection, lower, {"since": 5})
    assert not accepted(connection, "UPDATE resource SET capacity = 0 WHERE id = 903", {})


@pytest.mark.parametrize("guard", GUARDS)
def test_a_guard_that_is_missing_is_named(connection, guard):
    assert missing_guards(connection) == []

    drop(connection, guard)

    assert missing_guards(connection) == [guard]


def test_a_guard_that_is_switched_off_is_as_good_as_missing(connection):
    if connection.dialect.name == "sqlite":
        return  # cannot switch a trigger off
    connection.execute(text(f"ALTER TABLE allocation DISABLE TRIGGER {GUARDS[0]}"))

    assert missing_guards(connection) == [GUARDS[0]]


def rows_of_all_tables():
    counts = [select(func.count()).select_from(table) for table in metadata.sorted_tables]
    return [db.session.execute(one).scalar_one() for one in counts]


def test_the_canary_is_refused_while_the_guard_stands_and_leaves_no_row(app):
    before = unit_of_work(rows_of_all_tables)

    assert unit_of_work(canary) is True
    assert unit_of_work(guards_stand) is True
    assert unit_of_work(rows_of_all_tables) == before


def test_without_the_guard_the_canary_tells(app):
    before = unit_of_work(rows_of_all_tables)
    unit_of_work(lambda: drop(db.session.connection(), GUARDS[0]))

    assert unit_of_work(canary) is False
    assert unit_of_work(guards_stand) is False
    assert unit_of_work(rows_of_all_tables) == before


def test_guards_that_somebody_dropped_are_installed_again_and_rows_stay(app):
    before = unit_of_work(rows_of_all_tables)
    for guard in GUARDS:
        unit_of_work(lambda: drop(db.session.connection(), guard))  # noqa: B023 - called at once
    assert unit_of_work(guards_stand) is False

    done = [app.test_cli_runner().invoke(args=["check", "guards"]) for _ in range(2)]

    assert [one.exit_code for one in done] == [0, 0], done
    assert unit_of_work(guards_stand) is True
    assert unit_of_work(rows_of_all_tables) == before
