"""Builders of those who run a house: staff of every role, signed in or not."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import insert

from booking.catalogue.models import Programme
from booking.db import execute, unit_of_work
from booking.people import signing_in
from booking.people.models import Staff, StaffRole
from booking.people.permissions import COORDINATOR, Acting
from booking.schedule.models import StaffProgramme
from booking.timekit.clock import Clock
from booking.web.staff.doors import cookie_name
from tests.builders import house_id
from tests.conftest import MONDAY
from tests.visitors import Visitor

_numbers = count(1)


def a_programme(**wanted: Any) -> int:
    """Write a programme of Leipzig and return its id."""
    key = f"programme-{next(_numbers)}"
    row = {"house_id": wanted.pop("house_id", None) or house_id(), "key": key, "version": 1}
    row |= {"names": {"de": key, "en": key}} | wanted
    return unit_of_work(
        lambda: int(execute(insert(Programme).values(**row).returning(Programme.id)).scalar_one())
    )


def a_staff(*roles: str, programmes: Iterable[int] | None = None, **wanted: Any) -> Acting:
    """Write a member of staff of Leipzig; a coordinator runs everything unless ``programmes`` are named."""
    house = wanted.pop("house_id", None) or house_id()
    number, run = next(_numbers), None if programmes is None else frozenset(programmes)
    row: dict[str, Any] = {"house_id": house, "email": f"staff{number}@example.org", "name": f"Dana {number}"}
    row |= {"language": "de", "is_active": True, "version": 1, "created_at": MONDAY, "changed_at": MONDAY}
    row |= {"password_hash": "", "host_id": None, "runs_all": COORDINATOR in roles and run is None} | wanted

    def deed() -> int:
        staff_id = int(execute(insert(Staff).values(**row).returning(Staff.id)).scalar_one())
        for role in roles:
            execute(insert(StaffRole).values(staff_id=staff_id, role=role))
        for programme_id in sorted(run or ()):
            execute(insert(StaffProgramme).values(staff_id=staff_id, programme_id=programme_id))
        return staff_id

    run_ids = None if row["runs_all"] else (run or frozenset())
    staff_id = unit_of_work(deed)
    return Acting(staff_id, house, row["name"], row["language"], frozenset(roles), row["host_id"], run_ids)


def signed_in(app: Flask, person: Acting, clock: Clock, *, host: str = "localhost") -> Visitor:
    """Return the browser of somebody who is signed in."""
    token = unit_of_work(lambda: signing_in.sign_in(person.staff_id, now=clock()))
    visitor = Visitor(app, host=host)
    visitor.client.set_cookie(cookie_name(), token, domain=host)
    return visitor
