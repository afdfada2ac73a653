"""Instances to be measured: a database with dates, the web server as `flask serve` starts it, and what it costs."""

import io
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from booking.cli.serve import HEAP
from tests.machines import Machine, copied
from tests.servers import drop_database, fresh_database, postgres_server
from tools.bench import seed
from tools.bench.crowd import Crowd, Result
from tools.bench.seed import Seed
from tools.bench.sizes import Sizes

WEB_PROCESSES, THREADS = 2, 4
SETTINGS = {"BOOKINGS_PER_CLIENT": "1000000", **HEAP}
LONG, MANY = 600.0, 1_000_000
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Template:
    """A migrated database, to be copied for each measurement."""

    engine: str
    url: str
    seed: Seed
    folder: Path
    admin_url: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Instance:
    """A copy of the template; its web processes once they are started."""

    engine: str
    machine: Machine
    seed: Seed
    dates: list[dict[str, int]]
    crowd: Crowd
    sizes: Sizes

    @property
    def date_ids(self) -> list[int]:
        """The dates that can be booked."""
        return [date["occurrence_id"] for date in self.dates]

    def get(
        self,
        paths: list[str],
        *,
        clients: int,
        seconds: float = LONG,
        each: int = MANY,
        kind: str = "new",
        cookies: Mapping[str, str] | None = None,
    ) -> Result:
        """Ask for pages, one after the other, for so long or until each client has asked so often.

        ``kind``  "new": each time with a query of its own, so that nobody can remember the answer;
                  "again": as others asked just now; "304": the same, by somebody who has it still
        ``cookies``  of a sign-in, for pages of staff
        """
        job = {"kind": "get", "port": self.machine.port, "seconds": seconds, "each": each}
        how = {"anew": kind == "new", "conditional": kind == "304", "cookies": dict(cookies or {})}
        return self.crowd.run(job | {"paths": paths} | how, clients=clients)

    def book(
        self, *, clients: int, seconds: float = LONG, each: int = MANY, dates: list[int] | None = None
    ) -> Result:
        """Let people book from the page of a date to the end, for so long or until each has tried so often."""
        job = {"kind": "book", "port": self.machine.port, "seconds": seconds, "each": each}
        return self.crowd.run(job | {"dates": dates or self.date_ids}, clients=clients)

    def send(self, forms: int, *, clients: int) -> Result:
        """Send so many forms that make bookings; opening them is not measured."""
        job = {"kind": "send", "port": self.machine.port, "each": max(1, forms // clients)}
        return self.crowd.run(job | {"dates": self.date_ids}, clients=clients)

    @contextmanager
    def unguarded(self) -> Iterator[None]:
        """Write many rows that are known to be right, in an application context, past the guards."""
        self.machine.drop_guards()
        with self.machine.inside():
            yield
        self.machine.install_guards()
        if self.engine == "postgresql":
            self.machine.change("ANALYZE")  # as its own housekeeping does after a while

    def cpu_seconds(self) -> float:
        """Return what the web processes have used of the cores, with those that were replaced."""
        living = self.web_processes()
        replaced = sum(_cpu_seconds(pid, of_children=True) for pid in {_parent(one) for one in living})
        return replaced + sum(_cpu_seconds(pid) for pid in living)

    def memory(self) -> list[tuple[float, float]]:
        """Return resident and proportional megabytes of each web process."""
        return [_megabytes(pid) for pid in self.web_processes()]

    def web_processes(self) -> list[int]:
        """Return the processes that answer; whoever started them does not."""
        ours = set(self.machine.processes())
        parents = {pid: _parent(pid) for pid in ours}
        return sorted(pid for pid, parent in parents.items() if parent in ours)


@contextmanager
def a_template(engine: str, folder: Path) -> Iterator[Template]:
    """A template with one date on ``sqlite`` or ``postgresql``; raises NoServer where there is none."""
    with ExitStack() as stack:
        server = stack.enter_context(_a_server()) if engine == "postgresql" else ""
        url = fresh_database(server) if server else f"sqlite:///{folder / 'template.sqlite'}"
        if server:
            stack.callback(drop_database, server, url)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        machine = Machine(url, folder)
        with machine.inside() as clock:
            seed.migrate_and_load()
            first = seed.first_rows(clock)
        yield Template(engine, url, first, folder, lambda: server)


class NoServer(Exception):
    """There is no PostgreSQL to be measured."""


@contextmanager
def _a_server() -> Iterator[str]:
    """The private PostgreSQL of the tests, whose way to say that it is missing is to skip."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(postgres_server())
        except (pytest.skip.Exception, pytest.fail.Exception) as missing:
            raise NoServer(str(missing)) from missing
        yield url


@contextmanager
def an_instance(
    template: Template, crowd: Crowd, name: str, sizes: Sizes, *, dates: int = 0, serves: bool = True
) -> Iterator[Instance]:
    """A copy of the template under a name, with so many dates; with its web server unless told otherwise."""
    folder = template.folder / name
    folder.mkdir()
    with copied(template.url, folder, template.admin_url) as url, _a_machine(url, folder) as machine:
        with machine.inside():
            seed.add_dates(template.seed, 1, (dates or sizes.dates) - 1)
            ahead = seed.bookable(template.seed)
        instance = Instance(template.engine, machine, template.seed, ahead, crowd, sizes)
        if serves:
            machine.start_web(workers=WEB_PROCESSES, threads=THREADS)
            machine.wait_for("/readyz")
            _warm_up(instance)
        yield instance


@contextmanager
def _a_machine(url: str, folder: Path) -> Iterator[Machine]:
    """A machine that shows its log only when something went wrong."""
    machine = Machine(url, folder, more=SETTINGS)
    try:
        yield machine
    except BaseException:
        machine.end()
        raise
    with redirect_stdout(io.StringIO()):
        machine.end()


def _warm_up(instance: Instance) -> None:
    """Let every process compile its templates and statements before anything counts."""
    instance.book(clients=8, each=instance.sizes.warm_up)


def _cpu_seconds(pid: int, *, of_children: bool = False) -> float:
    """Return the seconds of a process, or those of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system = fields[13:15] if of_children else fields[11:13]
    return (int(user) + int(system)) / _TICKS


def _megabytes(pid: int) -> tuple[float, float]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    told = {name: rest.split()[0] for name, _, rest in (line.partition(":") for line in lines)}
    return int(told["Rss"]) / 1024, int(told["Pss"]) / 1024


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
