"""How time grows: with dates, with visits that are over, with clients."""

from tools.bench import seed
from tools.bench.booking import judge
from tools.bench.instance import Instance
from tools.bench.pages import pages
from tools.bench.sizes import Sizes
from tools.bench.table import Findings, Growth

DATES, HISTORY, AT_ONCE = (
    "Time grows with the dates of a house (milliseconds, one client)",
    "Time grows with the bookings of the past (milliseconds, one client)",
    "A complete booking grows with the clients at once",
)


def with_dates(instance: Instance, sizes: Sizes, findings: Findings) -> None:
    """Publish more and more dates, half of them over, four a day."""
    found, size = _Series(instance, sizes), len(instance.dates)
    ahead, behind = size, seed.LONG_AGO
    for wanted in sizes.occurrences:
        if half := (wanted - size) // 2:
            with instance.machine.inside():
                seed.add_dates(instance.seed, ahead, ahead + half - 1)
                seed.add_dates(instance.seed, -behind - half + 1, -behind)
            size, ahead, behind = wanted, ahead + half, behind + half
        found.measure(wanted, findings)
    findings.growth += found.series(DATES)


def with_history(instance: Instance, sizes: Sizes, findings: Findings) -> None:
    """Add more and more bookings that are over."""
    found, before = _Series(instance, sizes), 0
    for size in sizes.history:
        if size > before:
            _remember(instance, before, size)
        before = size
        found.measure(size, findings)
    findings.growth += found.series(HISTORY)


def _remember(instance: Instance, before: int, size: int) -> None:
    with instance.unguarded():
        seed.add_history(instance.seed, before, size)


class _Series:
    """The milliseconds of pages and bookings at each size."""

    def __init__(self, instance: Instance, sizes: Sizes) -> None:
        self._instance = instance
        self._rounds = sizes.rounds
        self._found: dict[str, dict[int, float]] = {}

    def measure(self, size: int, findings: Findings) -> None:
        for page in pages(self._instance):
            result = self._instance.get([page.path], clients=1, each=self._rounds)
            judge(result, f"{page.name} at {size:,}", self._instance.engine, findings)
            self._found.setdefault(page.name.partition(",")[0], {})[size] = result.milliseconds(50)
        result = self._instance.send(self._rounds, clients=1)
        judge(result, f"bookings at {size:,}", self._instance.engine, findings)
        self._found.setdefault("the request that makes a booking", {})[size] = result.milliseconds(50)

    def series(self, subject: str) -> list[Growth]:
        engine = self._instance.engine
        return [Growth(subject, what, engine, "ms", values) for what, values in self._found.items()]


def with_clients(instance: Instance, sizes: Sizes, findings: Findings) -> None:
    """Let more and more people book at once."""
    rates, middle, slow = {}, {}, {}
    for clients in sizes.clients:
        result = instance.book(seconds=sizes.seconds, clients=clients)
        judge(result, f"{clients} clients", instance.engine, findings)
        rates[clients] = result.rate
        middle[clients], slow[clients] = result.milliseconds(50), result.milliseconds(95)
    engine = instance.engine
    findings.growth += [
        Growth(AT_ONCE, "bookings", engine, "/s", rates),
        Growth(AT_ONCE, "half of them take at most", engine, "ms", middle),
        Growth(AT_ONCE, "19 of 20 take at most", engine, "ms", slow),
    ]
