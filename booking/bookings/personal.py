"""The inventory of columns: what is stored of people, why, until when, and whether they can take it along."""

from collections.abc import Mapping
from dataclasses import dataclass

from booking.errors import N_


@dataclass(frozen=True, slots=True)
class Personal:
    """A column with personal data; ``purpose`` and ``until`` are shown to people, ``erased_by`` names the deed."""

    purpose: str
    until: str
    export: bool
    erased_by: str


AFTER_VISIT = N_("7 days after the visit")
AFTER_SENDING = N_("7 days after sending")
BOOKING = "bookings.changing.forget"
MAIL = "messages.outbox.forget_done"

_OF_HOSTS = Personal(N_("to plan who gives what"), N_("while the host works for the house"), False, "staff")

PERSONAL: Mapping[str, Personal] = {
    "booking.name": Personal(
        N_("to greet you and to find your booking at the desk"), AFTER_VISIT, True, BOOKING
    ),
    "booking.email": Personal(
        N_("to send you the confirmation and every change"), AFTER_VISIT, True, BOOKING
    ),
    "booking.phone": Personal(
        N_("to reach you when something changes at short notice"), AFTER_VISIT, True, BOOKING
    ),
    "booking.note": Personal(N_("so that we can prepare for your visit"), AFTER_VISIT, True, BOOKING),
    "outgoing_mail.recipient": Personal(N_("to deliver our mails to you"), AFTER_SENDING, True, MAIL),
    "outgoing_mail.facts": Personal(N_("to write our mails to you"), AFTER_SENDING, False, MAIL),
    "outgoing_mail.fault": Personal(N_("to find out why a mail did not arrive"), AFTER_SENDING, False, MAIL),
    "attempt_count.key": Personal(
        N_("to bound abuse; a keyed hash of your address or connection"),
        N_("at the end of its hour or day"),
        False,
        "limits.service.forget_before",
    ),
    "host.key": _OF_HOSTS,
    "host.first_name": _OF_HOSTS,
    "host.last_name": _OF_HOSTS,
    "host.languages": _OF_HOSTS,
}
"""Every column with personal data, as table.column."""

IMPERSONAL: Mapping[str, str] = {
    "allocation": "id claim_id resource_id starts_at ends_at quantity",
    "attempt_count": "window_ends_at attempts",
    "booking": (
        "id house_id once reference occurrence_id claim_id state language starts_at ends_at uid sequence "
        "created_at changed_at unreachable_at erased_at"
    ),
    "claim": "id house_id created_at expires_at",
    "closure": "id house_id first_day last_day reasons",
    "event": "id house_id happened_at actor deed object_kind object_id counts",
    "holiday_opening": "id house_id day",
    "host": "id house_id kind is_active",
    "house": "id key zone facts version",
    "house_hostname": "hostname house_id",
    "link": "id house_id purpose subject_id created_at expires_at revoked_at",
    "need": "id offering_id kind place_id pool_id quantity people_per_unit before_minutes after_minutes",
    "occurrence": (
        "id house_id offering_id claim_id place_id starts_at ends_at language planned_seats seats "
        "limited_by_pool_id state cancelled_at cancel_reason version"
    ),
    "occurrence_host": "occurrence_id host_id",
    "offering": (
        "id house_id key kind state minutes seats party_min party_max notice_minutes horizon_days "
        "cancel_until_minutes age_min grade_first grade_last groups_max is_step_free is_walk_in "
        "address_check version"
    ),
    "offering_audience": "offering_id audience",
    "offering_medium": "offering_id medium",
    "offering_text": "offering_id language title summary description bring confirmation warning",
    "offering_topic": "offering_id topic_id",
    "outgoing_mail": (
        "id house_id thread kind method language request_id forget_when_sent state due_at leased_until "
        "lease tries created_at done_at"
    ),
    "party_count": "booking_id category people",
    "place": "id house_id key kind names address latitude longitude people_limit is_shared is_step_free",
    "pool": "id house_id key names units",
    "resource": "id house_id host_id place_id pool_id occurrence_id capacity capacity_since version",
    "skill": "host_id offering_id",
    "topic": "id house_id key names",
}
"""Every other column, by table: what says nothing of a person, or nothing any more once the others are empty."""
