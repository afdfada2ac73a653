"""Rows for every table: one of each that fits, and one more of each to be broken."""

from collections.abc import Container, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, column, insert
from sqlalchemy import table as lean_table

from booking.tables import metadata
from tests.tables.shape import tables_of

Row = Mapping[str, Any]
NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)
ONE = datetime(2027, 1, 12, 13, tzinfo=UTC)
DAY = date(2027, 1, 12)
NAMES = {"de": "Name", "en": "Name"}

_HOST = {"house_id": 901, "kind": "guide", "first_name": "Mira", "last_name": "Vogt"}
_HOST |= {"languages": ["de"], "is_active": True, "email": "", "version": 1}
_PROGRAMME = {"house_id": 901, "names": NAMES, "version": 1}
_STAFF = {"house_id": 901, "name": "Dana", "password_hash": "", "language": "de", "host_id": None}
_STAFF |= {"runs_all": False, "is_active": True, "version": 1, "created_at": NOON, "changed_at": NOON}
_STAFF |= {"erased_at": None}
_OFFERING = {
    "house_id": 901,
    "kind": "tour",
    "state": "published",
    "minutes": 60,
    "seats": 15,
    "party_min": 1,
    "party_max": 15,
    "notice_minutes": 0,
    "horizon_days": 180,
    "cancel_until_minutes": 60,
    "age_min": 0,
    "grade_first": None,
    "grade_last": None,
    "groups_max": 1,
    "is_step_free": True,
    "is_walk_in": False,
    "address_check": "off",
    "version": 1,
    "booked_by": "date",
    "host_mode": "any",
    "step_minutes": None,
    "offset_minutes": 0,
    "is_shared": False,
    "per_day": None,
    "per_week": None,
    "minutes_per_day": None,
    "programme_id": None,
}
_TEXT = dict.fromkeys(("title", "summary", "description", "bring", "confirmation", "warning"), "Text")
_PLACE = {"house_id": 901, "kind": "room", "names": NAMES, "address": "", "latitude": None}
_PLACE |= {"longitude": None, "people_limit": None, "is_shared": False, "is_step_free": True}
_POOL = {"house_id": 901, "names": NAMES, "units": 8}
_CLAIM = {"house_id": 901, "created_at": NOON, "expires_at": None}
_NEED = {"offering_id": 901, "kind": "host", "place_id": None, "pool_id": None, "quantity": 1}
_NEED |= {"people_per_unit": None, "before_minutes": 0, "after_minutes": 0, "medium": None, "choice": None}
_OF_HOST = {"house_id": 901, "host_id": 901, "place_id": None}
_RULE = _OF_HOST | {"weekday": 2, "start_minute": 900, "end_minute": 1140, "valid_from": DAY}
_RULE |= {"valid_until": None, "parity": None, "ordinal": None, "offering_id": None, "medium": None}
_RULE |= {"school_holidays": "any"}
_DAYS = {"first_day": DAY, "last_day": DAY, "starts_at": None, "ends_at": None}
_CLOSURE = {"house_id": 901, "reasons": NAMES} | _DAYS
_BUSY = {"host_id": 901, "starts_at": 1000, "ends_at": 2000}
_OCCURRENCE = {
    "house_id": 901,
    "offering_id": 901,
    "claim_id": 901,
    "place_id": None,
    "starts_at": NOON,
    "ends_at": ONE,
    "language": "de",
    "planned_seats": 15,
    "seats": 15,
    "limited_by_pool_id": None,
    "state": "published",
    "cancelled_at": None,
    "cancel_reason": None,
    "is_slot": False,
    "medium": "on_site",
    "shared_host_id": None,
    "video_room": "",
    "version": 1,
    "changed_at": NOON,
    "once": None,
    "series_id": None,
    "series_day": None,
}
_SERIES = {
    "house_id": 901,
    "offering_id": 901,
    "rhythm": "weekly",
    "weekdays": [1],
    "ordinal": None,
    "first_day": DAY,
    "last_day": DAY,
    "times": None,
    "state_holidays": "skip",
    "school_holidays": "open",
    "created_at": NOON,
    "version": 1,
}
_RESOURCE = {"house_id": 901, "host_id": None, "place_id": None, "pool_id": None, "occurrence_id": None}
_RESOURCE |= {"capacity": 15, "capacity_since": 0, "version": 0}
_ALLOCATION = {"claim_id": 901, "resource_id": 904, "starts_at": 1000, "ends_at": 2000, "quantity": 1}
_BOOKING = {
    "house_id": 901,
    "occurrence_id": 901,
    "claim_id": 901,
    "state": "confirmed",
    "language": "de",
    "name": "Amina",
    "email": "amina@example.org",
    "phone": "",
    "note": "",
    "starts_at": NOON,
    "ends_at": ONE,
    "sequence": 0,
    "created_at": NOON,
    "changed_at": NOON,
    "unreachable_at": None,
    "confirm_until": None,
    "video_told_at": None,
    "erased_at": None,
    "channel": "staff",
    "made_by_id": 901,
    "version": 1,
}
_HOLD = {
    "house_id": 901,
    "occurrence_id": 901,
    "claim_id": 901,
    "party": {"adults": 2},
    "client": "hash",
    "medium": "on_site",
    "suspicion": "",
    "extensions": 0,
    "created_at": NOON,
    "expires_at": ONE,
    "booking_id": None,
}
_HELD_BACK = {"house_id": 901, "occurrence_id": 901, "claim_id": 901, "places": 2}
_HELD_BACK |= {"minutes_before": 60, "version": 1}
_NOTE = {"booking_id": 901, "staff_id": 901, "kind": "note", "words": "Called us.", "written_at": NOON}
_ACCESS_NEED = {"booking_id": 901, "words": "", "consent_at": NOON, "state": "arranged", "due_at": None}
_ACCESS_NEED |= {"claim_id": 901}
_WORDS_OF_MAIL = dict.fromkeys(("subject", "opening", "extra", "bring", "closing", "signature"), "Words")
_MAIL_TEXT = _WORDS_OF_MAIL | {"house_id": 901, "offering_id": 901, "language": "de", "version": 1}
_MAIL_TEXT |= {"changed_at": NOON}
_MAIL = {
    "house_id": 901,
    "thread": "booking:901",
    "kind": "confirmation",
    "method": "REQUEST",
    "language": "de",
    "recipient": "amina@example.org",
    "facts": {},
    "request_id": "",
    "forget_when_sent": False,
    "state": "owed",
    "due_at": NOON,
    "leased_until": None,
    "lease": None,
    "tries": 0,
    "fault": "",
    "created_at": NOON,
    "done_at": None,
}
_LINK = {"house_id": 901, "purpose": "manage", "subject_id": 901, "created_at": NOON, "expires_at": ONE}
_QUEUE = {"offering_id": 901, "house_id": 901, "numbers": 2, "stopped_at": None}
_DESK = {"house_id": 901, "offering_id": 901, "created_at": NOON}
_TICKET = {"house_id": 901, "offering_id": 901, "day": DAY, "state": "called", "desk_id": 901, "calls": 1}
_TICKET |= {"drawn_at": NOON, "called_at": ONE, "ended_at": None}
_VOICE = {"house_id": 901, "kind": "idea", "state": "new", "language": "de", "who": "citizen", "name": ""}
_VOICE |= {"email": "", "words": "Bänke", "topic_id": 901, "page": "", "answer": "", "answered_at": None}
_VOICE |= {"created_at": NOON, "changed_at": NOON}
_REPAIR = {"house_id": 901, "pool_id": 901, "claim_id": 901, "units": 1, "starts_at": NOON, "ends_at": ONE}
_REPAIR |= {"note": ""}
_EVENT = {"house_id": 901, "happened_at": NOON, "actor": "visitor", "deed": "booking.confirmed"}
_EVENT |= {"object_kind": "booking", "object_id": 901, "counts": {"people": 3}}

