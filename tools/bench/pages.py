"""Public pages: how many a second, new, again and as "you have it still"; what they cost; how many statements."""

from dataclasses import dataclass

from tools.bench import counting, seed
from tools.bench.booking import CLIENTS, judge
from tools.bench.instance import Instance
from tools.bench.sizes import Sizes
from tools.bench.table import Findings, Row

NOTHING = "/livez"  # what answering costs when there is nothing to say: the limit of every page


@dataclass(frozen=True, slots=True)
class Page:
    """A page with the most statements it may need, and whether it is one with a target of its own."""

    name: str
    path: str
    most_statements: int
    has_target: bool = False


def pages(instance: Instance) -> list[Page]:
    """Return the pages that visitors read most."""
    date_id = instance.date_ids[len(instance.dates) // 2]
    return [
        Page("programme, 56 dates", "/de/programm", 6, has_target=True),
        Page("offering, 60 dates", f"/de/angebote/{seed.OFFERING}-0", 4),
        Page("date", f"/de/termine/{date_id}", 4),
        Page("start", "/de/", 7),
    ]


def warm_up(instance: Instance) -> None:
    """Let every process show every page before anything counts."""
    instance.get([page.path for page in pages(instance)], clients=CLIENTS, each=instance.sizes.warm_up * 2)


def measure(instance: Instance, sizes: Sizes, findings: Findings) -> None:
    """Measure every page, as a share of what an empty answer takes."""
    engine = instance.engine
    warm_up(instance)
    limit = instance.get([NOTHING], seconds=sizes.seconds / 2, clients=CLIENTS, kind="again").rate
    for page in pages(instance):
        for kind, target in (("new", 400), ("again", None), ("304", 2000)):
            subject, cpu = f"Public pages, {CLIENTS} clients: {page.name}", instance.cpu_seconds()
            result = instance.get([page.path], seconds=sizes.seconds / 2, clients=CLIENTS, kind=kind)
            cpu = (instance.cpu_seconds() - cpu) / max(1, len(result.latencies)) * 1000
            judge(result, subject, engine, findings)
            wanted = target if page.has_target else None
            findings.add(
                Row(subject, f"answers, {kind}", engine, result.rate, "/s", "at least", wanted, limit)
            )
            findings.add(
                Row(subject, f"half of them take at most, {kind}", engine, result.milliseconds(50), "ms")
            )
            findings.add(Row(subject, f"CPU of the web processes, {kind}", engine, cpu, "ms"))
    _count(instance, findings)


def _count(instance: Instance, findings: Findings) -> None:
    with counting.a_counter(instance) as counter:
        for page in pages(instance):
            subject, found = f"Public pages, {CLIENTS} clients: {page.name}", counter.of_page(page.path)
            findings.add(
                Row(
                    subject,
                    "statements",
                    instance.engine,
                    found,
                    "",
                    "at most",
                    page.most_statements,
                    is_bound=True,
                )
            )
