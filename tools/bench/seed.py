"""What is in the database before anything is measured: a house with dates, and a history of visits that are over.

The first of everything is written by the platform's own deeds; the rest are copies of those rows, made by the
database, so that a million of them take a minute and columns of later versions come along by themselves.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import Connection, text

from booking.cli.houses import load_file
from booking.db import db, unit_of_work
from booking.timekit.clock import StoppedClock
from booking.timekit.instants import to_epoch
from config import ROOT
from tests.builders import a_booking, a_room, an_occurrence, an_offering
from tools.bench.copying import copy_row, only
from tools.bench.raw import TABLES, Rows

OFFERING, OFFERINGS = "bench", 4
SEATS = 150
STEP = 6 * 3600  # four dates a day, so that the programme of fourteen days shows 56
PEOPLE_PER_DATE = 20
LONG_AGO = 80  # dates before the first: those of the history are over
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Seed:
    """The rows that are copied, by id; ``begins_at``: epoch seconds of the first date.

    ``offering_id``  the first of OFFERINGS, which take turns
    """

    offering_id: int
    occurrence_id: int
    resource_id: int
    booking_id: int
    begins_at: int


def migrate_and_load() -> None:
    """Bring an empty database to the newest schema and load the houses; in an application context."""
    upgrade()
    for path in sorted((ROOT / "houses").glob("*.toml")):
        load_file(path)


def first_rows(clock: StoppedClock) -> Seed:
    """Publish one date and book it, by the platform's own deeds."""
    begins_at = (to_epoch(clock()) // DAY + 2) * DAY
    offering_id, *_ = [
        an_offering(key=f"{OFFERING}-{number}", seats=SEATS, party_max=9, horizon_days=3650)
        for number in range(OFFERINGS)
    ]
    starts_at = datetime.fromtimestamp(begins_at, UTC)
    occurrence_id = an_occurrence(
        clock,
        offering_id=offering_id,
        seats=SEATS,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        place_id=a_room(),
    )
    booked = a_booking(occurrence_id, clock, party={"adults": 1}, email="seed@example.org")
    wanted = text("SELECT id FROM resource WHERE occurrence_id = :occurrence")
    resource_id = unit_of_work(
        lambda: db.session.connection().execute(wanted, {"occurrence": occurrence_id}).scalar_one()
    )
    return Seed(offering_id, occurrence_id, int(resource_id), booked.booking_id, begins_at)


def add_dates(seed: Seed, first: int, last: int) -> None:
    """Publish a date at every sixth hour, from the ``first``th after the seed's to the ``last``; negative: before."""
    unit_of_work(lambda: _add_dates(db.session.connection(), seed, (first, last)))


def _add_dates(connection: Connection, seed: Seed, numbers: tuple[int, int]) -> tuple[int, int]:
    """Return what to add to a number for the ids of its occurrence and of its seats."""
    claim_id = only(connection, "SELECT claim_id FROM occurrence WHERE id = :id", seed.occurrence_id)
    claims = copy_row(connection, "claim", claim_id, numbers)
    own = {"claim_id": f"{claims} + n.n", "offering_id": f"{seed.offering_id} + abs(n.n) % {OFFERINGS}"}
    dates = copy_row(connection, "occurrence", seed.occurrence_id, numbers, own | _times(seed, "n.n"))
    seats = {"occurrence_id": f"{dates} + n.n", "version": "0"}
    return dates, copy_row(connection, "resource", seed.resource_id, numbers, seats)


def add_history(seed: Seed, first: int, last: int) -> None:
    """Add visits that are over and erased, from the ``first``th up to, not including, the ``last``.

    Booking, claim, seats, party, link and journal stay of each, on dates of their own. The guards are to be
    off meanwhile: they would look at each row, and nobody else is here.
    """
    unit_of_work(lambda: _add_history(db.session.connection(), seed, first, last - 1))


def _add_history(connection: Connection, seed: Seed, first: int, last: int) -> None:
    earliest, latest = (-(number // PEOPLE_PER_DATE) - LONG_AGO for number in (last, first))
    dates, seats = _add_dates(connection, seed, (earliest, latest))
    numbers, date = (first, last), f"(-(n.n / {PEOPLE_PER_DATE}) - {LONG_AGO})"
    when = _times(seed, date)
    held = "SELECT claim_id FROM booking WHERE id = :id"
    claims = copy_row(connection, "claim", only(connection, held, seed.booking_id), numbers)
    emptied = dict.fromkeys(("name", "email", "phone", "note"), "''")
    drawn = dict.fromkeys(("once", "uid"), "'history-' || n.n") | {"reference": _padded("n.n", 8)}
    ids = {"claim_id": f"{claims} + n.n", "occurrence_id": f"{dates} + {date}"}
    erased = emptied | drawn | ids | when | {"erased_at": f"{when['ends_at']} + {8 * DAY}"}
    mine = f"{copy_row(connection, 'booking', seed.booking_id, numbers, erased)} + n.n"
    taken = only(connection, f"SELECT min(id) FROM allocation WHERE claim_id = ({held})", seed.booking_id)
    allocated = {"claim_id": f"{claims} + n.n", "resource_id": f"{seats} + {date}"} | when
    copy_row(connection, "allocation", taken, numbers, allocated)
    for table, key, own in (
        ("link", "subject_id", {"id": "'h' || " + _padded("n.n", 21)}),
        ("party_count", "booking_id", {}),
        ("event", "object_id", {}),
    ):
        copy_row(connection, table, seed.booking_id, numbers, own | {key: mine}, by=key)


def _times(seed: Seed, number: str) -> dict[str, str]:
    """Return SQL for the times of the date with a number."""
    starts_at = f"CAST({seed.begins_at} AS BIGINT) + {number} * {STEP}"
    return {"starts_at": starts_at, "ends_at": f"{starts_at} + 3600"}


def _padded(number: str, width: int) -> str:
    return f"substr('{'0' * width}' || {number}, length('' || {number}) + 1)"


def raw_rows(seed: Seed) -> Rows:
    """Return the rows of the seed's booking for the bare driver, without their ids."""
    claim = "(SELECT claim_id FROM booking WHERE id = :id)"
    wanted = {
        "claim": f"id = {claim}",
        "booking": "id = :id",
        "allocation": f"claim_id = {claim}",
        "outgoing_mail": "thread = 'booking:' || :id",
    }
    connection = db.session.connection()
    found = {}
    for table in TABLES:
        query = text(f"SELECT * FROM {table} WHERE {wanted[table]}")
        row = dict(connection.execute(query, {"id": seed.booking_id}).mappings().one())
        found[table] = {name: _plain(value) for name, value in row.items() if name != "id"}
    db.session.rollback()
    return found


def bookable(seed: Seed) -> list[dict[str, int]]:
    """Return the dates ahead, with what a bare driver must know of them."""
    query = text(
        "SELECT o.id AS occurrence_id, r.id AS resource_id, o.starts_at, o.ends_at FROM occurrence o"
        " JOIN resource r ON r.occurrence_id = o.id WHERE o.starts_at >= :begins_at ORDER BY o.starts_at"
    )
    rows = db.session.connection().execute(query, {"begins_at": seed.begins_at}).mappings().all()
    db.session.rollback()
    return [{name: int(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict | list) else value
