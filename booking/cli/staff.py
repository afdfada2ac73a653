"""flask staff: the first admin, who is on the list, a link for who lost the way in, deactivation."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from booking.crew import editing, inviting, queries, resetting
from booking.crew.queries import ACTIVE, DEACTIVATED, Member, Wanted
from booking.crew.rules import INVITATION, INVITED_FOR, RESET, RESET_WITHIN, Details
from booking.db import unit_of_work
from booking.errors import DomainError
from booking.houses import queries as houses
from booking.houses.facts import House
from booking.messages import wording
from booking.messages.plain import one_line
from booking.people.permissions import COORDINATOR, ROLES
from booking.web.roof import roof
from booking.web.staff.people.links import secret_of
from booking.web.staff_letters import staff_absolute

ACTOR = "system"  # whoever may use the command line
VIEWS = {INVITATION: "invitation", RESET: "password_reset"}
T = TypeVar("T")

of_house = click.option(
    "--house", "key", default=None, metavar="KEY", help="The house (default: DEFAULT_HOUSE)."
)


@click.group("staff")
def group() -> None:
    """Those who run a house: who is on the list, and the way in."""


@group.command("add")
@of_house
@click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="May be repeated."
)
@click.option("--language", default="de", type=click.Choice(("de", "en")), help="Of our mails to the person.")
@click.option("--mail", is_flag=True, help="Send the link by mail instead of printing it.")
@click.argument("email")
@click.argument("name")
@with_appcontext
def add(key: str | None, roles: tuple[str, ...], language: str, email: str, name: str, *, mail: bool) -> None:
    """Enter somebody by EMAIL and NAME, with a one-time link to choose a password; a coordinator runs everything."""
    house, now = _house(key), roof().clock()
    details = Details(one_line(name), language, frozenset(roles), runs_all=COORDINATOR in roles)
    deed = inviting.invite if mail else inviting.enter
    invited = _done(partial(deed, details, email=_address(email), house_id=house.id, actor=ACTOR, now=now))
    if mail:
        click.echo(f"{email} is on the list. The mail with the link is owed; the worker sends it.")
    else:
        click.echo(f"{email} is on the list. Hand over this link; it works once:")
        _print_link(house, language, INVITATION, invited.link_id, until=now + INVITED_FOR)


@group.command("list")
@of_house
@click.option("--role", default="", type=click.Choice(("", *ROLES)), help="Only those with this role.")
@with_appcontext
def list_(key: str | None, role: str) -> None:
    """List who runs a house, with roles and state."""
    house, now, page = _house(key), roof().clock(), 1
    found, many = unit_of_work(lambda: queries.members(house.id, Wanted(role=role), now=now))
    while len(found) < many:
        page += 1
        more, many = unit_of_work(
            lambda: queries.members(house.id, Wanted(role=role, page=page), now=now)  # noqa: B023 - called at once
        )
        if not more:
            break
        found += more
    for one in found:
        click.echo(
            f"{one.email:40} {one.state:12} {','.join(sorted(one.details.roles)):30} {one.details.name}"
        )
    click.echo(f"{many} in all.")


@group.command("link")
@of_house
@click.argument("email")
@with_appcontext
def link(key: str | None, email: str) -> None:
    """Print a one-time link with which whoever has EMAIL chooses a password; older ones end."""
    house, now = _house(key), roof().clock()
    member = _member(email, house, now=now)
    if member.state == ACTIVE:
        link_id = _done(partial(resetting.link, member.id, house_id=house.id, now=now))
        _print_link(house, member.details.language, RESET, link_id, until=now + RESET_WITHIN)
    elif member.state == DEACTIVATED:
        raise click.ClickException(
            f"{member.email} is deactivated; an admin reactivates on the page of the staff."
        )
    else:
        invited = _done(partial(inviting.link_again, member.id, house_id=house.id, actor=ACTOR, now=now))
        _print_link(house, member.details.language, INVITATION, invited.link_id, until=now + INVITED_FOR)


@group.command("deactivate")
@of_house
@click.argument("email")
@with_appcontext
def deactivate(key: str | None, email: str) -> None:
    """Shut whoever has EMAIL out at once; refuses for the last admin."""
    house, now = _house(key), roof().clock()
    member = _member(email, house, now=now)
    _done(
        partial(
            editing.deactivate, member.id, version=member.version, house_id=house.id, actor=ACTOR, now=now
        )
    )
    click.echo(f"{member.email} is deactivated and signed out everywhere.")


@group.command("reactivate")
@of_house
@click.argument("email")
@with_appcontext
def reactivate(key: str | None, email: str) -> None:
    """Let whoever has EMAIL in again, with the roles from before: the way back for a lost last admin."""
    house, now = _house(key), roof().clock()
    member = _member(email, house, now=now)
    _done(
        partial(
            editing.reactivate, member.id, version=member.version, house_id=house.id, actor=ACTOR, now=now
        )
    )
    click.echo(f"{member.email} can sign in again.")


def _print_link(house: House, language: str, purpose: str, link_id: str, *, until: datetime) -> None:
    secret = secret_of(link_id, purpose=purpose)
    click.echo(staff_absolute(house, VIEWS[purpose], spoken=language, secret=secret))
    with force_locale("en"):
        click.echo(f"It works until {wording.say_instant(until, house.zone, 'en')}.")


def _done(deed: Callable[[], T]) -> T:
    """Do a deed; a refusal is told in a sentence."""
    try:
        return unit_of_work(deed)
    except DomainError as refusal:
        raise click.ClickException(refusal.message % refusal.facts) from refusal


def _house(key: str | None) -> House:
    wanted = key or roof().default_house
    found = {one.key: one for one in unit_of_work(houses.all_houses)}
    if wanted not in found:
        raise click.ClickException(f"There is no house {wanted!r}, but: {', '.join(found) or 'none'}.")
    return found[wanted]


def _member(email: str, house: House, *, now: datetime) -> Member:
    found = unit_of_work(lambda: queries.by_address(_address(email), house_id=house.id, now=now))
    if found is None:
        raise click.ClickException(f"Nobody of {house.key} has the address {email!r}.")
    return found


def _address(email: str) -> str:
    address = one_line(email).lower()
    local, at, domain = address.partition("@")
    if not (local and at and "." in domain) or " " in address:
        raise click.ClickException(f"{email!r} is no email address.")
    return address
