"""A slow obvious twin of the guard, and random walks for both."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from booking.db import constraint_name

CAPACITIES = {901: 1, 903: 4, 904: 2}  # a host, a pool, the seats of a date
HORIZON = 14
GUARDED = ("allocation_within_capacity", "capacity_covers_its_use")
Step = tuple[str, int, int, tuple[int, int], int]
"""take, change, drop or capacity; a number to choose by; resource; from and to; quantity."""
Taking = tuple[int, int, int, int]
"""Resource, from, to, quantity."""

resources = st.sampled_from(sorted(CAPACITIES))
spans = st.tuples(st.integers(0, HORIZON - 1), st.integers(1, 6)).map(lambda one: (one[0], sum(one)))
takings = st.tuples(st.just("take"), st.integers(0, 99), resources, spans, st.integers(1, 3))
changes = st.tuples(st.just("change"), st.integers(0, 99), resources, spans, st.integers(1, 3))
removals = st.tuples(st.just("drop"), st.integers(0, 99), resources, spans, st.integers(1, 3))
capacities = st.tuples(st.just("capacity"), st.integers(0, 5), resources, spans, st.integers(1, 3))
walks = st.lists(
    st.one_of(takings, takings, takings, changes, removals, capacities), min_size=10, max_size=40
)


@dataclass
class Ledger:
    """The slow obvious twin: every row in a dictionary, every instant looked at."""

    rows: dict[int, Taking] = field(default_factory=dict)
    capacity: dict[int, int] = field(default_factory=lambda: dict(CAPACITIES))

    def load(self, resource: int, instant: int) -> int:
        """Return how much of a resource is taken at an instant."""
        return sum(
            quantity
            for held, start, end, quantity in self.rows.values()
            if held == resource and start <= instant < end
        )

    def fits(self, resource: int, start: int, end: int) -> bool:
        """Return whether a resource is nowhere overbooked in ``[start, end)``."""
        return all(self.load(resource, at) <= self.capacity[resource] for at in range(start, end))


def step_of(ledger: Ledger, step: Step, number: int) -> tuple[str, dict[str, int], Ledger, bool]:
    """Return the statement of a step, the ledger after it, and whether it fits."""
    kind, chosen, resource, (start, end), quantity = step
    after = Ledger(dict(ledger.rows), dict(ledger.capacity))
    if kind == "capacity":
        after.capacity[resource] = chosen
        statement = "UPDATE resource SET capacity = :c, capacity_since = :s WHERE id = :r"
        return statement, {"c": chosen, "s": start, "r": resource}, after, after.fits(resource, start, 99)
    known = sorted(ledger.rows)
    row_id = number if kind == "take" or not known else known[chosen % len(known)]
    values = {"id": row_id, "r": resource, "s": start, "e": end, "q": quantity}
    if kind == "drop":
        after.rows.pop(row_id, None)
        return "DELETE FROM allocation WHERE id = :id", values, after, True
    after.rows[row_id] = (resource, start, end, quantity)
    statement = (
        "UPDATE allocation SET resource_id = :r, starts_at = :s, ends_at = :e, quantity = :q WHERE id = :id"
    )
    if row_id not in ledger.rows:
        statement = "INSERT INTO allocation VALUES (:id, 901, :r, :s, :e, :q)"
    return statement, values, after, after.fits(resource, start, end)


def accepted(connection: Connection, statement: str, values: dict[str, int]) -> bool:
    """Return whether the database takes the statement; a refusal must be the guard's own."""
    savepoint = connection.begin_nested()
    try:
        connection.execute(text(statement), values)
    except IntegrityError as fault:
        savepoint.rollback()
        if constraint_name(fault) not in GUARDED:
            raise
        return False
    savepoint.commit()
    return True


def walk(connection: Connection, steps: list[Step]) -> Iterator[tuple[Step, bool, bool, Ledger]]:
    """Yield (the step, whether it fits, whether the database took it, the ledger after it)."""
    ledger = Ledger()
    for number, step in enumerate(steps, start=1000):
        statement, values, after, fits = step_of(ledger, step, number)
        took = accepted(connection, statement, values)
        ledger = after if took else ledger
        yield step, fits, took, ledger
