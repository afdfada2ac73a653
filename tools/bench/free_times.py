"""Free times as visitors get them: loaded from the database, found by the engine, shown as a page."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from time import perf_counter

from booking.db import unit_of_work
from booking.schedule.loading import Asked, slot_queries
from booking.schedule.slots import free_slots
from tests.hours import the_house
from tools.bench import counting, experts
from tools.bench.booking import judge
from tools.bench.experts import KEY, Experts
from tools.bench.instance import Instance
from tools.bench.sizes import Sizes
from tools.bench.table import Findings, Growth, Row

SUBJECT = "Free times of 90 days, 200 busy times a host: with loading, and as a page of 14 days"
GROWTH = "Time grows with the hosts (milliseconds)"
PATH = f"/de/angebote/{KEY}/zeiten"
PAGE_TARGET = 10.0  # milliseconds, one host


def measure(instance: Instance, sizes: Sizes, findings: Findings) -> None:
    """Measure loading and page with ever more hosts, and count the statements: as many for all as for one."""
    with instance.machine.inside() as clock:
        first = experts.first_expert(clock)
    engine, loaded, shown, asked = instance.engine, {}, {}, {}
    before = 1
    for hosts in sizes.hosts:
        if hosts > before:
            _hire(instance, first, hosts - before)
        before = hosts
        loaded[hosts] = _loading(instance, first, sizes.rounds)
        shown[hosts] = _page(instance, sizes.rounds, findings)
        with counting.a_counter(instance) as counter:
            asked[hosts] = counter.of_page(PATH)
        what = "1 host" if hosts == 1 else f"any of {hosts:,} hosts"
        target = PAGE_TARGET if hosts == 1 else None
        findings.add(Row(SUBJECT, f"{what}, loaded and found", engine, loaded[hosts], "ms"))
        findings.add(
            Row(SUBJECT, f"{what}, page", engine, shown[hosts], "ms", "at most" if target else "", target)
        )
    few, many = asked[sizes.hosts[0]], asked[sizes.hosts[-1]]
    findings.add(
        Row(
            SUBJECT,
            f"statements of the page, {sizes.hosts[-1]:,} hosts",
            engine,
            many,
            "",
            "at most",
            few,
            is_bound=True,
        )
    )
    findings.growth += [
        Growth(GROWTH, "loaded and found", engine, "ms", loaded),
        Growth(GROWTH, "page", engine, "ms", shown),
    ]


def _hire(instance: Instance, first: Experts, more: int) -> None:
    with instance.unguarded():
        experts.add_experts(first, more)


def _loading(instance: Instance, first: Experts, rounds: int) -> float:
    """Return the milliseconds of the best of several rounds, in this process."""
    with instance.machine.inside() as clock:
        now, house = clock(), the_house()
        until = now + timedelta(days=experts.DAYS)
        ask = partial(
            slot_queries, house, [first.offering_id], asked=Asked(), since=now, until=until, now=now
        )

        def deed() -> int:
            return len(free_slots(unit_of_work(ask)[first.offering_id]))

        assert deed() > 0
        return min(_took(deed) for _ in range(max(3, rounds // 2))) * 1000


def _took(deed: Callable[[], int]) -> float:
    begun = perf_counter()
    deed()
    return perf_counter() - begun


def _page(instance: Instance, rounds: int, findings: Findings) -> float:
    instance.get([PATH], clients=4, each=2)
    result = instance.get([PATH], clients=1, each=rounds)
    judge(result, "the page of free times", instance.engine, findings)
    return result.milliseconds(50)
