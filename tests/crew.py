"""Builders of staff as an admin does it: invited, joined, edited; and what is stored of them."""

from typing import Any

from sqlalchemy import select

from booking.crew import editing, inviting, queries
from booking.crew.inviting import Invited
from booking.crew.queries import Member
from booking.crew.rules import Details
from booking.db import db, unit_of_work
from booking.errors import Gone
from booking.journal.models import Event
from booking.links import queries as links
from booking.messages.models import OutgoingMail
from booking.people import signing_in
from booking.people.queries import signed_in
from booking.timekit.clock import StoppedClock
from tests.builders import house_id

ADMIN = "staff:999"  # somebody else

PASSWORD = "drei Enten im Teich"
NEXT_PASSWORD = "sieben Gänse im Gras"


def some_details(*roles: str, **wanted: Any) -> Details:
    """Return what an admin enters: Mira, who sits at the desk unless told otherwise."""
    values: dict[str, Any] = {"name": "Mira Vogt", "language": "de", "roles": frozenset(roles or ("desk",))}
    if "coordinator" in roles and "programme_ids" not in wanted:
        values["runs_all"] = True
    return Details(**(values | wanted))


def invited(
    clock: StoppedClock, *roles: str, email: str = "mira@example.org", house: int | None = None, **wanted: Any
) -> Invited:
    """Invite somebody by mail, as an admin does."""
    place, details = house or house_id(), some_details(*roles, **wanted)
    return unit_of_work(
        lambda: inviting.invite(details, email=email, house_id=place, actor="system", now=clock())
    )


def joined(
    clock: StoppedClock, *roles: str, email: str = "mira@example.org", house: int | None = None, **wanted: Any
) -> int:
    """Invite somebody who accepts with PASSWORD, and return the id."""
    staff_id = invited(clock, *roles, email=email, house=house, **wanted).staff_id
    place = house or house_id()
    unit_of_work(lambda: inviting.accept(staff_id, PASSWORD, house_id=place, now=clock()))
    return staff_id


def stored(staff_id: int, clock: StoppedClock, *, house: int | None = None) -> Member:
    """Return what is stored of somebody."""
    place = house or house_id()
    return unit_of_work(lambda: queries.member(staff_id, house_id=place, now=clock()))


def all_mails() -> list[OutgoingMail]:
    """Return every mail, oldest first."""
    return unit_of_work(lambda: _detached(select(OutgoingMail).order_by(OutgoingMail.id)))


def all_events() -> list[Event]:
    """Return the journal, oldest first."""
    return unit_of_work(lambda: _detached(select(Event).order_by(Event.id)))


def _detached(wanted: Any) -> list[Any]:
    rows = list(db.session.execute(wanted).scalars())
    db.session.expunge_all()
    return rows


def edit(staff_id: int, details: Details, clock: StoppedClock, **more: Any) -> None:
    """Edit somebody as an admin does who saw the newest version."""
    values: dict[str, Any] = {"house_id": house_id(), "actor": ADMIN, "now": clock()} | more
    seen = values.pop("version", None) or stored(staff_id, clock).version
    unit_of_work(lambda: editing.edit(staff_id, details, version=seen, **values))


def deactivate(staff_id: int, clock: StoppedClock, **more: Any) -> None:
    """Deactivate somebody as an admin does who saw the newest version."""
    values: dict[str, Any] = {"house_id": house_id(), "actor": ADMIN, "now": clock()} | more
    seen = values.pop("version", None) or stored(staff_id, clock).version
    unit_of_work(lambda: editing.deactivate(staff_id, version=seen, **values))


def a_sign_in(staff_id: int, clock: StoppedClock) -> str:
    """Sign somebody in, and return the token."""
    return unit_of_work(lambda: signing_in.sign_in(staff_id, now=clock()))


def is_signed_in(token: str, clock: StoppedClock) -> bool:
    """Return whether a token still opens the house."""
    return unit_of_work(lambda: signed_in(token, house_id=house_id(), now=clock())) is not None


def fits(password: str, email: str = "mira@example.org") -> bool:
    """Return whether somebody signs in with a password."""
    return unit_of_work(lambda: signing_in.checked(email, password, house_id=house_id())) is not None


def opens(link_id: str, clock: StoppedClock, *, purpose: str = "invite") -> int | None:
    """Return whom a one-time link opens, or None where it is over."""
    try:
        return unit_of_work(
            lambda: links.subject_of(link_id, purpose=purpose, house_id=house_id(), now=clock())
        )
    except Gone:
        return None
