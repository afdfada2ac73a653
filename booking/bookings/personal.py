"""The inventory of columns: what is stored of people, why, until when, and whether they can take it along."""

from collections.abc import Mapping
from datetime import timedelta

from booking.bookings import access_rules, rules
from booking.crew import rules as crew_rules
from booking.errors import N_
from booking.houses.inventory import Personal, Until
from booking.people import queries as people_queries

AFTER_VISIT = Until(N_("%(num)s days after the visit"), rules.KEPT_AFTER_VISIT.days)
AFTER_DATE = Until(
    N_("%(num)s days after the date that was booked"), rules.KEPT_AFTER_VISIT.days
)  # if cancelled
AFTER_SENDING = Until(N_("%(num)s days after sending"), rules.MAIL_KEPT.days)
A_DAY_AFTER = Until(
    N_("%(num)s day after the visit, or until you withdraw it"), access_rules.KEPT_AFTER_VISIT.days
)
BOOKING = "bookings.changing.forget"
MAIL = "messages.outbox.forget_done"
NEEDS = "bookings.access_needs.forget"

_OF_HOSTS = Personal(
    N_("to plan who gives what"), Until(N_("while the host works for the house")), False, "staff"
)

_OF_STAFF = Personal(
    N_("so that those who run the house can sign in, and each of them only to what is theirs"),
    Until(N_("%(num)s days after the person's access has ended"), crew_rules.KEPT_AFTER_LEAVING.days),
    False,
    "crew.retention.forget",
)
_OF_SIGN_INS = Personal(
    N_("to keep somebody signed in, and to show the person since when"),
    Until(N_("until the sign-in ends, %(num)s hours at most"), people_queries.LONGEST // timedelta(hours=1)),
    False,
    "people.signing_in.forget_ended",
)

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
    "booking_note.words": Personal(
        N_("so that our staff know what was agreed with you, for example on the phone"),
        AFTER_VISIT,
        True,
        "bookings.noting.forget",
    ),
    "booking_note.written_at": Personal(
        N_("so that our staff know what was agreed with you, for example on the phone"),
        AFTER_VISIT,
        True,
        "bookings.noting.forget",
    ),
    "access_need.kind": Personal(
        N_("to arrange what you need to take part, with your consent"), A_DAY_AFTER, True, NEEDS
    ),
    "access_need.words": Personal(
        N_("to arrange it the way you need it, with your consent"), A_DAY_AFTER, True, NEEDS
    ),
    "access_need.consent_at": Personal(
        N_("to prove that you agreed that we store it"), A_DAY_AFTER, True, NEEDS
    ),
    "arrival.arrived_at": Personal(N_("to know who is in the house"), AFTER_VISIT, True, BOOKING),
    "outgoing_mail.recipient": Personal(N_("to deliver our mails to you"), AFTER_SENDING, True, MAIL),
    "outgoing_mail.facts": Personal(N_("to write our mails to you"), AFTER_SENDING, False, MAIL),
    "outgoing_mail.fault": Personal(N_("to find out why a mail did not arrive"), AFTER_SENDING, False, MAIL),
    "attempt_count.key": Personal(
        N_("to bound abuse; a keyed hash of your address or connection"),
        Until(N_("at the end of its hour or day")),
        False,
        "limits.service.forget_before",
    ),
    "hold.client": Personal(
        N_("so that nobody keeps many places from others; a keyed hash of your connection"),
        Until(N_("%(num)s day after your form has ended"), rules.HOLDS_REMEMBERED.days),
        False,
        "bookings.holding.forget_before",
    ),
    "host.key": _OF_HOSTS,
    "host.first_name": _OF_HOSTS,
    "host.last_name": _OF_HOSTS,
    "host.languages": _OF_HOSTS,
    "host.email": _OF_HOSTS,
    **{f"staff.{name}": _OF_STAFF for name in ("email", "name", "password_hash", "language", "host_id")},
    **{f"sign_in.{name}": _OF_SIGN_INS for name in ("staff_id", "created_at", "seen_at")},
    **{f"absence.{name}": _OF_HOSTS for name in ("first_day", "last_day", "starts_at", "ends_at")},
    **{f"busy_time.{name}": _OF_HOSTS for name in ("starts_at", "ends_at")},
}
"""Every column with personal data, as table.column."""

