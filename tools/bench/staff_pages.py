"""Pages of staff with much to show: how many a second, what one costs the cores, how many statements."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from booking.db import unit_of_work
from booking.journal import service as journal
from booking.people import signing_in
from booking.people.permissions import Acting
from booking.timekit.clock import StoppedClock
from booking.timekit.instants import local_date
from tests.staff import a_staff
from tools.bench import counting
from tools.bench.booking import CLIENTS, judge
from tools.bench.instance import Instance
from tools.bench.sizes import Sizes
from tools.bench.table import Findings, Row

SUBJECT = "Pages of staff"
COOKIE = "staff"  # of an address without TLS
MOST_STATEMENTS = 40  # of any page, however much there is; tests/web/staff holds them constant
PAGES: Mapping[str, str] = {
    "today": "/de/intern/",
    "bookings": "/de/intern/buchungen",
    "day plan": "/de/intern/tag?day={day}",
    "week plan": "/de/intern/tag?day={day}&span=week",
    "day sheet": "/de/intern/tagesliste?day={day}",
    "arrivals": "/de/intern/ankunft?day={day}",
    "dates": "/de/intern/termine",
    "offerings": "/de/intern/angebote",
    "rooms and equipment": "/de/intern/raeume-und-geraete",
    "hosts": "/de/intern/personen",
    "people": "/de/intern/team",
    "closures": "/de/intern/schliesstage",
    "feedback": "/de/intern/rueckmeldungen",
    "access needs": "/de/intern/bedarfe",
    "outbox": "/de/intern/postausgang",
    "history": "/de/intern/verlauf",
}
"""Every list and view of a day that staff open, by name."""


def measure(instance: Instance, sizes: Sizes, findings: Findings) -> None:
    """Measure each page for a while by all clients, who are one coordinator, and count its statements."""
    with instance.machine.inside() as clock:
        token = _sign_in(instance, clock)
        shown = paths(clock)
    cookies = {COOKIE: token}
    for name, path in shown.items():
        instance.get([path], clients=CLIENTS, each=2, cookies=cookies)
        before = instance.cpu_seconds()
        result = instance.get([path], seconds=sizes.seconds / 2, clients=CLIENTS, cookies=cookies)
        cpu = (instance.cpu_seconds() - before) / max(1, len(result.latencies)) * 1000
        subject = f"{SUBJECT}, {CLIENTS} clients: {name}"
        judge(result, subject, instance.engine, findings)
        findings.add(Row(subject, "answers", instance.engine, result.rate, "/s"))
        findings.add(
            Row(subject, "half of them take at most", instance.engine, result.milliseconds(50), "ms")
        )
        findings.add(Row(subject, "CPU of the web processes", instance.engine, cpu, "ms"))
    _count(instance, shown, token, findings)


def paths(clock: StoppedClock) -> Mapping[str, str]:
    """Return the paths of the pages by name, those of a day for tomorrow."""
    tomorrow = local_date(clock() + timedelta(days=1), "Europe/Berlin")
    return {name: path.format(day=tomorrow) for name, path in PAGES.items()}


def _sign_in(instance: Instance, clock: StoppedClock) -> str:
    """Let somebody run everything, with a history of events, and return the token of the sign-in."""
    coordinator = a_staff("coordinator", "admin")
    unit_of_work(partial(_write_history, instance.date_ids, coordinator, clock))
    return unit_of_work(lambda: signing_in.sign_in(coordinator.staff_id, now=clock()))


def _write_history(date_ids: list[int], coordinator: Acting, clock: StoppedClock) -> None:
    for number in range(200):
        journal.record(
            "occurrence.changed",
            house_id=coordinator.house_id,
            actor=coordinator.actor,
            object_kind="occurrence",
            object_id=date_ids[number % len(date_ids)],
            now=clock() - timedelta(minutes=number),
            changes={"seats": [15, 12]},
        )


def _count(instance: Instance, shown: Mapping[str, str], token: str, findings: Findings) -> None:
    with counting.a_counter(instance) as counter:
        counter.client.set_cookie(COOKIE, token, domain="127.0.0.1")
        for name, path in shown.items():
            subject, found = f"{SUBJECT}, {CLIENTS} clients: {name}", counter.of_page(path)
            findings.add(
                Row(
                    subject,
                    "statements",
                    instance.engine,
                    found,
                    "",
                    "at most",
                    MOST_STATEMENTS,
                    is_bound=True,
                )
            )
