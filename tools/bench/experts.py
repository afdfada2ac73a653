"""Experts with hours and busy times, as many as are wanted: the first by the platform's deeds, the rest copies."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, text

from booking.db import db, unit_of_work
from booking.schedule import hours
from booking.timekit.clock import StoppedClock
from booking.timekit.instants import to_epoch
from tests.builders import a_need, house_id
from tests.hours import a_consultation, an_expert, resource_of, take
from tools.bench.copying import copy_row, only

KEY = "bench-consultation"
DAYS, BUSY = 90, 200
QUARTER = 900  # seconds
STRETCH = DAYS * 96 // BUSY  # quarters of an hour, in each of which an expert is busy once
LONGEST = 4  # quarters of an hour
_EACH = BUSY // 2  # taken here, and as many imported


@dataclass(frozen=True, slots=True)
class Experts:
    """The consultation, and the rows of its first expert, which are copied."""

    offering_id: int
    host_id: int
    resource_id: int
    begins_at: int


def first_expert(clock: StoppedClock) -> Experts:
    """Write a consultation and one expert, who works from Monday to Friday and is taken once."""
    needs = (a_need(kind="host", before_minutes=5, after_minutes=10),)
    offering_id = a_consultation(
        key=KEY, step_minutes=30, notice_minutes=120, horizon_days=DAYS, needs=needs, media=("on_site",)
    )
    host_id = an_expert(offering_id, "mon-fri 09:00-17:00", languages=("de",))
    begins = clock() + timedelta(hours=1)
    take(begins, begins + timedelta(minutes=15), host_id=host_id)
    house = house_id()
    imported = [(begins, begins + timedelta(minutes=30))]
    unit_of_work(lambda: hours.add_busy(imported, host_id=host_id, house_id=house, now=clock()))
    begins_at = (to_epoch(begins) // QUARTER + 16) * QUARTER
    found = Experts(offering_id, host_id, resource_of(host_id=host_id), begins_at)
    unit_of_work(lambda: _fill(db.session.connection(), found, host_id, found.resource_id, 1))
    return found


def add_experts(seed: Experts, experts: int) -> None:
    """Add copies of the first expert, with busy times of their own; the guards are to be off meanwhile."""
    unit_of_work(lambda: _add(db.session.connection(), seed, (1, experts)))


def _add(connection: Connection, seed: Experts, numbers: tuple[int, int]) -> None:
    hosts = copy_row(connection, "host", seed.host_id, numbers, {"key": _new_key(connection)})
    own = {"host_id": f"{hosts} + n.n"}
    resources = copy_row(connection, "resource", seed.resource_id, numbers, own)
    copy_row(connection, "skill", seed.host_id, numbers, own, by="host_id")
    rules = text("SELECT id FROM availability_rule WHERE host_id = :host")
    for rule in connection.execute(rules, {"host": seed.host_id}).scalars().all():
        copy_row(connection, "availability_rule", int(rule), numbers, own)
    _fill(connection, seed, hosts + numbers[0], resources + numbers[0], numbers[1] - numbers[0] + 1)


def _new_key(connection: Connection) -> str:
    known = int(connection.execute(text("SELECT count(*) FROM host")).scalar_one())
    return f"'bench-{known}-' || n.n"


def _fill(connection: Connection, seed: Experts, first_host: int, first_resource: int, hosts: int) -> None:
    """Give experts their busy times: one in each of BUSY stretches, in turn taken here and imported."""
    numbers, expert, which = (0, hosts * _EACH - 1), f"(n.n / {_EACH})", f"(n.n % {_EACH})"
    taken = only(connection, "SELECT min(id) FROM allocation WHERE resource_id = :id", seed.resource_id)
    imported = only(connection, "SELECT min(id) FROM busy_time WHERE host_id = :id", seed.host_id)
    for table, row, turn, owner, first in (
        ("allocation", taken, 0, "resource_id", first_resource),
        ("busy_time", imported, 1, "host_id", first_host),
    ):
        shift = f"({expert} * 31 + {which} * 17) % {STRETCH - LONGEST}"
        starts_at = (
            f"CAST({seed.begins_at} AS BIGINT) + (({which} * 2 + {turn}) * {STRETCH} + {shift}) * {QUARTER}"
        )
        ends_at = f"{starts_at} + (2 + {which} % {LONGEST - 1}) * {QUARTER}"
        own = {"starts_at": starts_at, "ends_at": ends_at, owner: f"{first} + {expert}"}
        copy_row(connection, table, row, numbers, own)
