"""Questions: which programmes a member of staff runs."""

from sqlalchemy import select

from booking.db import execute
from booking.schedule.models import StaffProgramme


def run_by(staff_id: int) -> frozenset[int]:
    """Return the ids of the programmes that somebody runs, where it is not simply all."""
    mine = select(StaffProgramme.programme_id).where(StaffProgramme.staff_id == staff_id)
    return frozenset(execute(mine).scalars())
