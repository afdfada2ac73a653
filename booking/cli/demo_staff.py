"""Staff of the demo houses: one of every role, with stable addresses and one password that everybody may know."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import click
from sqlalchemy import insert, select, update

from booking.catalogue.models import Offering, Programme
from booking.crew import inviting, queries
from booking.crew.rules import Details
from booking.db import execute, unit_of_work
from booking.errors import DomainError
from booking.houses.facts import House
from booking.people.models import Host
from booking.people.permissions import ADMIN, AUDITOR, COORDINATOR, DESK, EXPERT, GUIDE, HOSTS
from booking.web.roof import roof

PASSWORD = "Enten schwimmen im Lab"  # noqa: S105 - of invented people, and refused in production

DOMAIN = "example.org"
PROGRAMMES: tuple[tuple[str, dict[str, str], tuple[str, ...]], ...] = (
    ("sprechstunden", {"de": "Sprechstunden", "en": "Consultations"}, ("consultation",)),
    ("programm", {"de": "Führungen und Werkstätten", "en": "Tours and workshops"}, ()),
)
"""Programmes of a demo house: key, names, and which kinds of offerings belong to it; without any, all others."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A demo sign-in; ``number``: which host of the kind, or which programme, it belongs to."""

    local: str
    name: str
    role: str
    number: int | None = None


CAST = (
    Somebody("koordination", "Dana Wegener", COORDINATOR),
    Somebody("programm", "Petra Quell", COORDINATOR, 0),
    Somebody("fachperson1", "", EXPERT, 0),
    Somebody("fachperson2", "", EXPERT, 1),
    Somebody("guide1", "", GUIDE, 0),
    Somebody("guide2", "", GUIDE, 1),
    Somebody("empfang", "Emre Sonntag", DESK),
    Somebody("verwaltung", "Vera Lind", ADMIN),
    Somebody("pruefung", "Paul Rabe", AUDITOR),
)


def fill(house: House, *, now: datetime) -> None:
    """Enter whoever is not on the list of a demo house yet, and print the sign-ins; refuses in production."""
    if roof().environment == "production":
        raise click.ClickException("Demo staff with a known password is not for production.")
    programmes = unit_of_work(lambda: _programmes(house.id))
    hosts = unit_of_work(lambda: _hosts(house.id))
    click.echo(f"Staff of {house.text('name', 'de')}: {roof().base_url(house)}/de/intern/anmelden")
    for one in CAST:
        details = _details(one, programmes, hosts)
        if details is not None:
            email = f"{one.local}@{DOMAIN}"
            _enter(details, email, house, now=now)
            click.echo(f"  {email:36} {one.role:12} {details.name}")
    click.echo(f"  Password of all of them: {PASSWORD}")


def _enter(details: Details, email: str, house: House, *, now: datetime) -> None:
    if unit_of_work(lambda: queries.by_address(email, house_id=house.id, now=now)):
        return

    def deed() -> None:
        entered = inviting.enter(details, email=email, house_id=house.id, actor="system", now=now)
        inviting.accept(entered.staff_id, PASSWORD, house_id=house.id, now=now)

    try:
        unit_of_work(deed)
    except DomainError as refusal:
        raise click.ClickException(f"{email}: {refusal.message % refusal.facts}") from refusal


def _details(
    one: Somebody, programmes: list[int], hosts: Mapping[str, list[tuple[int, str]]]
) -> Details | None:
    """Return what is entered of somebody, or None where the house has no such host or programme."""
    roles, at = frozenset({one.role}), one.number or 0
    if one.role in HOSTS:
        mine = hosts.get(one.role, [])[at : at + 1]
        return Details(mine[0][1], "de", roles, host_id=mine[0][0]) if mine else None
    if one.role != COORDINATOR or one.number is None:
        return Details(one.name, "de", roles, runs_all=one.role == COORDINATOR)
    run = frozenset(programmes[at : at + 1])
    return Details(one.name, "de", roles, programme_ids=run) if run else None


def _programmes(house_id: int) -> list[int]:
    """Return the programmes of a house, after grouping the offerings of one that has none."""
    found = [one for one, _names in queries.programmes(house_id)]
    if found:
        return _consultations_first(found)
    for key, names, kinds in PROGRAMMES:
        row = insert(Programme).values(house_id=house_id, key=key, names=names, version=1)
        programme_id = int(execute(row.returning(Programme.id)).scalar_one())
        mine = (Offering.house_id == house_id) & Offering.programme_id.is_(None)
        if kinds:
            mine &= Offering.kind.in_(kinds)
        execute(update(Offering).where(mine).values(programme_id=programme_id))
        found.append(programme_id)
    return found


def _consultations_first(found: list[int]) -> list[int]:
    """Return programmes with that of the consultations at the head, as README.md tells who runs it."""
    wanted = select(Offering.programme_id).where(Offering.kind == "consultation")
    advising = set(execute(wanted.where(Offering.programme_id.in_(found))).scalars())
    return sorted(found, key=lambda one: one not in advising)


def _hosts(house_id: int) -> dict[str, list[tuple[int, str]]]:
    """Return id and name of the hosts of a house, by kind, in the order of the programme."""
    wanted = select(Host.id, Host.kind, Host.first_name, Host.last_name).where(Host.house_id == house_id)
    found: dict[str, list[tuple[int, str]]] = {}
    for row in execute(wanted.order_by(Host.id)):
        found.setdefault(row.kind, []).append((row.id, f"{row.first_name} {row.last_name}"))
    return found
