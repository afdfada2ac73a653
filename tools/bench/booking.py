"""A complete booking, the request that makes it beside the bare driver, and a rush for few places."""

from dataclasses import replace

from booking.db import db
from booking.reports.invariants import broken
from booking.web.weight import MOST_MEGABYTES
from tools.bench import counting, seed
from tools.bench.crowd import Result
from tools.bench.instance import Instance, Template, an_instance
from tools.bench.sizes import Sizes
from tools.bench.table import Findings, Row

CLIENTS = 8
RUSH_CLIENTS, RUSH_DATES = 50, 2
WHOLE, POST, MEMORY = "A complete booking, 8 clients", "The request that makes a booking", "Memory"
LEAST_SHARE = {"sqlite": 0.10, "postgresql": 0.15}
STRETCH = {"sqlite": 0.17, "postgresql": 0.25}
MOST_STATEMENTS = 12


def measure(template: Template, instance: Instance, sizes: Sizes, findings: Findings) -> None:
    """Measure bookings between two measurements of the limit, so that a busy moment counts for both."""
    before = limits(template, instance, sizes, when="before")
    whole = _whole(instance, sizes)
    alone = instance.send(sizes.forms, clients=CLIENTS)
    after = limits(template, instance, sizes, when="after")
    limit = {kind: (before[kind] + after[kind]) / 2 for kind in before}
    _judge_whole(instance.engine, *whole, limit[""], findings)
    _count(instance, findings)
    _judge_alone(instance.engine, alone, limit, findings)


def limits(template: Template, instance: Instance, sizes: Sizes, *, when: str) -> dict[str, float]:
    """Return how many bookings a second the bare driver writes, by how careful it is, on copies of their own."""
    with instance.machine.inside():
        rows = seed.raw_rows(instance.seed)
    clients = 1 if template.engine == "sqlite" else CLIENTS  # SQLite has one writer: more would only wait
    found = {}
    for kind in {"sqlite": ("", "?normal"), "postgresql": ("",)}[template.engine]:
        name = f"limit-{when}{kind.strip('?')}"
        with an_instance(template, instance.crowd, name, sizes, serves=False) as copy:
            job = {"kind": "raw", "url": copy.machine.url + kind, "seconds": sizes.seconds / 2}
            found[kind] = copy.crowd.run(job | {"dates": copy.dates, "rows": rows}, clients=clients).rate
    return found


def _whole(instance: Instance, sizes: Sizes) -> tuple[Result, float]:
    """Return bookings from the page of a date to the page that says it is done, and CPU milliseconds of each."""
    cpu = instance.cpu_seconds()
    result = instance.book(seconds=sizes.seconds * 2, clients=CLIENTS)
    return result, (instance.cpu_seconds() - cpu) / max(1, result.done) * 1000


def _judge_whole(engine: str, result: Result, cpu: float, limit: float, findings: Findings) -> None:
    judge(result, WHOLE, engine, findings)
    rows = (
        Row(WHOLE, "bookings", engine, result.rate, "/s", "at least", 80, limit),
        Row(WHOLE, "half of them take at most", engine, result.milliseconds(50), "ms", "at most", 80),
        Row(WHOLE, "19 of 20 take at most", engine, result.milliseconds(95), "ms"),
        Row(WHOLE, "CPU of the web processes", engine, cpu, "ms", "at most", 20),
        Row(WHOLE, "requests, the page of the date included", engine, result.requests, "", "at most", 4),
    )
    for row in rows:
        findings.add(row)


def _judge_alone(engine: str, result: Result, limit: dict[str, float], findings: Findings) -> None:
    judge(result, POST, engine, findings)
    wanted = [("bookings", LEAST_SHARE[engine], ""), ("the same, the stretch", STRETCH[engine], "")]
    if "?normal" in limit:
        wanted.append(("the same, limit with synchronous=NORMAL", LEAST_SHARE[engine], "?normal"))
    for what, share, kind in wanted:
        findings.add(
            Row(POST, what, engine, result.rate, "/s", "at least", share, limit[kind], of_share=True)
        )
    findings.add(Row(POST, "half of them take at most", engine, result.milliseconds(50), "ms"))