IMPERSONAL: Mapping[str, str] = {
    "absence": "id house_id host_id place_id",
    "access_need": "id booking_id state due_at claim_id",
    "allocation": "id claim_id resource_id starts_at ends_at quantity",
    "arrival": "booking_id version",
    "attempt_count": "window_ends_at attempts",
    "attendance": "booking_id category people",
    "availability_override": "id house_id host_id place_id day",
    "availability_rule": (
        "id house_id host_id place_id weekday start_minute end_minute valid_from valid_until parity ordinal "
        "offering_id medium school_holidays"
    ),
    "booking": (
        "id house_id once reference occurrence_id claim_id state language starts_at ends_at uid sequence "
        "created_at changed_at unreachable_at confirm_until video_told_at erased_at channel made_by_id version"
    ),
    "booking_note": "id booking_id staff_id kind",
    "busy_time": "id host_id",
    "claim": "id house_id created_at expires_at",
    "closure": "id house_id first_day last_day starts_at ends_at reasons",
    "desk": "id house_id offering_id label created_at",
    "event": "id house_id happened_at actor deed object_kind object_id counts changes",
    "held_back": "id house_id occurrence_id claim_id places minutes_before version",
    "hold": (
        "id house_id once occurrence_id claim_id party medium suspicion extensions created_at "
        "expires_at booking_id"
    ),
    "holiday_opening": "id house_id day",
    "host": "id house_id kind is_active version",
    "host_topic": "host_id topic_id",
    "house": "id key zone facts version",
    "house_hostname": "hostname house_id",
    "link": "id house_id purpose subject_id created_at expires_at revoked_at",
    "mail_text": (
        "id house_id offering_id kind language subject opening extra bring closing signature version changed_at"
    ),
    "need": (
        "id offering_id kind place_id pool_id quantity people_per_unit before_minutes after_minutes medium choice"
    ),
    "occurrence": (
        "id house_id offering_id claim_id place_id starts_at ends_at language planned_seats seats "
        "limited_by_pool_id state cancelled_at cancel_reason is_slot medium shared_host_id video_room version "
        "changed_at once series_id series_day"
    ),
    "occurrence_host": "occurrence_id host_id",
    "offering": (
        "id house_id key kind state minutes seats party_min party_max notice_minutes horizon_days "
        "cancel_until_minutes age_min grade_first grade_last groups_max is_step_free is_walk_in "
        "address_check version booked_by host_mode step_minutes offset_minutes is_shared per_day per_week "
        "minutes_per_day programme_id sign_video"
    ),
    "offering_audience": "offering_id audience",
    "offering_medium": "offering_id medium",
    "offering_text": "offering_id language title summary description bring confirmation warning",
    "offering_topic": "offering_id topic_id",
    "outgoing_mail": (
        "id house_id thread kind method language request_id forget_when_sent state due_at leased_until "
        "lease tries created_at done_at"
    ),
    "override_window": "override_id start_minute end_minute",
    "party_count": "booking_id category people",
    "place": "id house_id key kind names address latitude longitude people_limit is_shared is_step_free "
    "is_active version",
    "pool": "id house_id key names units is_active version",
    "programme": "id house_id key names version",
    "queue_day": "offering_id day house_id numbers stopped_at",
    "repair": "id house_id pool_id claim_id units starts_at ends_at note",
    "resource": "id house_id host_id place_id pool_id occurrence_id capacity capacity_since version",
    "series": (
        "id house_id offering_id once rhythm weekdays ordinal first_day last_day times state_holidays "
        "school_holidays created_at version"
    ),
    "series_gap": "series_id day why",
    "sign_in": "id",
    "skill": "host_id offering_id is_fixed",
    "staff": "id house_id runs_all is_active version created_at changed_at erased_at",
    "staff_programme": "staff_id programme_id",
    "staff_role": "staff_id role",
    "ticket": "id house_id offering_id day number state once desk_id calls drawn_at called_at ended_at",
    "topic": "id house_id key names kind position texts partners links picture is_published version",
}
"""Every other column, by table: what says nothing of a person, or nothing any more once the others are empty."""
