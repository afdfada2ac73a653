"""Copies of a row, made by the database: a million of them in a minute, with whatever columns the table has."""

from collections.abc import Mapping

from sqlalchemy import Connection, inspect, text


def copy_row(
    connection: Connection,
    table: str,
    template: int,
    numbers: tuple[int, int],
    own: Mapping[str, str] | None = None,
    *,
    by: str = "id",
) -> int:
    """Copy one row, once for each number ``n.n`` from the first to the last.

    Returns what to add to a number for the id of its copy.

    ``template``  the row, found by its column ``by``
    ``own``       what each copy has for itself: SQL by column
    """
    columns = [column["name"] for column in inspect(connection).get_columns(table)]
    own, base = dict(own or {}), 0
    if "id" in columns and "id" not in own:
        base = int(connection.execute(text(f"SELECT max(id) FROM {table}")).scalar_one()) + 1 - numbers[0]
        own["id"] = f"{base} + n.n"
    values = ", ".join(f"{own[name]} AS {name}" if name in own else f"t.{name}" for name in columns)
    once = f"(SELECT * FROM {table} WHERE {by} = :template LIMIT 1)"
    connection.execute(
        text(
            f"WITH RECURSIVE n(n) AS (SELECT {numbers[0]} UNION ALL SELECT n + 1 FROM n WHERE n < {numbers[1]})"
            f" INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM n CROSS JOIN {once} t"
        ),
        {"template": template},
    )
    if base and connection.dialect.name == "postgresql":
        sequence = f"pg_get_serial_sequence('{table}', 'id')"
        connection.execute(text(f"SELECT setval({sequence}, (SELECT max(id) FROM {table}))"))
    return base


def only(connection: Connection, query: str, number: int) -> int:
    """Return the one number that a query finds by ``:id``."""
    return int(connection.execute(text(query), {"id": number}).scalar_one())
