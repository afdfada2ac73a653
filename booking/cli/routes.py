"""flask routes-permissions: who may open which address."""

import json

import click
from flask import current_app
from flask.cli import with_appcontext

from booking.web.access import declared


@click.command("routes-permissions")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list instead of a table.")
@with_appcontext
def command(as_json: bool) -> None:  # noqa: FBT001 - click hands a flag over
    """List every address with its methods and the permission that it asks for."""
    rows = list(declared(current_app))
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        methods = ",".join(str(method) for method in row["methods"])  # type: ignore[attr-defined]
        click.echo(f"{row['rule']:60} {methods:10} {row['permission']:18} {row['reason']}")
