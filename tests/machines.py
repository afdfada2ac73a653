"""Machines: real instances on loopback, with processes of their own that can be killed, and what they wrote."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from booking.app import create_app
from booking.db import db, unit_of_work
from booking.reports.invariants import broken
from booking.schedule import guard
from booking.timekit.clock import StoppedClock, system_clock
from config import ROOT, Settings
from tests.browsers import Browser
from tests.servers import drop_database, fresh_database

START_SECONDS, END_SECONDS = 90.0, 20.0
SQLITE = "sqlite:///"
PATIENT = "booking.web.patience.PatientWorker"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Machine:
    """An instance: its database, its folder, its port, and the processes that we started in it."""

    url: str
    folder: Path
    mail_port: int = 9  # nobody listens there
    more: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    _started: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """Everything that the processes know; VAR_FOLDER is ours alone and marks them."""
        return {
            "PATH": os.environ["PATH"],
            "APP_ENV": "test",
            "DATABASE_URL": self.url,
            "VAR_FOLDER": str(self.folder / "var"),
            "PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "PORT": str(self.port),
            "SECRET_KEY": "a secret of the tests that is long enough to be one",
            "MAIL_SERVER": "127.0.0.1",
            "MAIL_PORT": str(self.mail_port),
            "BOOKINGS_PER_CLIENT": "100000",
            "HOLDS_PER_CLIENT": "100000",
            "RUSH": "100000",
            "PYTHONUNBUFFERED": "1",
        } | self.more

    # ------------------------------------------------------------- processes

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        """Start a Python module in a session of its own; its output goes to the log."""
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._started.append(process)
        return process

    def start_web(self, *, workers: int = 2, threads: int = 4) -> "subprocess.Popen[bytes]":
        """Start the web server as docs/operating.md does, without waiting for it."""
        kind = (
            f"--worker-class {PATIENT} --workers {workers} --threads {threads} --preload --no-control-socket"
        )
        bind = f"--bind 127.0.0.1:{self.port} --graceful-timeout 5 --worker-tmp-dir /dev/shm"
        return self.start("gunicorn", "wsgi:app", *kind.split(), *bind.split())

    def start_worker(self) -> "subprocess.Popen[bytes]":
        return self.start("flask", "--app", "wsgi:app", "worker")

    def serve(self, *options: str) -> "subprocess.Popen[bytes]":
        return self.start("flask", "--app", "wsgi:app", "serve", *options)

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a flask command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi:app", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def check_invariants(self) -> None:
        """Do what ``flask check invariants`` does, in this process."""
        with self.inside():
            assert broken(db.session.connection()) == []

    def processes(self) -> list[int]:
        """Return every process of this machine, also those that its processes started."""
        mark = f"VAR_FOLDER={self.folder / 'var'}".encode()
        return [pid for pid in _all_pids() if mark in _environment_of(pid).split(b"\0")]

    def children_of(self, pid: int) -> list[int]:
        """Return the processes that one of ours started."""
        return [one for one in self.processes() if _parent_of(one) == pid]

    def end(self) -> None:
        """End what was started here, gently and then not; leave the end of the log for a failing test."""
        for process in self._started:
            if process.poll() is None:
                process.terminate()
        wait_until(lambda: not self.processes(), seconds=END_SECONDS, fails=False)
        for pid in self.processes():
            kill(pid)
        for process in self._started:
            process.wait(END_SECONDS)
        self._started.clear()
        print(*self.complaints(), *self.log().splitlines()[-60:], sep="\n")

    # -------------------------------------------------------------- watching

    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def complaints(self, most: int = 3, lines: int = 60) -> list[str]:
        """Return the first errors of the log, each with what follows it; a traceback stands there."""
        log = self.log().splitlines()
        found = [number for number, line in enumerate(log) if " ERROR " in line][:most]
        return [line for number in found for line in log[number : number + lines]]

    def browser(self, **wanted: Any) -> Browser:
        return Browser(self.port, **wanted)

    def answers(self, path: str, status: int = 200) -> bool:
        with suppress(OSError, http.client.HTTPException):
            return self.browser().get(path).status == status
        return False

    def wait_for(self, path: str, status: int = 200) -> None:
        wait_until(lambda: self.answers(path, status), seconds=START_SECONDS)

    # ------------------------------------------------------------- the data

    @contextmanager
    def inside(self) -> Iterator[StoppedClock]:
        """The application in this process, for builders, with a clock that stands at this moment."""
        clock = StoppedClock(system_clock())
        app = create_app(Settings.from_env(self.environment), clock=clock)
        with app.app_context():
            yield clock
            db.session.remove()
            db.engine.dispose()

    def rows(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        """Ask the database."""
        with self.inside():
            return unit_of_work(lambda: [tuple(row) for row in db.session.execute(text(query), values)])

    def change(self, *statements: str) -> None:
        """Change the database behind the back of the application."""
        with self.inside():
            unit_of_work(lambda: [db.session.execute(text(one)) for one in statements])

    def drop_guards(self) -> None:
        """Take the triggers away, as a forgotten step of a migration would."""
        if self.url.startswith(SQLITE):
            self.change(*(f"DROP TRIGGER {name}" for name in guard.GUARDS))
        else:
            tables = ("allocation", "allocation", "allocation", "resource")
            self.change(*(f"DROP TRIGGER {a} ON {b}" for a, b in zip(guard.GUARDS, tables, strict=True)))

    def install_guards(self) -> None:
        kept = guard.SQLITE if self.url.startswith(SQLITE) else guard.POSTGRESQL
        self.change(*(one for one in kept if one.startswith("CREATE TRIGGER")))


@contextmanager
def a_machine(url: str, folder: Path, **wanted: Any) -> Iterator[Machine]:
    """A machine without any process yet; all that are started in it end with it."""
    machine = Machine(url, folder, **wanted)
    try:
        yield machine
    finally:
        machine.end()


@contextmanager
def copied(template_url: str, folder: Path, admin_url: Callable[[], str]) -> Iterator[str]:
    """A copy of the template for one machine."""
    if template_url.startswith(SQLITE):
        shutil.copyfile(template_url.removeprefix(SQLITE), folder / "booking.sqlite")
        yield f"{SQLITE}{folder / 'booking.sqlite'}"
        return
    url = fresh_database(admin_url(), template_url)
    yield url
    drop_database(admin_url(), url)


def wait_until(is_true: Callable[[], bool], *, seconds: float, fails: bool = True) -> None:
    """Ask again and again; fail when it does not come true in time."""
    ends = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > ends:
            assert not fails, f"not within {seconds} s"
            return
        time.sleep(0.05)


def kill(pid: int) -> None:
    """End one of our own processes with kill -9."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _all_pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]


def _environment_of(pid: int) -> bytes:
    """What a process was started with; a dead or foreign one has none."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/environ").read_bytes()
    return b""


def _parent_of(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0
