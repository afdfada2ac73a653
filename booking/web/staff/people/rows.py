"""What the pages of people show, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from booking.crew.queries import ACTIVE, DEACTIVATED, INVITED, LAPSED, Member, OwnSignIn
from booking.errors import N_
from booking.messages import wording
from booking.people.permissions import ROLES
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.staff.pages import staff_address
from booking.web.staff_letters import role_label

STORED = (
    (
        "staff.name",
        N_(
            "Your name, your email address, the language of our mails, a check value of your password, "
            "and which person of the programme you are"
        ),
    ),
    ("sign_in.created_at", N_("When you signed in and were last active")),
)
"""What is stored of staff, by column, as people call it."""

STATES: Mapping[str, str] = {
    ACTIVE: N_("active"),
    INVITED: N_("invited"),
    LAPSED: N_("invitation is over"),
    DEACTIVATED: N_("deactivated"),
}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody in the list."""

    name: str
    email: str
    roles: str
    state: str
    state_label: str
    mail_failed: bool
    is_me: bool
    href: str


@dataclass(frozen=True, slots=True)
class SignInRow:
    """Where somebody is signed in."""

    began: str
    seen: str
    is_this: bool


def person_rows(members: Iterable[Member], *, failed: frozenset[int], me: int) -> list[PersonRow]:
    """Return the rows of the list; ``failed``: whose mail could not be delivered."""
    return [_person_row(one, mail_failed=one.id in failed, is_me=one.id == me) for one in members]


def _person_row(member: Member, *, mail_failed: bool, is_me: bool) -> PersonRow:
    return PersonRow(
        name=member.details.name,
        email=member.email,
        roles=", ".join(role_label(role) for role in ROLES if role in member.details.roles),
        state=member.state,
        state_label=state_label(member),
        mail_failed=mail_failed,
        is_me=is_me,
        href=staff_address("person", person_id=member.id),
    )


def state_choices() -> list[tuple[str, str]]:
    """Return the states by which the list is filtered."""
    return [(state, _(label)) for state, label in STATES.items()]


def named(names: Mapping[str, str]) -> str:
    """Return a name in the language of the page, else in German, else in any."""
    return names.get(language()) or names.get("de") or next(iter(names.values()), "")


def state_label(member: Member) -> str:
    """Return the state of somebody, with the end of an invitation that is open."""
    if member.invited_until is not None:
        day = wording.say_day(local_date(member.invited_until, house().zone), language())
        return _("invited, until %(day)s", day=day)
    return _(STATES[member.state])


def sign_in_rows(sign_ins: Iterable[OwnSignIn], *, own: str) -> list[SignInRow]:
    """Return where somebody is signed in; ``own``: the id of this browser's sign-in."""
    zone, spoken = house().zone, language()
    return [
        SignInRow(
            wording.say_instant(one.began_at, zone, spoken),
            wording.say_instant(one.seen_at, zone, spoken),
            one.id == own,
        )
        for one in sign_ins
    ]
