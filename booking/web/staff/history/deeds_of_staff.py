"""What staff do with accounts and messages, in words."""

from collections.abc import Mapping

from booking.errors import N_

DEEDS: Mapping[str, str] = {
    "staff.invited": N_("%(who)s invited a member of staff."),
    "staff.invited_again": N_("%(who)s sent an invitation again."),
    "staff.joined": N_("%(who)s accepted the invitation."),
    "staff.changed": N_("%(who)s changed an account of staff."),
    "staff.deactivated": N_("%(who)s deactivated an account of staff."),
    "staff.reactivated": N_("%(who)s reactivated an account of staff."),
    "staff.forgotten": N_("%(who)s deleted name and address of somebody who has left."),
    "staff.reset_sent": N_("%(who)s sent somebody a link to a new password."),
    "staff.password_reset": N_("%(who)s set a new password by a link."),
    "staff.password_changed": N_("%(who)s changed the password."),
    "mail_text.changed": N_("%(who)s changed a mail text."),
    "mail.tested": N_("%(who)s sent a test mail."),
    "mail.tried_again": N_("%(who)s let a mail be sent once more."),
    "mail.given_up": N_("%(who)s gave up sending a mail."),
}
"""Deeds of the journal, each with its sentence; who did it is filled in."""
