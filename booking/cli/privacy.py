"""flask privacy run: erase what has been kept long enough."""

from datetime import datetime

import click
from flask.cli import with_appcontext

from booking.bookings import retention
from booking.cli.times import instant
from booking.crew import retention as crew
from booking.journal import retention as journal
from booking.voices import retention as voices
from booking.web.roof import roof


@click.group("privacy")
def group() -> None:
    """Personal data and how long it is kept."""


@group.command("run")
@click.option("--now", type=instant, default=None, metavar="ISO", help="Do as if it were this instant.")
@with_appcontext
def run(now: datetime | None) -> None:
    """Erase personal data whose time is over; the worker does this every ten minutes."""
    at = now or roof().clock()
    journal.run(now=at)
    erased, told, left = retention.run(now=at), voices.run(now=at), crew.run(now=at)
    click.echo(
        f"Erased: {erased.bookings} bookings, {erased.mails} mails, {erased.holds} holds, "
        f"{told} ideas and barrier reports, {left} who worked here."
    )
