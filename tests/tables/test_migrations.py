"""Migrations: one line of revisions, each with its way back, and in the end what the models say."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, MetaData, func, select, text
from sqlalchemy import table as lean_table

from booking.app import create_app
from booking.db import db
from booking.schedule.guard import GUARDS
from booking.tables import metadata
from config import ROOT
from tests.conftest import settings_for
from tests.house.source_checks import imports_of
from tests.servers import drop_database, fresh_database
from tests.tables.rows import write_first
from tests.tables.shape import differences, shape, tables_of

SCRIPTS = ScriptDirectory(str(ROOT / "migrations"))
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]


@pytest.fixture
def empty(engine, tmp_path, clock, request) -> Iterator[None]:
    """An application, its context open, whose database has no table yet."""
    admin_url = request.getfixturevalue("admin_url") if engine == "postgresql" else ""
    url = fresh_database(admin_url) if admin_url else f"sqlite:///{tmp_path / 'empty.sqlite'}"
    with create_app(settings_for(url, tmp_path), clock=clock).app_context():
        yield
        db.session.remove()
        db.engine.dispose()
    if admin_url:
        drop_database(admin_url, url)


def connected(deed):
    """Do a deed on a connection of its own, and keep what it wrote."""
    with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        return deed(connection)


def counted(connection):
    count = select(func.count())
    return {
        name: connection.execute(count.select_from(lean_table(name))).scalar()
        for name in tables_of(connection)
    }


def build(models):
    """Create the tables of the metadata and return their shape."""

    def deed(connection):
        models.create_all(connection)
        return shape(connection)

    return connected(deed)


def test_there_is_one_line_of_revisions_and_its_end_is_written_down():
    assert SCRIPTS.get_heads() == [(ROOT / "migrations" / "HEAD").read_text().strip()]
    assert [script.down_revision for script in SCRIPTS.walk_revisions()] == [*reversed(REVISIONS[:-1]), None]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "migrations" / "versions").glob("*.py")), ids=lambda p: p.stem
)
def test_a_migration_imports_nothing_of_ours(path):
    assert list(imports_of(path.read_text(), "booking")) == []
    assert list(imports_of(path.read_text(), "config")) == []


def test_each_revision_goes_up_down_and_up_again_with_rows_in_the_tables(empty):
    shapes: dict[str, Any] = {}
    rows: dict[str, Any] = {}
    before = "base"
    for revision in REVISIONS:
        upgrade(revision=revision)
        known = set(rows)
        connected(lambda connection: write_first(connection, known=known))  # noqa: B023 - called at once
        shapes[revision], rows = connected(shape), connected(counted)

        downgrade(revision=before)
        assert connected(shape) == shapes.get(before, {})
        assert connected(counted) == {name: count for name, count in rows.items() if name in known}

        upgrade(revision=revision)
        assert connected(shape) == shapes[revision]
        connected(lambda connection: write_first(connection, known=known))  # noqa: B023 - called at once
        assert connected(counted) == rows
        before = revision
    assert all(rows.values())


def test_what_the_journal_told_of_access_needs_is_deleted(empty):
    upgrade(revision="0007")
    connected(lambda connection: write_first(connection, known=set()))
    row = "SELECT house_id, happened_at, actor, '{}', object_kind, object_id, counts FROM event"
    columns = "house_id, happened_at, actor, deed, object_kind, object_id, counts"
    for deed in ("access.asked", "access.changed", "access.arranged"):
        insert = text(f"INSERT INTO event ({columns}) {row.format(deed)} LIMIT 1")
        connected(lambda connection: connection.execute(insert))  # noqa: B023 - called at once

    upgrade(revision="0008")

    deeds = connected(
        lambda connection: {deed for (deed,) in connection.execute(text("SELECT deed FROM event"))}
    )
    assert {deed for deed in deeds if deed.startswith("access.")} == {"access.arranged"}


def test_links_to_what_people_told_go_with_it_and_the_others_stay(empty):
    upgrade(revision="0008")
    connected(lambda connection: write_first(connection, known=set()))
    columns = "house_id, subject_id, created_at, expires_at"
    voice = text(
        f"INSERT INTO link (id, purpose, {columns}) SELECT :id, 'voice', {columns} FROM link LIMIT 1"
    )
    connected(lambda connection: connection.execute(voice, {"id": "v" * 22}))

    downgrade(revision="0007")
    upgrade(revision="0008")

    left = connected(lambda connection: list(connection.execute(text("SELECT purpose FROM link")).scalars()))
    assert left == ["manage"]


def test_the_models_and_the_migrations_make_the_same_database(empty, copy_shape):
    built = build(metadata)

    assert differences(built, copy_shape) == []
    assert len([name for name in built if name.startswith("program / ")]) >= len(GUARDS)


def test_a_check_that_only_the_models_have_is_noticed(empty, copy_shape):
    models = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(models)
    models.tables["booking"].append_constraint(CheckConstraint("sequence < 99", name="never_too_often"))

    noticed = [line.split(": ")[0] for line in differences(build(models), copy_shape)]

    assert [name for name in noticed if not name.startswith("program / ")] == [
        "booking / check / ck_booking_never_too_often"
    ]
    assert len(noticed) > len(GUARDS), "the guards hang on the original metadata, and not on its copy"


def test_what_a_migration_forgets_is_noticed(connection, copy_shape):
    on_table = "" if connection.dialect.name == "sqlite" else " ON allocation"
    connection.execute(text("DROP INDEX ix_booking_email"))
    connection.execute(text(f"DROP TRIGGER {GUARDS[0]}{on_table}"))
    connection.execute(text("ALTER TABLE house ADD COLUMN motto VARCHAR NOT NULL DEFAULT ''"))

    found = [line.split(": ")[0] for line in differences(shape(connection), copy_shape)]

    assert found == ["booking / index / ix_booking_email", "house / column / motto", f"program / {GUARDS[0]}"]


def test_alembic_finds_nothing_to_do(connection):
    context = MigrationContext.configure(connection, opts={"compare_type": True})

    assert compare_metadata(context, metadata) == []


@pytest.fixture
def copy_shape(connection):
    """The shape of the migrated database."""
    return shape(connection)
