"""Whose dates somebody sees: all, those of own programmes, or those that one gives."""

from flask import request

from booking.errors import NotFound
from booking.people.permissions import AUDITOR, COORDINATOR, DESK, Acting
from booking.schedule import staff_dates
from booking.schedule.staff_dates import Scope, StaffDate
from booking.web.context import language
from booking.web.roof import roof
from booking.web.staff.doors import acting

LONGEST_NUMBER = 9  # digits; ids fit 31 bits
NOBODY = 0  # the host of a guide who has none: gives nothing


def asked_number(name: str) -> int | None:
    """Return the number that the address names, or None; raises NotFound for one that nothing here has."""
    typed = request.args.get(name, "")
    if not (typed.isascii() and typed.isdigit()):
        return None
    if len(typed) > LONGEST_NUMBER:
        raise NotFound
    return int(typed)


def scope_of(person: Acting) -> Scope:
    """Return what somebody sees of the dates of the house."""
    if {DESK, AUDITOR} & person.roles:
        return Scope()
    if COORDINATOR in person.roles:
        return Scope(programme_ids=person.programme_ids)
    return Scope(host_id=person.host_id or NOBODY)


def the_date(occurrence_id: int) -> StaffDate:
    """Return a date that the person may see; raises NotFound."""
    person = acting()
    return staff_dates.date_of_staff(
        occurrence_id,
        house_id=person.house_id,
        scope=scope_of(person),
        language=language(),
        now=roof().clock(),
    )


def own_date(occurrence_id: int) -> StaffDate:
    """Return a date that the person may change; raises NotFound for one of another programme."""
    found = the_date(occurrence_id)
    if not may_edit(found):
        raise NotFound
    return found


def may_edit(date: StaffDate) -> bool:
    """Return whether the person may change a date."""
    person = acting()
    return person.may("dates.edit") and person.runs(date.programme_id)
