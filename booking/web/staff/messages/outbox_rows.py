"""Rows of the outbox: how a mail stands and why, in words; addresses only for those who may know them."""

from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _

from booking.bookings.outbox_queries import Mail
from booking.errors import N_
from booking.messages import faults, wording
from booking.messages.facts import STAFF_KINDS
from booking.people.permissions import Acting
from booking.timekit.instants import from_epoch, to_epoch
from booking.web.context import house, language
from booking.web.staff.messages.names import mail_label, mail_state_label
from booking.web.staff.pages import staff_address
from booking.web.variants import LABELS

_CAUSES = {
    faults.UNKNOWN_ADDRESS: N_("The mail server of the recipient does not know this address."),
    faults.FULL: N_("The mailbox of the recipient is full."),
    faults.UNWANTED: N_(
        "The mail server of the recipient did not want our mail, perhaps as suspected advertising."
    ),
    faults.REFUSED: N_("The mail server of the recipient refused the mail for good."),
    faults.LATER: N_("The mail server asked to try later."),
    faults.AWAY: N_("Our mail server could not be reached."),
    faults.CERTIFICATE: N_("The certificate of our mail server is not valid, so nothing is sent through it."),
    faults.SIGN_IN: N_("Our mail server did not accept our sign-in."),
    faults.UNWRITABLE: N_(
        "The mail could not be written or handed over: a fault of ours. Please tell whoever runs the software."
    ),
    faults.OWN_WORDS: N_("Some of the house's own words could not be used: the standard text stood there."),
}
_BOOKING_PAGE = "booking_page"


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail as the outbox shows it; ``why`` is empty where nothing went wrong."""

    id: int
    kind: str
    state: str
    state_label: str
    is_lost: bool
    language: str
    recipient: str
    created: str
    done: str
    next_try: str
    tries: int
    why: str
    said: str
    reference: str
    booking_href: str
    href: str


def mail_row(mail: Mail, acting: Acting) -> MailRow:
    """Return a mail in words, with as much of its recipient as this person may know."""
    is_known = knows(mail, acting)
    cause = faults.cause(mail.fault, state=mail.state)
    is_own = cause == faults.OWN_WORDS
    return MailRow(
        id=mail.id,
        kind=_("Test: %(kind)s", kind=mail_label(mail.kind)) if mail.is_test else mail_label(mail.kind),
        state=mail.state,
        state_label=mail_state_label(mail.state),
        is_lost=mail.is_lost,
        language=LABELS.get(mail.language, mail.language),
        recipient=(mail.recipient if is_known else faults.masked(mail.recipient)) or _("deleted"),
        created=_instant(to_epoch(mail.created_at)),
        done=_instant(to_epoch(mail.done_at)) if mail.done_at else "",
        next_try=_instant(to_epoch(mail.due_at)) if mail.state == "owed" else "",
        tries=mail.tries,
        why=_(_CAUSES[cause]) if cause else "",
        said="" if is_own else (mail.fault if is_known else faults.without_addresses(mail.fault)),
        reference=(mail.reference or "") if is_known else "",
        booking_href=_booking_href(mail, acting) if is_known else "",
        href=staff_address("outbox_mail", mail_id=mail.id),
    )


def knows(mail: Mail, acting: Acting) -> bool:
    """Return whether the address of a mail is for this person: who runs what it tells of, and no invitations."""
    return mail.kind not in STAFF_KINDS and acting.runs(mail.programme_id)


def _booking_href(mail: Mail, acting: Acting) -> str:
    has_page = f"staff.{_BOOKING_PAGE}" in current_app.view_functions
    if mail.booking_id is None or not has_page or not acting.may("bookings.see"):
        return ""
    return staff_address(_BOOKING_PAGE, booking_id=mail.booking_id)


def _instant(epoch: int) -> str:
    return wording.say_instant(from_epoch(epoch), house().zone, language())
