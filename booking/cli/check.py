"""flask check: what must always be true of the data, and what will not do for much longer."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import click
from flask.cli import with_appcontext

from booking.db import DatabaseFault, db, told, unit_of_work
from booking.houses import queries as houses
from booking.houses.facts import House
from booking.houses.school_holidays import school_holidays
from booking.reports.invariants import broken
from booking.schedule import guard
from booking.timekit.instants import local_date
from booking.timekit.school_holidays import UnfitHolidays
from booking.web.roof import roof

AHEAD = timedelta(days=180)
A_YEAR = timedelta(days=366)


@click.group("check", invoke_without_command=True)
@click.pass_context
def group(context: click.Context) -> None:
    """Checks of a running instance; without a name all of them."""
    if context.invoked_subcommand is None:
        context.invoke(data)
        context.invoke(invariants)


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


@group.command("guards")
@with_appcontext
def guards() -> None:
    """Install the guards against double booking anew; afterwards look for what slipped in without them."""
    unit_of_work(guard.install)
    click.echo("The guards stand. Now run: flask check invariants")


@group.command("data")
@with_appcontext
def data() -> None:
    """Warn of data that runs out, such as the school holidays of a state; nothing is broken by it yet."""
    now = roof().clock()
    try:
        found = houses.all_houses()
    except DatabaseFault as fault:
        raise click.ClickException(f"The database cannot be checked: {told(fault)}") from fault
    warnings = list(_warnings(found, now=now))
    for line in warnings:
        click.echo(f"Warning: {line}")
    if not warnings:
        click.echo("No data runs out within 180 days.")


def _warnings(found: Iterable[House], *, now: datetime) -> Iterator[str]:
    for house in found:
        state = f"{house.country}-{house.subdivision}"
        try:
            known = school_holidays(house)
        except UnfitHolidays as fault:
            yield f"{house.key}: the school holidays of {state} cannot be read: {fault}"
            continue
        yield from _legal_warnings(house, now=now)
        if known is None:
            yield f"{house.key}: there are no school holidays of {state} in houses/school-holidays."
        elif known.valid_until - local_date(now, house.zone) < AHEAD:
            yield f"{house.key}: the school holidays of {state} are known until {known.valid_until} only."


def _legal_warnings(house: House, *, now: datetime) -> Iterator[str]:
    """Yield what the pages that the law wants still lack, and a statement that is older than a year."""
    legal = house.legal
    if legal.gaps:
        yield f"{house.key}: the pages that the law wants lack {', '.join(legal.gaps)}."
    if legal.statement_date and local_date(now, house.zone) - legal.statement_date > A_YEAR:
        yield f"{house.key}: the accessibility statement is of {legal.statement_date}: check it anew."
