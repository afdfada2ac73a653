"""A database of the tables' tests: one migrated copy for each module, whose changes nobody keeps."""

import shutil
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine

from booking.db import engine_options, prepare_engine
from tests.servers import drop_database, fresh_database
from tests.tables.rows import write_first


@pytest.fixture(scope="module")
def copy_url(
    engine: str, template_url: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A copy of the migrated template."""
    if engine == "sqlite":
        path = tmp_path_factory.mktemp("tables") / "booking.sqlite"
        shutil.copyfile(template_url.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
        return
    admin_url = request.getfixturevalue("admin_url")
    url = fresh_database(admin_url, template_url)
    yield url
    drop_database(admin_url, url)


@pytest.fixture(scope="module")
def module_connection(copy_url: str) -> Iterator[Connection]:
    """An open transaction that has written the first rows and is rolled back in the end."""
    engine = create_engine(copy_url, **engine_options(copy_url))
    prepare_engine(engine)
    with engine.connect().execution_options(writes=True) as connection, connection.begin() as everything:
        write_first(connection)
        yield connection
        everything.rollback()
    engine.dispose()


@pytest.fixture
def connection(module_connection: Connection) -> Iterator[Connection]:
    """A savepoint of one test, triggers and tables included."""
    savepoint = module_connection.begin_nested()
    yield module_connection
    savepoint.rollback()