FIRST: list[tuple[str, Row]] = [
    ("attempt_count", {"key": "mail:901", "window_ends_at": NOON, "attempts": 1}),
    ("house", {"id": 901, "key": "first", "zone": "UTC", "facts": {}, "version": 1}),
    ("house_hostname", {"hostname": "first.example", "house_id": 901}),
    ("topic", {"id": 901, "house_id": 901, "key": "first", "names": NAMES}),
    ("topic", {"id": 902, "house_id": 901, "key": "second", "names": NAMES}),
    ("place", _PLACE | {"id": 901, "key": "first"}),
    ("pool", _POOL | {"id": 901, "key": "first"}),
    ("host", _HOST | {"id": 901, "key": "first"}),
    ("host", _HOST | {"id": 902, "key": "second"}),
    ("programme", _PROGRAMME | {"id": 901, "key": "first"}),
    ("programme", _PROGRAMME | {"id": 902, "key": "second"}),
    ("staff", _STAFF | {"id": 901, "email": "first@example.org", "host_id": 901}),
    ("staff", _STAFF | {"id": 902, "email": "second@example.org"}),
    ("staff_role", {"staff_id": 901, "role": "expert"}),
    ("sign_in", {"id": "a" * 64, "staff_id": 901, "created_at": NOON, "seen_at": ONE}),
    ("staff_programme", {"staff_id": 901, "programme_id": 901}),
    ("offering", _OFFERING | {"id": 901, "key": "first"}),
    ("offering_text", _TEXT | {"offering_id": 901, "language": "de"}),
    ("offering_topic", {"offering_id": 901, "topic_id": 901}),
    ("offering_audience", {"offering_id": 901, "audience": "everyone"}),
    ("offering_medium", {"offering_id": 901, "medium": "on_site"}),
    ("need", _NEED | {"id": 901}),
    ("skill", {"host_id": 901, "offering_id": 901, "is_fixed": False}),
    ("host_topic", {"host_id": 901, "topic_id": 901}),
    ("availability_rule", _RULE | {"id": 901}),
    ("availability_override", _OF_HOST | {"id": 901, "day": DAY}),
    ("availability_override", _OF_HOST | {"id": 902, "host_id": None, "place_id": 901, "day": DAY}),
    ("override_window", {"override_id": 901, "start_minute": 600, "end_minute": 720}),
    ("absence", _OF_HOST | _DAYS | {"id": 901}),
    ("busy_time", _BUSY | {"id": 901}),
    ("closure", _CLOSURE | {"id": 901}),
    ("holiday_opening", {"id": 901, "house_id": 901, "day": DAY}),
    ("claim", _CLAIM | {"id": 901}),
    ("claim", _CLAIM | {"id": 902}),
    ("series", _SERIES | {"id": 901, "once": "first"}),
    ("series_gap", {"series_id": 901, "day": DAY, "why": "dropped"}),
    ("occurrence", _OCCURRENCE | {"id": 901, "once": "first"}),
    ("occurrence", _OCCURRENCE | {"id": 902}),
    ("occurrence_host", {"occurrence_id": 901, "host_id": 901}),
    ("resource", _RESOURCE | {"id": 901, "host_id": 901}),
    ("resource", _RESOURCE | {"id": 902, "place_id": 901}),
    ("resource", _RESOURCE | {"id": 903, "pool_id": 901}),
    ("resource", _RESOURCE | {"id": 904, "occurrence_id": 901}),
    ("allocation", _ALLOCATION | {"id": 901}),
    ("booking", _BOOKING | {"id": 901, "once": "first", "reference": "AAAAAAAA", "uid": "first"}),
    ("booking", _BOOKING | {"id": 902, "once": "second", "reference": "CCCCCCCC", "uid": "second"}),
    ("party_count", {"booking_id": 901, "category": "adults", "people": 2}),
    ("arrival", {"booking_id": 901, "arrived_at": NOON, "version": 1}),
    ("attendance", {"booking_id": 901, "category": "adults", "people": 2}),
    ("hold", _HOLD | {"id": 901, "once": "first"}),
    ("held_back", _HELD_BACK | {"id": 901}),
    ("booking_note", _NOTE | {"id": 901}),
    ("access_need", _ACCESS_NEED | {"id": 901, "kind": "dgs"}),
    ("outgoing_mail", _MAIL | {"id": 901}),
    ("mail_text", _MAIL_TEXT | {"id": 901, "kind": "confirmation"}),
    ("link", _LINK | {"id": "a" * 22, "revoked_at": None}),
    ("event", _EVENT | {"id": 901}),
    ("queue_day", _QUEUE | {"day": DAY}),
    ("desk", _DESK | {"id": 901, "label": "first"}),
    ("ticket", _TICKET | {"id": 901, "number": 1, "once": "first"}),
    ("voice", _VOICE | {"id": 901, "once": "first", "reference": "AAAAAAAA"}),
    ("repair", _REPAIR | {"id": 901}),
]
"""One row of each table at least, in an order in which they can be written."""

