"""A whole run: which measurements on which databases, one after the other."""

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tools.bench import booking, every_page, free_times, growth, pages, slots, staff_pages
from tools.bench.crowd import ClientsFailed, Crowd, a_crowd
from tools.bench.instance import NoServer, Template, a_template, an_instance
from tools.bench.sizes import Sizes
from tools.bench.table import Findings

ENGINES = ("sqlite", "postgresql")


def run(sizes: Sizes, engines: Iterable[str] = ENGINES) -> Findings:
    """Measure everything and return what was found, also what broke."""
    findings = Findings()
    slots.measure_engine(sizes, findings)
    with a_crowd() as crowd, tempfile.TemporaryDirectory(prefix="booking-bench-") as folder:
        for engine in engines:
            try:
                with a_template(engine, Path(folder) / engine) as template:
                    _on(template, crowd, sizes, findings)
            except NoServer as missing:
                findings.notes.append(str(missing))
            except (ClientsFailed, AssertionError) as fault:
                findings.broken.append(f"{engine}: {fault}")
    return findings


def _on(template: Template, crowd: Crowd, sizes: Sizes, findings: Findings) -> None:
    engine = template.engine
    with an_instance(template, crowd, "booking", sizes) as instance:
        _tell(engine, "bookings, and the limit of the driver")
        booking.measure(template, instance, sizes, findings)
        _tell(engine, "pages")
        pages.measure(instance, sizes, findings)
        _tell(engine, "every page")
        every_page.measure(instance, sizes, findings)
        _tell(engine, "pages of staff")
        staff_pages.measure(instance, sizes, findings)
        _tell(engine, "many clients")
        growth.with_clients(instance, sizes, findings)
        booking.rush(instance, sizes, findings)
        booking.memory(instance, findings)
        booking.check(instance, findings)
    _tell(engine, "many dates, many bookings of the past")
    with an_instance(template, crowd, "growth", sizes, dates=sizes.occurrences[0]) as instance:
        pages.warm_up(instance)
        growth.with_dates(instance, sizes, findings)
        growth.with_history(instance, sizes, findings)
        _tell(engine, "free times")
        free_times.measure(instance, sizes, findings)
        booking.check(instance, findings)


def _tell(engine: str, what: str) -> None:
    print(f"  {engine}: {what} ...", file=sys.stderr, flush=True)
