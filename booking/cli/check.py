"""flask check invariants: what must always be true of the data."""

import click
from flask.cli import with_appcontext

from booking.db import DatabaseFault, db, told
from booking.reports.invariants import broken


@click.group("check")
def group() -> None:
    """Checks of a running instance."""


@group.command("invariants")
@with_appcontext
def invariants() -> None:
    """Say a line for each broken invariant and end with 1; say that all hold and end with 0."""
    try:
        found = broken(db.session.connection())
    except DatabaseFault as fault:
        raise click.ClickException(f"The database cannot be checked: {told(fault)}") from fault
    for line in found:
        click.echo(line)
    if found:
        raise SystemExit(1)
    click.echo("All invariants hold.")
