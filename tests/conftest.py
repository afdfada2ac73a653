"""Fixtures: the application on a migrated database of its own, a stopped clock, and visitors who look at every page."""

import shutil
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from booking.app import create_app
from booking.db import db, unit_of_work
from booking.houses import service as houses
from booking.timekit.clock import StoppedClock
from config import ROOT, Settings
from tests.compiled import Compiled
from tests.reused import ReusedDatabase
from tests.servers import drop_database, fresh_database, postgres_server
from tests.visitors import Visitor

MONDAY = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)  # 10:00 in Leipzig
BOTH_ENGINES = ("tables", "deeds", "races")
BROWSER, RACES = (Path(__file__).parent / name for name in ("browser", "races"))
COMPILED = Compiled()
WAITED = (r"not within \d", "TimeoutError", "ConnectionRefusedError", "ConnectionResetError")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try once more what waits for other processes on a busy machine, and say so (ADR 0020).

    Of a race only the waiting is tried again: what it counted stands.
    """
    for item in items:
        if BROWSER in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))
        elif RACES in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=list(WAITED)))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of tables and deeds on both databases, the others on the embedded one."""
    if "engine" in metafunc.fixturenames:
        wanted: list[object] = ["sqlite"]
        if metafunc.definition.path.parent.name in BOTH_ENGINES:
            wanted.append(pytest.param("postgresql", marks=pytest.mark.postgres))
        metafunc.parametrize("engine", wanted, scope="session")


@pytest.fixture
def clock() -> StoppedClock:
    """A Monday in January, ten o'clock in Leipzig; it moves on request."""
    return StoppedClock(MONDAY)


@pytest.fixture(scope="session")
def admin_url() -> Iterator[str]:
    """The administrator's address of a PostgreSQL that this run started."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def template_url(
    engine: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A migrated database with both houses, to be copied for each test."""
    if engine == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('template') / 'template.sqlite'}"
        _migrate(url)
        yield url
        return
    admin_url = request.getfixturevalue("admin_url")
    url = fresh_database(admin_url)
    _migrate(url)
    yield url
    drop_database(admin_url, url)


@pytest.fixture(scope="session")
def reused(engine: str, template_url: str, request: pytest.FixtureRequest) -> Iterator[ReusedDatabase | None]:
    """The database that the tests on PostgreSQL use one after the other."""
    if engine == "sqlite":
        yield None
        return
    database = ReusedDatabase(request.getfixturevalue("admin_url"), template_url)
    yield database
    database.drop()


@pytest.fixture
def database_url(template_url: str, reused: ReusedDatabase | None, tmp_path: Path) -> Iterator[str]:
    """What the template holds, for one test."""
    if reused is None:
        shutil.copyfile(template_url.removeprefix("sqlite:///"), tmp_path / "booking.sqlite")
        yield f"sqlite:///{tmp_path / 'booking.sqlite'}"
        return
    with reused.lent() as url:
        yield url


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a test: mail is kept in a folder, the public address is the one of the test client."""
    return settings_for(database_url, tmp_path)


@pytest.fixture
def app(settings: Settings, clock: StoppedClock) -> Iterator[Flask]:
    """The application, with its context open."""
    made = create_app(settings, clock=clock)
    made.jinja_env.bytecode_cache = COMPILED
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody with a browser who looks at every page; speaks German unless told otherwise."""
    return Visitor(app)


def settings_for(database_url: str, folder: Path, **more: str) -> Settings:
    """Return settings of the test environment."""
    environment = {
        "APP_ENV": "test",
        "DATABASE_URL": database_url,
        "VAR_FOLDER": str(folder / "var"),
        "PUBLIC_URL": "http://localhost",
        "SECRET_KEY": "a secret of the tests that is long enough to be one",
    }
    return Settings.from_env(environment | more)


def _migrate(url: str) -> None:
    made = create_app(settings_for(url, Path("/nonexistent")), clock=StoppedClock(MONDAY))
    with made.app_context():
        upgrade()
        for path in sorted((ROOT / "houses").glob("*.toml")):
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            unit_of_work(lambda: houses.load(data))  # noqa: B023 - called at once
        db.session.remove()
        if made.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
