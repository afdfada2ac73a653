"""flask walk-in: the secret address of a desk that calls numbers, and the QR code of a queue."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from booking.bookings import desks, walk_in_queries
from booking.bookings.walk_in_queries import WalkIn
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.houses import queries as houses
from booking.houses.facts import LANGUAGES, House
from booking.web import qr
from booking.web.calendars import absolute
from booking.web.public.secrets import secret_of
from booking.web.roof import roof

LONGEST_LABEL = 40
_language = click.option(
    "--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, help="Of the page."
)


@click.group("walk-in")
def group() -> None:
    """Offerings to which people come without booking."""


@group.command("desk")
@click.argument("house")
@click.argument("offering")
@click.option(
    "--label",
    default="",
    metavar="TEXT",
    help='Where visitors are called to, such as "Tisch 2", if anywhere.',
)
@click.option("--revoke", is_flag=True, help="Let the address of this desk open nothing any more.")
@_language
@with_appcontext
def desk(house: str, offering: str, label: str, revoke: bool, language: str) -> None:  # noqa: FBT001 - click hands a flag over
    """Print the secret address of a desk of HOUSE that calls the numbers of OFFERING, both by their keys.

    Whoever has the address can call numbers: keep it like a key.  Asked again, it is the same address.
    """
    label = " ".join(label.split())
    if len(label) > LONGEST_LABEL:
        raise click.ClickException(f"A label has at most {LONGEST_LABEL} characters.")
    found, walk_in = unit_of_work(lambda: _found(house, offering))
    if revoke:
        _revoke(found, walk_in, label)
        return
    click.echo(address_of_desk(found, walk_in, label=label, language=language))


@group.command("qr")
@click.argument("house")
@click.argument("offering")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="The SVG file to write.",
)
@_language
@with_appcontext
def qr_code(house: str, offering: str, out: Path, language: str) -> None:
    """Write a QR code that leads to the queue of OFFERING, for the door or the table."""
    found, walk_in = unit_of_work(lambda: _found(house, offering))
    url = absolute(found, "queue", spoken=language, key=walk_in.key)
    out.write_bytes(qr.file(url, title=walk_in.title))
    click.echo(f"{out}: {url}")


def address_of_desk(house: House, walk_in: WalkIn, *, label: str = "", language: str = "de") -> str:
    """Return the secret address of a desk, which is set up if there is none."""
    now = roof().clock()
    link_id = unit_of_work(lambda: desks.set_up(walk_in.id, label, house=house, now=now))
    return absolute(house, "queue_desk", spoken=language, secret=secret_of(link_id, purpose="desk"))


def _revoke(house: House, walk_in: WalkIn, label: str) -> None:
    now = roof().clock()
    if not unit_of_work(lambda: desks.close(walk_in.id, label, house=house, now=now)):
        raise click.ClickException(f"There is no desk {label!r} of {walk_in.key}.")
    click.echo("The address of this desk opens nothing any more. Asked again, there is a new one.")


def _found(house_key: str, offering_key: str) -> tuple[House, WalkIn]:
    """Return a house and its walk-in offering; raises ClickException naming those that there are."""
    found = {one.key: one for one in houses.all_houses()}
    if house_key not in found:
        raise click.ClickException(f"There is no house {house_key!r}, but: {', '.join(found) or 'none'}.")
    house = found[house_key]
    try:
        return house, walk_in_queries.walk_in(offering_key, house_id=house.id, language="de")
    except NotFound as unknown:
        there = ", ".join(one.key for one in walk_in_queries.walk_ins(house.id, language="de")) or "none"
        message = f"{house_key} publishes no walk-in offering {offering_key!r}, but: {there}."
        raise click.ClickException(message) from unknown
