"""Refusals that belong to a field: said there."""

from collections.abc import Mapping

from wtforms import Form

from booking.errors import DomainError
from booking.people import staff_refusals as refusals
from booking.web.errors import say

FIELDS: Mapping[type[DomainError], str] = {
    refusals.AddressInUse: "email",
    refusals.HostTaken: "host_id",
    refusals.UnknownHost: "host_id",
    refusals.NoRole: "roles",
    refusals.OwnRole: "roles",
    refusals.LastAdmin: "roles",
    refusals.NoProgramme: "programmes",
    refusals.UnknownProgramme: "programmes",
}


def at_field(form: Form, refusal: DomainError) -> bool:
    """Say a refusal at its field, and return whether there is one."""
    name = FIELDS.get(type(refusal), "")
    name = "runs_all" if name == "programmes" and name not in form else name
    if name not in form:
        return False
    form[name].errors = (say(refusal),)
    return True
