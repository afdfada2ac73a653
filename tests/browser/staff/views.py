"""Views of staff: a page in a state, who sits in front of it, and how to get there."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from booking.db import execute, unit_of_work
from booking.people import signing_in
from booking.people.models import Host, Staff, StaffRole
from booking.people.permissions import HOSTS
from booking.timekit.clock import Clock
from booking.web.staff import ADDRESSES
from booking.web.staff.pages import PREFIXES
from tests.browser.demo import Demo
from tests.browser.surfer import Surfer
from tests.staff import a_staff

_PLACEHOLDER = re.compile(r"<(?:[^>:]*:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class StaffView:
    """One page in one state; ``role`` sits in front of it ("" for nobody), ``open`` brings a surfer there."""

    name: str
    role: str
    open: Callable[[Surfer], None]


def page(
    name: str, role: str = "coordinator", *, status: int = 200, query: str = "", **values: object
) -> StaffView:
    """A page that an address alone opens."""
    return StaffView(name, role, lambda surfer: visit(surfer, name, status=status, query=query, **values))


def visit(surfer: Surfer, name: str, *, status: int = 200, query: str = "", **values: object) -> None:
    """Open a staff page by the name of its view, in the reader's language."""
    surfer.go(path(surfer.language, name, **values) + query, status)


def path(language: str, name: str, **values: object) -> str:
    """Return the path of a staff page."""
    found = next(one for one in ADDRESSES if one.view.__name__ == name)
    pattern = found.english if language == "en" else found.german
    return PREFIXES[language] + _PLACEHOLDER.sub(lambda match: str(values[match[1]]), pattern)


def sit_down(surfer: Surfer, role: str) -> None:
    """Sign somebody with a role in, past the form."""
    if not role:
        return
    with surfer.demo.machine.inside() as clock:
        token = _token(role, clock)
    surfer.page.context.add_cookies([{"name": "staff", "value": token, "url": surfer.demo.url}])


def _token(role: str, clock: Clock) -> str:
    staff_id = unit_of_work(lambda: _somebody(role)) or _new(role)
    return unit_of_work(lambda: signing_in.sign_in(staff_id, now=clock()))


def _somebody(role: str) -> int | None:
    wanted = select(Staff.id).join(StaffRole, StaffRole.staff_id == Staff.id)
    if role == "coordinator":
        wanted = wanted.where(Staff.runs_all)
    found: int | None = execute(
        wanted.where(StaffRole.role == role, Staff.is_active).order_by(Staff.id).limit(1)
    ).scalar()
    return found


def _new(role: str) -> int:
    host = select(Host.id).where(Host.kind == role).order_by(Host.id).limit(1)
    host_id = unit_of_work(lambda: execute(host).scalar()) if role in HOSTS else None
    return a_staff(role, host_id=host_id).staff_id


def first_id(demo: Demo, query: str, **values: object) -> int:
    """Return the first number that a query finds in the demo's database."""
    ((found,), *_) = demo.machine.rows(query, **values)
    return int(found)
