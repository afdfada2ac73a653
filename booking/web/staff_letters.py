"""Letters to those who run the house: an invitation, the way to a new password, a warning."""

from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _

from booking.crew.rules import INVITATION, RESET
from booking.crew.telling import THROTTLED
from booking.houses.facts import House
from booking.links.tokens import token
from booking.messages import wording
from booking.messages.facts import StaffFacts
from booking.people.permissions import ADMIN, AUDITOR, COORDINATOR, DESK, EXPERT, GUIDE
from booking.timekit.instants import from_epoch
from booking.web.roof import roof
from booking.web.variants import locale_of


@dataclass(frozen=True, slots=True)
class StaffWords:
    """Somebody who runs the house as mail templates show it; links are absolute, or empty."""

    name: str
    roles: str
    is_throttled: bool
    at: str
    until: str
    invitation_href: str
    password_href: str
    forgotten_href: str
    area_href: str


def staff_words(facts: StaffFacts, found: House, *, spoken: str) -> StaffWords:
    """Return the words of a mail to somebody who runs the house."""

    def link(view: str, purpose: str) -> str:
        secret = token(facts.link_id, purpose=purpose, key=roof().keys[0]) if facts.link_id else ""
        return staff_absolute(found, view, spoken=spoken, secret=secret) if secret else ""

    return StaffWords(
        name=facts.name,
        roles=", ".join(role_label(role) for role in facts.roles),
        is_throttled=facts.event == THROTTLED,
        at=wording.say_instant(from_epoch(facts.at), found.zone, spoken),
        until=wording.say_instant(from_epoch(facts.until), found.zone, spoken) if facts.until else "",
        invitation_href=link("invitation", INVITATION),
        password_href=link("password_reset", RESET),
        forgotten_href=staff_absolute(found, "password_forgotten", spoken=spoken),
        area_href=staff_absolute(found, "staff_home", spoken=spoken),
    )


def staff_absolute(found: House, view: str, *, spoken: str, **values: object) -> str:
    """Return an address of the staff area of a house as mails carry it, from configuration alone."""
    paths = current_app.url_map.bind("unused.invalid")
    return roof().base_url(found) + paths.build(f"staff.{view}", {"language": locale_of(spoken), **values})


def role_label(role: str) -> str:
    """Return what a role is called."""
    labels = {
        GUIDE: _("Guide"),
        EXPERT: _("Expert"),
        DESK: _("Desk"),
        COORDINATOR: _("Coordination"),
        ADMIN: _("Administration"),
        AUDITOR: _("Audit"),
    }
    return labels[role]