def _count(instance: Instance, findings: Findings) -> None:
    """Count statements; those of the request that makes the booking are bounded, a hold before it has its target."""
    with counting.a_counter(instance) as counter:
        writes = counting.writes_of_a_booking(counter, instance.date_ids[-1])
    for found in writes:
        is_last = found is writes[-1]
        which = "making the booking" if is_last else "keeping the places"
        rows = (
            (f"statements of the transaction {which}", counting.of_longest_unit(found), is_last),
            (f"statements of the request {which}", counting.counted(found), False),
        )
        for what, number, is_bound in rows:
            row = Row(WHOLE, what, instance.engine, number, "", "at most", MOST_STATEMENTS)
            findings.add(replace(row, is_bound=is_bound))


def rush(instance: Instance, sizes: Sizes, findings: Findings) -> None:
    """Let many people want few places at one moment: none is sold twice, everybody is answered."""
    people, places = sizes.rush
    first = len(instance.dates)
    with instance.machine.inside():
        seed.add_dates(instance.seed, first, first + RUSH_DATES - 1)
        dates = [date["occurrence_id"] for date in seed.bookable(instance.seed)[first:]]
    seats, listed = places // RUSH_DATES, ", ".join(str(one) for one in dates)
    instance.machine.change(
        f"UPDATE occurrence SET seats = {seats}, planned_seats = {seats} WHERE id IN ({listed})",
        f"UPDATE resource SET capacity = {seats} WHERE occurrence_id IN ({listed})",
    )
    clients = min(RUSH_CLIENTS, people)
    result = instance.book(clients=clients, dates=dates, each=people // clients)
    sold = instance.machine.rows(
        "SELECT coalesce(sum(a.quantity), 0) FROM allocation a JOIN resource r ON r.id = a.resource_id"
        f" WHERE r.occurrence_id IN ({listed})"
    )[0][0]
    subject, engine = f"{people:,} people after {places:,} places, {clients} at a time", instance.engine
    rows = (
        Row(subject, "people answered", engine, len(result.latencies), "", "at least", people),
        Row(subject, "places sold", engine, float(sold), "", "at most", places),
        Row(subject, "confirmed beyond the places", engine, max(0, result.done - places), "", "at most", 0),
        Row(subject, "faults of the server", engine, result.failures(), "", "at most", 0),
    )
    for row in rows:
        findings.add(replace(row, is_bound=True))
    findings.add(Row(subject, "19 of 20 have their answer after", engine, result.milliseconds(95), "ms"))


def check(instance: Instance, findings: Findings) -> None:
    """Ask the database whether anything is as it must never be, now that all is over."""
    with instance.machine.inside():
        lines = broken(db.session.connection())
    findings.broken += [f"{instance.engine}: {line}" for line in lines]


def memory(instance: Instance, findings: Findings) -> None:
    """Note how large the web processes are after all that they have done."""
    for number, (resident, proportional) in enumerate(instance.memory(), 1):
        what = f"web process {number}"
        findings.add(Row(MEMORY, f"{what}, resident", instance.engine, resident, "MB"))
        divided = f"{what}, shared parts divided"
        findings.add(Row(MEMORY, divided, instance.engine, proportional, "MB", "at most", MOST_MEGABYTES))


def judge(result: Result, subject: str, engine: str, findings: Findings) -> None:
    """Note faults of the server, and bookings that were refused although there was room."""
    if failures := result.failures():
        findings.broken.append(f"{subject}, {engine}: {failures} answers were faults of the server")
    if result.refused:
        told = dict(result.statuses)
        findings.broken.append(f"{subject}, {engine}: {result.refused} bookings were refused: {told}")
