"""Every constraint: a row that fits is accepted, and refused by name when exactly one thing is wrong."""

import pytest
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from booking.db import constraint_name
from booking.tables import metadata
from tests.tables.broken_rows import BESIDE, BREAKS, IMPLIED
from tests.tables.rows import FURTHER, write

NOBODY = 999_999

NAMED = {
    str(constraint.name): table.name
    for table in metadata.sorted_tables
    for constraint in table.constraints
    if isinstance(constraint, CheckConstraint | UniqueConstraint)
}

REFERENCES = {
    str(constraint.name): (table.name, constraint.column_keys[0])
    for table in metadata.sorted_tables
    for constraint in table.constraints
    if isinstance(constraint, ForeignKeyConstraint)
}


def refusal(connection, table, row):
    """Return the error of a row, which leaves nothing behind, or None."""
    savepoint = connection.begin_nested()
    try:
        write(connection, table, row)
    except IntegrityError as fault:
        return fault
    finally:
        savepoint.rollback()
    return None


def test_every_check_and_every_unique_constraint_has_its_case():
    assert set(BREAKS) == set(NAMED)


def test_every_table_has_a_row_that_fits(connection):
    for table, row in FURTHER.items():
        write(connection, table, row)

    assert set(FURTHER) == set(metadata.tables)


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_a_row_with_one_fault_is_refused_by_the_name_of_what_is_wrong(connection, name):
    fault = refusal(connection, NAMED[name], {**FURTHER[NAMED[name]], **BREAKS[name]})

    assert fault is not None, "the row was accepted"
    assert constraint_name(fault) in {name} | IMPLIED.get(name, set())


@pytest.mark.parametrize("name", sorted(REFERENCES))
def test_a_reference_to_nothing_is_refused(connection, name):
    table, column = REFERENCES[name]

    fault = refusal(connection, table, {**FURTHER[table], **BESIDE.get(name, {}), column: NOBODY})

    assert fault is not None, "the row was accepted"
    if connection.dialect.name == "postgresql":
        assert constraint_name(fault) == name
    else:
        assert str(fault.orig) == "FOREIGN KEY constraint failed"
        assert constraint_name(fault) is None
