"""flask houses load: houses from their files."""

import tomllib
from pathlib import Path

import click
from flask.cli import with_appcontext

from booking.db import unit_of_work
from booking.houses import service
from booking.houses.facts import UnfitHouse
from booking.web.roof import roof


@click.group("houses")
def group() -> None:
    """Houses whose programme is booked here."""


@group.command("load")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def load(files: tuple[Path, ...]) -> None:
    """Load houses, new or changed, from FILES (default: every *.toml of HOUSES_FOLDER)."""
    for path in files or sorted(roof().houses_folder.glob("*.toml")):
        load_file(path)
        click.echo(f"{path.name}: loaded")


def load_file(path: Path) -> int:
    """Load one file and return the id of its house; ends with every fault named when it is unfit."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return unit_of_work(lambda: service.load(data))
    except (UnfitHouse, tomllib.TOMLDecodeError) as fault:
        raise click.ClickException(f"{path.name} is unfit:\n{fault}") from fault