FURTHER: Mapping[str, Row] = {
    "attempt_count": {"key": "mail:903", "window_ends_at": NOON, "attempts": 1},
    "house": {"id": 903, "key": "further", "zone": "UTC", "facts": {}, "version": 1},
    "house_hostname": {"hostname": "further.example", "house_id": 901},
    "topic": {"id": 903, "house_id": 901, "key": "further", "names": NAMES},
    "place": _PLACE | {"id": 903, "key": "further"},
    "pool": _POOL | {"id": 903, "key": "further"},
    "host": _HOST | {"id": 903, "key": "further"},
    "programme": _PROGRAMME | {"id": 903, "key": "further"},
    "staff": _STAFF | {"id": 903, "email": "further@example.org"},
    "staff_role": {"staff_id": 901, "role": "desk"},
    "sign_in": {"id": "b" * 64, "staff_id": 901, "created_at": NOON, "seen_at": ONE},
    "staff_programme": {"staff_id": 901, "programme_id": 902},
    "offering": _OFFERING | {"id": 903, "key": "further"},
    "offering_text": _TEXT | {"offering_id": 901, "language": "en"},
    "offering_topic": {"offering_id": 901, "topic_id": 902},
    "offering_audience": {"offering_id": 901, "audience": "families"},
    "offering_medium": {"offering_id": 901, "medium": "phone"},
    "need": _NEED | {"id": 903},
    "skill": {"host_id": 902, "offering_id": 901, "is_fixed": True},
    "host_topic": {"host_id": 902, "topic_id": 901},
    "availability_rule": _RULE | {"id": 903},
    "availability_override": _OF_HOST | {"id": 903, "day": date(2027, 1, 13)},
    "override_window": {"override_id": 901, "start_minute": 800, "end_minute": 900},
    "absence": _OF_HOST | _DAYS | {"id": 903},
    "busy_time": _BUSY | {"id": 903},
    "closure": _CLOSURE | {"id": 903},
    "holiday_opening": {"id": 903, "house_id": 901, "day": date(2027, 1, 13)},
    "claim": _CLAIM | {"id": 903},
    "series": _SERIES | {"id": 903, "once": "further"},
    "series_gap": {"series_id": 901, "day": date(2027, 1, 13), "why": "dropped"},
    "occurrence": _OCCURRENCE | {"id": 903},
    "occurrence_host": {"occurrence_id": 901, "host_id": 902},
    "resource": _RESOURCE | {"id": 905, "host_id": 902},
    "allocation": _ALLOCATION | {"id": 903},
    "booking": _BOOKING | {"id": 903, "once": "further", "reference": "BBBBBBBB", "uid": "further"},
    "party_count": {"booking_id": 901, "category": "children", "people": 1},
    "arrival": {"booking_id": 902, "arrived_at": None, "version": 1},
    "attendance": {"booking_id": 901, "category": "children", "people": 1},
    "hold": _HOLD | {"id": 903, "once": "further"},
    "held_back": _HELD_BACK | {"id": 903, "occurrence_id": 902, "claim_id": 902},
    "booking_note": _NOTE | {"id": 903},
    "access_need": _ACCESS_NEED | {"id": 903, "kind": "quiet"},
    "outgoing_mail": _MAIL | {"id": 903},
    "mail_text": _MAIL_TEXT | {"id": 903, "kind": "moved"},
    "link": _LINK | {"id": "b" * 22, "revoked_at": None},
    "event": _EVENT | {"id": 903},
    "queue_day": _QUEUE | {"day": date(2027, 1, 13), "numbers": 0, "stopped_at": NOON},
    "desk": _DESK | {"id": 903, "label": "further"},
    "ticket": _TICKET | {"id": 903, "number": 2, "once": "further"},
    "voice": _VOICE | {"id": 903, "once": "further", "reference": "BBBBBBBB"},
    "repair": _REPAIR | {"id": 903, "claim_id": 902},
}
"""For each table one more row that fits beside the first ones."""


def write(connection: Connection, table: str, row: Row) -> None:
    """Insert a row with exactly these values: no default of the models fills in."""
    known = metadata.tables[table].columns
    connection.execute(
        insert(lean_table(table, *(column(name, known[name].type) for name in row))).values(row)
    )


def write_first(connection: Connection, *, known: Container[str] = ()) -> None:
    """Write the first rows of tables not yet ``known``, as far as this revision has them and their columns."""
    present = tables_of(connection)
    for table, row in FIRST:
        if table in present and table not in known:
            write(connection, table, {name: row[name] for name in row if name in present[table]})
