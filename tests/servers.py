"""A private PostgreSQL for one test run: started on demand, shared by all workers, gone afterwards.

    with postgres_server() as admin_url:
        url = fresh_database(admin_url)
        ...
        drop_database(admin_url, url)

The first who asks starts a keeper (server_process.py), which starts the server. Everyone who uses it holds a
shared lock; the keeper waits for the exclusive one, so it notices when the last user is done *or has been
killed*, stops the server that it started, and removes its folder. Under pytest-xdist all workers meet in one
folder, named after the run.
"""

import fcntl
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, NoReturn

import psycopg
import pytest
from psycopg import sql

from tests import server_process


@contextmanager
def postgres_server() -> Iterator[str]:
    """Give the URL of the administrator's database; skip without a server, or fail where CI is set.

    Meant for a fixture of session scope: who started the server waits at the end until all have left.
    """
    with ExitStack() as leaving:
        folder = _meeting_place()
        with _only_one_starts(folder):
            users = leaving.enter_context((folder / server_process.USERS).open("w"))
            fcntl.flock(users, fcntl.LOCK_SH)
            if not (folder / server_process.URL).exists():
                keeper = _start_keeper(folder)
                leaving.callback(keeper.wait)
            url = (folder / server_process.URL).read_text()
        leaving.callback(fcntl.flock, users, fcntl.LOCK_UN)
        yield url


def fresh_database(admin_url: str, template: str | None = None) -> str:
    """Create an empty database, or a copy of the one at the URL ``template``, and return its URL.

    Nobody may be connected to the template meanwhile: dispose of its engine first.
    """
    name = f"test_{secrets.token_hex(6)}"
    source = _name(template) if template else "template0"
    _administer(
        admin_url,
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)),
    )
    return admin_url.rpartition("/")[0] + "/" + name


def drop_database(admin_url: str, url: str) -> None:
    """Remove a database made by fresh_database, whoever is still connected to it."""
    _administer(
        admin_url, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_name(url)))
    )


def _administer(admin_url: str, statement: sql.Composed) -> None:
    with psycopg.connect(admin_url.replace("+psycopg", "", 1), autocommit=True) as connection:
        connection.execute(statement)


def _name(url: str) -> str:
    return url.rpartition("/")[2].partition("?")[0]


def _meeting_place() -> Path:
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"{os.getpid()}-{secrets.token_hex(4)}"
    folder = Path(tempfile.gettempdir()) / f"booking-postgres-{os.getuid()}-{run}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        _unavailable(f"{folder.name} belongs to somebody else")
    return folder


def _only_one_starts(folder: Path) -> IO[str]:
    """The lock of those who start, held; taken anew when a keeper removed the folder while we waited."""
    while True:
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / server_process.START
        with suppress(FileNotFoundError):
            start = path.open("w")
            fcntl.flock(start, fcntl.LOCK_EX)
            if path.exists() and os.fstat(start.fileno()).st_ino == path.stat().st_ino:
                return start
            start.close()


def _start_keeper(folder: Path) -> subprocess.Popen[str]:
    """Start the process that owns the server, and wait for the line that says how it went."""
    keeper = subprocess.Popen(
        [sys.executable, server_process.__file__, str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the tests; the keeper leaves when they have left
    )
    output: IO[str] | None = keeper.stdout
    assert output is not None
    with output:
        said = output.readline().strip()
    if not (folder / server_process.URL).exists():
        keeper.wait()
        shutil.rmtree(folder)
        _unavailable(said.removeprefix(server_process.FAILED) or "the keeper of the server died")
    return keeper


def _unavailable(why: str) -> NoReturn:
    message = f"PostgreSQL could not be started, so what needs it was not tested: {why}"
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
