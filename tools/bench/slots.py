"""The slot engine for 1, 50 and 1,000 hosts over 90 days, beside what no engine can save.

Every host works Monday to Friday from nine to five and has 200 busy times; slots of 30 minutes, any host.
The best of several runs is told, in CPU time: neither counts the neighbours on a busy machine.
"""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from time import process_time

from booking.schedule.openings import Calendar, Closure, Days, Hours, Taken, Weekly
from booking.schedule.slots import Host, Policy, SlotQuery, free_slots
from tools.bench.sizes import Sizes
from tools.bench.table import Findings, Growth, Row

ZONE = "Europe/Berlin"
DAYS, BUSY = 90, 200
NOW = int(datetime(2027, 2, 1, 8, tzinfo=UTC).timestamp())  # the clocks change on the way
HOLIDAYS = (date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 1))
WORKDAYS = Weekly(Hours(9 * 60, 17 * 60), frozenset(range(5)))
TARGETS = {1: 0.5, 50: 15.0, 1000: 350.0}  # milliseconds by hosts
SUBJECT = f"Free times of {DAYS} days, {BUSY} busy times a host: the engine alone"
RUNS = 1000  # of one host; fewer of many


def busy_times(draw: random.Random) -> list[tuple[int, int]]:
    """Return one host's busy times as an index gives them."""
    starts = sorted(NOW + draw.randrange(DAYS * 96) * 900 for _ in range(BUSY))
    return [(start, start + draw.choice((1800, 2700, 3600))) for start in starts]


def a_host(number: int, draw: random.Random) -> Host:
    """Return a host who works, with busy times."""
    times = busy_times(draw)
    allocations = tuple(Taken(start, end, 1, claim_id) for claim_id, (start, end) in enumerate(times[::2], 1))
    return Host(number, Calendar(ZONE, (WORKDAYS,)), allocations, tuple(times[1::2]))


def a_query(hosts: int) -> SlotQuery:
    """Return the question for the free times of any of so many hosts."""
    draw = random.Random(hosts)
    return SlotQuery(
        Policy(duration=30, step=30, before=5, after=10, notice=120, horizon=DAYS),
        tuple(a_host(number, draw) for number in range(hosts)),
        ZONE,
        now=NOW,
        since=NOW,
        until=NOW + DAYS * 86_400,
        closures=tuple(Closure(Days(day, day), "Feiertag", is_holiday=True) for day in HOLIDAYS),
    )


def least_work(query: SlotQuery) -> int:
    """Sort and merge every host's busy times, and no more: the limit of every engine."""
    merged = 0
    for host in query.hosts:
        reached = 0
        for start, end in sorted([(one.start, one.end) for one in host.allocations] + list(host.busy)):
            merged += start > reached
            reached = max(reached, end)
    return merged


def milliseconds(deed: Callable[[], object], *, runs: int) -> float:
    """Return the CPU time of the best of several runs."""
    best = float("inf")
    for _ in range(runs):
        begun = process_time()
        deed()
        best = min(best, process_time() - begun)
    return best * 1000


def measure_engine(sizes: Sizes, findings: Findings) -> None:
    """Measure the engine for ever more hosts."""
    per_host = {}
    for hosts in sorted({*sizes.hosts, *(known for known in TARGETS if known <= max(sizes.hosts))}):
        query, runs = a_query(hosts), max(5, RUNS // hosts)
        taken = milliseconds(partial(free_slots, query), runs=runs)
        limit = milliseconds(partial(least_work, query), runs=runs)
        per_host[hosts] = taken / hosts
        what = "1 host" if hosts == 1 else f"any of {hosts:,} hosts"
        target = TARGETS.get(hosts)
        findings.add(Row(SUBJECT, what, "", taken, "ms", "at most" if target else "", target, limit))
    growth = Growth(
        "Time grows with the hosts (milliseconds)", "the engine alone, a host", "", "ms", per_host
    )
    findings.growth.append(growth)
