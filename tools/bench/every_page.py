"""What one answer of every sort of public page costs the cores: drawn anew, and as "you have it still"."""

from collections.abc import Mapping

from tests.builders import a_topic
from tests.hours import a_consultation, an_expert
from tools.bench import counting, seed
from tools.bench.booking import CLIENTS, judge
from tools.bench.flow import Walk
from tools.bench.http_line import Answer
from tools.bench.instance import Instance
from tools.bench.sizes import Sizes
from tools.bench.table import Findings, Row

TOPIC, CONSULTATION = "bench-topic", "bench-talk"
SUBJECT = "Public pages: CPU of the web processes for one answer"
MOST_STATEMENTS = (
    40  # of any page, however much there is; tests/web/test_page_statements.py holds them constant
)


def measure(instance: Instance, sizes: Sizes, findings: Findings) -> None:
    """Measure each page for a while by all clients, and count its statements."""
    with instance.machine.inside():
        _add_what_pages_show()
    shown = paths(instance, _manage_path(instance))
    for name, path in shown.items():
        kinds = ("new",) if path.startswith(("/de/buchung/", "/de/termine/")) else ("new", "304")
        instance.get([path], clients=CLIENTS, each=2)
        for kind in kinds:
            before = instance.cpu_seconds()
            result = instance.get([path], seconds=sizes.seconds / 2, clients=CLIENTS, kind=kind)
            cpu = (instance.cpu_seconds() - before) / max(1, len(result.latencies)) * 1000
            judge(result, f"{SUBJECT}: {name}", instance.engine, findings)
            findings.add(Row(SUBJECT, f"{name}, {kind}", instance.engine, cpu, "ms"))
    _count(instance, shown, findings)


def paths(instance: Instance, manage: str) -> Mapping[str, str]:
    """Return the pages that are measured, by name; those of tools/bench/pages.py are measured there, too."""
    date = f"/de/termine/{instance.date_ids[len(instance.dates) // 2]}"
    return {
        "start": "/de/",
        "start, easy language": "/ls/",
        "programme, list": "/de/programm",
        "programme, month": "/de/programm?view=month",
        "programme, filtered": "/de/programm?kind=tour&part=morning&people=2",
        "offerings": "/de/angebote",
        "offering": f"/de/angebote/{seed.OFFERING}-0",
        "topic": f"/de/themen/{TOPIC}",
        "visit": "/de/besuch",
        "consultations": "/de/sprechstunden",
        "free times": f"/de/angebote/{CONSULTATION}/zeiten",
        "date": date,
        "first form": f"{date}/buchen",
        "manage": manage,
        "privacy": "/de/datenschutz",
        "today, on a screen": "/de/heute",
        "list for a frame": "/de/einbetten",
        "calendar feed, all dates": "/de/programm.ics",
        "calendar feed, one offering": f"/de/programm.ics?offering={seed.OFFERING}-0",
        "news feed": "/de/programm.atom",
        "map of the site": "/sitemap.xml",
    }


def _add_what_pages_show() -> None:
    a_topic(key=TOPIC)
    offering_id = a_consultation(key=CONSULTATION, media=("on_site", "video"))
    an_expert(offering_id, "mon-fri 09:00-17:00")


def _manage_path(instance: Instance) -> str:
    """Book a date, and return the page on which its booker sees it."""
    asked: list[str] = []
    with counting.a_counter(instance) as counter:

        def send(method: str, path: str, body: str) -> Answer:
            asked.append(path)
            return counter.send(method, path, body)

        if not Walk(send).book(f"/de/termine/{instance.date_ids[-1]}", "every-page@example.org"):
            raise AssertionError("a booking whose page was to be measured was refused")
    return asked[-1].removesuffix("/fertig")


def _count(instance: Instance, shown: Mapping[str, str], findings: Findings) -> None:
    subject = "Public pages: statements"
    with counting.a_counter(instance) as counter:
        for name, path in shown.items():
            found = counter.of_page(path)
            findings.add(
                Row(subject, name, instance.engine, found, "", "at most", MOST_STATEMENTS, is_bound=True)
            )
