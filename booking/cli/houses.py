"""flask houses load: houses from their files."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from booking.catalogue import queries as catalogue
from booking.catalogue import service as catalogue_deeds
from booking.cli import hours, programme, topics
from booking.cli.planning import publish_dates
from booking.db import DatabaseFault, constraint_name, unit_of_work
from booking.errors import DomainError
from booking.houses import queries, service
from booking.houses.facts import House, UnfitHouse
from booking.timekit.instants import local_date
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
        if data.get("demo") and roof().environment == "production":
            raise click.ClickException(f"{path.name} is a demo house: its phone and texts are invented.")
        return unit_of_work(lambda: service.load(data))
    except (UnfitHouse, tomllib.TOMLDecodeError) as fault:
        raise click.ClickException(f"{path.name} is unfit:\n{fault}") from fault


@group.command("programme")
@click.argument("key")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--days", default=60, show_default=True, help="For how many days the weekly dates are published."
)
@with_appcontext
def load_programme(key: str, path: Path, days: int) -> None:
    """Enter the programme of PATH for the house KEY: catalogue, hosts, hours, weekly dates from today on."""
    try:
        found = programme.read(path)
        dates = unit_of_work(lambda: _enter(found, key, days, now=roof().clock()))
    except (ValueError, KeyError, TypeError, DomainError) as fault:
        raise click.ClickException(f"{path.name} is no programme: {type(fault).__name__} {fault}") from fault
    except DatabaseFault as fault:
        raise click.ClickException(f"{path.name} does not fit: {constraint_name(fault) or fault}") from fault
    click.echo(f"{path.name}: {dates} dates published")


@group.command("topics")
@click.argument("key")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def load_topics(key: str, path: Path) -> None:
    """Write anew what the topics and cooperations in PATH tell of the house KEY; dates and offerings stay."""
    try:
        found = [topics.checked(one, position=number) for number, one in enumerate(_topics_in(path), start=1)]
        house_id = unit_of_work(lambda: _house(key)).id
        unit_of_work(lambda: [catalogue_deeds.renew_topic_page(one, house_id=house_id) for one in found])
    except (ValueError, KeyError, TypeError) as fault:
        raise click.ClickException(f"{path.name} tells no topics: {type(fault).__name__} {fault}") from fault
    click.echo(f"{path.name}: {len(found)} topics written")


def _topics_in(path: Path) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = programme.read(path)["topics"]
    return found


def _house(key: str) -> House:
    house = next((one for one in queries.all_houses() if one.key == key), None)
    if house is None:
        raise click.ClickException(f"There is no house {key!r}: load it first.")
    return house


def _enter(found: Mapping[str, Any], key: str, days: int, *, now: datetime) -> int:
    house = _house(key)
    if catalogue.kinds(house.id):
        raise click.ClickException(f"The house {key!r} has a programme already.")
    ids = programme.enter(found, house_id=house.id)
    hours.enter(found, ids, house=house, now=now)
    today = local_date(now, house.zone)
    return len(publish_dates(found, ids, house, today, today + timedelta(days=days), now=now))
