"""The database goes away, is locked or lacks its guards: a clear 503, and recovery without a restart."""

import sqlite3
import tomllib
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from flask_migrate import upgrade

from booking.db import unit_of_work
from booking.houses import service as houses
from config import ROOT
from tests.browsers import Answer, in_turns
from tests.builders import an_occurrence
from tests.machines import Machine, a_machine, wait_until
from tests.races.own_postgres import own_postgres

pytestmark = pytest.mark.race

PAGES = ("/de/", "/de/programm", "/en/programme")


def is_a_clear_503(answer: Answer) -> None:
    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"
    for words in ("Im Moment nicht erreichbar", "Not available at the moment"):
        assert words in answer.text
    for internal in ("Traceback", "psycopg", "sqlite", "sqlalchemy"):
        assert internal not in answer.text


def a_date(machine: Machine) -> int:
    with machine.inside() as clock:
        return an_occurrence(clock, seats=50)


def fill(machine: Machine) -> None:
    """Bring an empty database to what the template has."""
    with machine.inside():
        upgrade(directory=str(ROOT / "migrations"))
        data = tomllib.loads((ROOT / "houses" / "leipzig.toml").read_text(encoding="utf-8"))
        unit_of_work(lambda: houses.load(data))


@pytest.fixture
def server():
    with own_postgres() as made:
        yield made


@pytest.fixture
def machine_of(server, tmp_path, mailroom):
    """A machine on the server that this test may stop."""
    with a_machine(server.url, tmp_path, mail_port=mailroom.port) as made:
        fill(made)
        yield made


def both_forms(machine):
    """Return the first form of a date, and the second one of another: open, filled in, not sent."""
    first, other = (
        machine.browser().form_of(a_date(machine)).fill(f"visitor-{n}@example.org") for n in range(2)
    )
    return first, other.second(other.send())


@pytest.mark.postgres
def test_postgresql_is_restarted_under_people_who_book(server, machine_of, mailroom):
    machine = machine_of
    web, worker = machine.start_web(), machine.start_worker()
    machine.wait_for("/readyz")
    first, form = both_forms(machine)
    processes = machine.children_of(web.pid)

    server.stop()

    for page in PAGES:
        is_a_clear_503(machine.browser().get(page))
    for one in (first, form):
        is_a_clear_503(one.send())
    assert machine.answers("/livez", 200)
    assert machine.answers("/readyz", 503)

    server.start()

    wait_until(lambda: all(machine.answers(page) for page in PAGES), seconds=10)
    assert machine.answers("/readyz", 200)
    assert form.send().status == 303, "the form that was open all the time still books"
    assert first.book().status == 303, "and the other one still keeps places"
    assert machine.children_of(web.pid) == processes
    wait_until(lambda: bool(mailroom.box.letters), seconds=20)
    assert worker.poll() is None


@pytest.mark.postgres
def test_postgresql_is_frozen_and_thaws(server, machine_of):
    """It takes connections and says nothing; everybody is told so, and no thread waits for ever."""
    machine = machine_of
    machine.start_web(workers=1)
    machine.wait_for("/de/")

    with server.frozen():
        asked = [f"{page}?n={number}" for page in PAGES for number in range(4)]  # nobody remembers an answer
        answers = in_turns(asked, lambda page: machine.browser().get(page), people=12)
        for answer in answers:
            is_a_clear_503(answer)
        assert machine.answers("/livez", 200)

    wait_until(lambda: all(machine.answers(page) for page in PAGES), seconds=10)


@pytest.mark.postgres
def test_a_web_server_that_starts_before_its_database(server, machine_of, tmp_path):
    machine = machine_of
    server.stop()
    machine.start_web()
    machine.wait_for("/livez")

    is_a_clear_503(machine.browser().get("/de/"))
    served = Machine(machine.url, tmp_path).run("serve")
    assert served.returncode == 1
    assert "The database cannot be used" in served.stderr
    assert "Traceback" not in served.stderr

    server.start()
    machine.wait_for("/de/")


def test_sqlite_is_locked_by_a_long_writer(serving):
    if not serving.url.startswith("sqlite"):
        pytest.skip("PostgreSQL has no single writer")
    first, form = both_forms(serving)
    path = serving.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as writer, ThreadPoolExecutor(1) as other:
        writer.execute("BEGIN IMMEDIATE")
        for one in (first, form):
            sending = other.submit(one.send)
            assert all(serving.answers(page) for page in PAGES), "people still read"
            is_a_clear_503(sending.result())
        assert serving.answers("/livez", 200)
        writer.execute("ROLLBACK")

    assert form.send().status == 303
    assert serving.rows("SELECT count(*) FROM booking") == [(1,)]
    assert first.book().status == 303


def test_nobody_is_served_without_the_guards(machine, tmp_path):
    machine.drop_guards()
    machine.start_web()
    machine.wait_for("/readyz", 503)

    is_a_clear_503(machine.browser().get("/de/"))
    assert "allocation_within_capacity_on_insert" in machine.browser().get("/readyz").text
    assert machine.answers("/livez", 200)
    served = Machine(machine.url, tmp_path).run("serve")
    assert served.returncode == 1
    assert "guards against double booking" in served.stderr

    machine.install_guards()
    machine.wait_for("/de/")
    assert machine.answers("/readyz", 200)
