"""Time the slot engine: `python tools/bench_slots.py`, for 1, 50 and 1,000 hosts over 90 days.

Every host works Monday to Friday from nine to five and has 200 busy times; slots of 30 minutes, any host.
The best of several runs is printed.
"""

import random
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from booking.schedule.openings import Calendar, Closure, Days, Hours, Taken, Weekly
from booking.schedule.slots import Host, Policy, SlotQuery, free_slots

ZONE = "Europe/Berlin"
DAYS, BUSY = 90, 200
NOW = int(datetime(2027, 2, 1, 8, tzinfo=UTC).timestamp())  # the clocks change on the way
HOLIDAYS = (date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 1))
WORKDAYS = Weekly(Hours(9 * 60, 17 * 60), frozenset(range(5)))


def busy_times(draw: random.Random) -> list[tuple[int, int]]:
    starts = sorted(NOW + draw.randrange(DAYS * 96) * 900 for _ in range(BUSY))  # as an index gives them
    return [(start, start + draw.choice((1800, 2700, 3600))) for start in starts]


def a_host(number: int, draw: random.Random) -> Host:
    times = busy_times(draw)
    allocations = tuple(Taken(start, end, 1, claim_id) for claim_id, (start, end) in enumerate(times[::2], 1))
    return Host(number, Calendar(ZONE, (WORKDAYS,)), allocations, tuple(times[1::2]))


def a_query(hosts: int) -> SlotQuery:
    draw = random.Random(hosts)  # noqa: S311 - drawn again with the same seed
    return SlotQuery(
        Policy(duration=30, step=30, before=5, after=10, notice=120, horizon=DAYS),
        tuple(a_host(number, draw) for number in range(hosts)),
        ZONE,
        now=NOW,
        since=NOW,
        until=NOW + DAYS * 86_400,
        closures=tuple(Closure(Days(day, day), "Feiertag", is_holiday=True) for day in HOLIDAYS),
    )


def milliseconds(deed: Callable[[], object], *, runs: int) -> float:
    """The best of several runs, in CPU time: neither counts the neighbours on a busy machine."""
    best = float("inf")
    for _ in range(runs):
        begun = process_time()
        deed()
        best = min(best, process_time() - begun)
    return best * 1000


def a_million_additions() -> int:
    total = 0
    for number in range(1_000_000):
        total += number
    return total


def main() -> None:
    print(f"{DAYS} days, {BUSY} busy times a host, Python {sys.version.split()[0]}")
    print(
        f"a million additions take {milliseconds(a_million_additions, runs=20):.0f} ms on this machine just now"
    )
    print(f"{'hosts':>6} {'slots':>6} {'pairs':>8} {'ms':>9} {'ms a host':>10} {'target ms':>10}")
    for hosts, target in ((1, 0.5), (50, 15.0), (1000, 350.0)):
        query = a_query(hosts)
        slots = free_slots(query)
        taken = milliseconds(partial(free_slots, query), runs=max(5, 1000 // hosts))
        pairs = sum(len(slot.hosts) for slot in slots)
        print(f"{hosts:>6} {len(slots):>6} {pairs:>8} {taken:>9.2f} {taken / hosts:>10.3f} {target:>10}")


if __name__ == "__main__":
    main()
