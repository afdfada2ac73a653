"""What mails, passages, placeholders and states of the outbox are called; marked here, translated where shown."""

from flask_babel import gettext

from booking.errors import N_

KINDS = {
    "every": N_("Every mail"),
    "confirmation": N_("Booking confirmed"),
    "confirm_address": N_("Address to be confirmed"),
    "moved": N_("Booking moved"),
    "changed": N_("Number of people changed"),
    "date_changed": N_("Date changed by the house"),
    "video_address": N_("Address of the video call"),
    "arranged": N_("Access need is met"),
    "not_arranged": N_("Access need cannot be met"),
    "cancellation": N_("Cancelled by the visitor"),
    "cancelled_by_house": N_("Cancelled by the house"),
    "erased": N_("Data deleted"),
    "links": N_("Links asked for"),
    "address_changed": N_("Email address changed"),
    "task": N_("To the house: something to arrange"),
    "voice_received": N_("Idea or report received"),
    "voice_answered": N_("Idea or report answered"),
    "voice_for_house": N_("To the house: idea or report"),
    "staff_invited": N_("To staff: invitation"),
    "staff_reset": N_("To staff: new password"),
    "staff_warned": N_("To staff: warning"),
}
_PASSAGES = {
    "subject": N_("Subject"),
    "opening": N_("Greeting and first sentence"),
    "extra": N_("Further information"),
    "bring": N_("Added to “What to bring”"),
    "closing": N_("Sentence about questions"),
    "signature": N_("Signature"),
}
_PLACEHOLDERS = {
    "name": N_("name of the person"),
    "offering": N_("title of the offering"),
    "date": N_("day of the visit"),
    "time": N_("begin and end"),
    "place": N_("room and address"),
    "reference": N_("reference of the booking"),
    "people": N_("how many come"),
    "house": N_("name of the house"),
    "phone": N_("phone number of the house"),
    "email": N_("email address of the house"),
}
STATES = {
    "owed": N_("Waiting"),
    "leased": N_("On its way"),
    "sent": N_("Sent"),
    "failed": N_("Not delivered"),
    "parked": N_("Could not be written"),
    "skipped": N_("Not sent: not needed any more"),
}


def mail_label(kind: str) -> str:
    """Return what a kind of mail is called; one that is new here by its own name."""
    return gettext(KINDS[kind]) if kind in KINDS else kind


def passage_label(passage: str) -> str:
    """Return what a passage is called."""
    return gettext(_PASSAGES[passage])


def placeholder_label(placeholder: str) -> str:
    """Return what a placeholder stands for."""
    return gettext(_PLACEHOLDERS[placeholder])


def mail_state_label(state: str) -> str:
    """Return what a state of the outbox is called."""
    return gettext(STATES[state])
