"""Deeds of the worker: forget those who left long ago, and sign-ins that have ended."""

from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, select, update

from booking.crew import resetting, writing
from booking.crew.rules import KEPT_AFTER_LEAVING, Details, thread_of
from booking.db import execute, unit_of_work
from booking.messages import outbox
from booking.people import signing_in
from booking.people.models import Staff


def run(*, now: datetime) -> int:
    """Forget who is due, each in a unit of work of its own, and return how many; may run twice at once."""
    unit_of_work(lambda: signing_in.forget_ended(now))
    due = unit_of_work(lambda: _due(now))
    return sum(unit_of_work(partial(forget, staff_id, now=now)) for staff_id in due)


def forget(staff_id: int, *, now: datetime) -> bool:
    """Empty name, address and password of somebody who left; the id stays, for the journal.

    Returns whether it did: somebody may have been reactivated, or is forgotten already.
    """
    mine = _is_due(now) & (Staff.id == staff_id)
    house_id = execute(select(Staff.house_id).where(mine).with_for_update()).scalar()
    if house_id is None:
        return False
    nobody = Details(name="", language="de", roles=frozenset())
    writing.write_scope(staff_id, nobody)
    emptied = {"name": "", "email": f"erased-{staff_id}", "password_hash": "", "language": "de"}
    execute(update(Staff).where(mine).values(host_id=None, runs_all=False, erased_at=now, **emptied))
    resetting.end_access(staff_id, now=now)
    outbox.withdraw(thread_of(staff_id), now=now)
    outbox.forget_thread(thread_of(staff_id))
    writing.record("staff.forgotten", staff_id, house_id=house_id, actor="system", now=now)
    return True


def _due(now: datetime) -> list[int]:
    return list(execute(select(Staff.id).where(_is_due(now)).order_by(Staff.id)).scalars())


def _is_due(now: datetime) -> ColumnElement[bool]:
    left = Staff.is_active.is_(False) & (Staff.changed_at <= now - KEPT_AFTER_LEAVING)
    return left & Staff.erased_at.is_(None)
