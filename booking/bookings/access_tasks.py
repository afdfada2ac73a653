"""Deeds on the tasks that access needs make for staff: tell of them, mark them as done, forget what was told.

The mails name a reference and a deadline, and never what is needed.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, func, select, update

from booking.bookings.access_models import ARRANGED, CANCELLED, OPEN, AccessNeed
from booking.bookings.locking import lock_booking
from booking.bookings.models import Booking
from booking.bookings.queries import BookingPage
from booking.bookings.service import owe
from booking.db import execute
from booking.errors import NotFound
from booking.houses import queries as houses
from booking.journal import service as journal
from booking.links import queries as link_queries
from booking.messages import facts as mail_facts
from booking.messages import outbox
from booking.messages import queries as mail_queries
from booking.timekit.instants import to_epoch

LANGUAGE_OF_STAFF = "de"


def tell(page: BookingPage, *, now: datetime) -> bool:
    """Tell the house what there is to arrange for a booking now, and return whether it knows of any task.

    Earlier mails about it that have not left are not sent any more.  Where
    nothing is left to arrange, those who have been told hear that, too.
    """
    thread = thread_of(page.id)
    outbox.withdraw(thread, now=now)
    wanted = select(func.min(AccessNeed.due_at)).where(
        AccessNeed.booking_id == page.id, AccessNeed.state == OPEN
    )
    due_at: datetime | None = execute(wanted).scalar()
    if due_at is None and not mail_queries.is_begun(thread):
        return False
    facts = page.facts(link_id="", stamp=now, language=LANGUAGE_OF_STAFF)
    of_nobody = replace(facts, name="", party={}, phone="", with_whom="", bring="", confirmation="", uid="")
    mail = outbox.Owed(
        house_id=page.house_id,
        thread=thread,
        kind=mail_facts.TASK,
        language=LANGUAGE_OF_STAFF,
        recipient=houses.house(page.house_id).email,
        facts=replace(of_nobody, due_at=to_epoch(due_at) if due_at else None).to_json(),
    )
    outbox.owe(mail, now=now)
    return True


def done(
    need_id: int, *, house_id: int, actor: str, tells: bool = True, request_id: str = "", now: datetime
) -> None:
    """Note that staff have arranged a need and tell its booker so, or that they have called it off.

    ``tells``  False: no mail is owed; who left no address gets none in any case
    A second time changes nothing.  Raises NotFound for a need that nobody of
    this house has, any more or at all.
    """
    page = lock_booking(_booking_of(need_id, house_id=house_id))
    mine = AccessNeed.id == need_id
    called_off = delete(AccessNeed).where(mine, AccessNeed.state == CANCELLED).returning(AccessNeed.id)
    if execute(called_off).scalar() is not None:
        return
    arranged = update(AccessNeed).where(mine, AccessNeed.state == OPEN).values(state=ARRANGED)
    if execute(arranged.returning(AccessNeed.id)).scalar() is None:
        return
    link_id = link_queries.newest("manage", subject_id=page.id) or ""
    if page.email and tells:
        owe(page, mail_facts.ARRANGED, method=None, link_id=link_id, request_id=request_id, now=now)
    journal.record(
        "access.arranged",
        house_id=house_id,
        actor=actor,
        object_kind="house",
        object_id=house_id,
        now=now,
        needs=1,
    )


def withdraw(booking_id: int, *, now: datetime) -> None:
    """Send nothing more of the tasks of a booking."""
    outbox.withdraw(thread_of(booking_id), now=now)


def forget(booking_id: int) -> None:
    """Empty what was sent of the tasks of a booking; what has yet to leave leaves."""
    outbox.forget_thread(thread_of(booking_id), leaves=True)


def thread_of(booking_id: int) -> str:
    """Return the name under which the mails to the house about a booking leave in order."""
    return f"arrange:{booking_id}"


def _booking_of(need_id: int, *, house_id: int) -> int:
    wanted = (
        select(Booking.id)
        .join(AccessNeed, AccessNeed.booking_id == Booking.id)
        .where(AccessNeed.id == need_id, Booking.house_id == house_id)
    )
    found: int | None = execute(wanted).scalar()
    if found is None:
        raise NotFound
    return found
