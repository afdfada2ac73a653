"""The journal is read by people: every deed that is recorded has a sentence, every column that may change a label."""

import ast
import re
from collections.abc import Iterator

from booking.bookings import ticket_states
from booking.bookings.states import STATES as BOOKING_STATES
from booking.catalogue.models import STATES as OFFERING_STATES
from booking.db import Base
from booking.people.permissions import PERMISSIONS
from booking.voices.states import STATES as VOICE_STATES
from booking.web.staff.history.field_labels import FIELDS
from booking.web.staff.history.objects import KINDS
from booking.web.staff.history.sentences import SENTENCES
from tests.house.tree import python_files

DEED = re.compile(r"[a-z_]+\.[a-z_]+")
PREFIX = re.compile(r"[a-z_]+\.")
ENDINGS = {
    "booking.": {
        "confirmed",
        "to_be_confirmed",
        "cancelled_by_visitor",
        "cancelled_by_house",
    },
    "ticket.": {"called", "served", "missed", "left", "put_back"},
    "voice.": {"answered", "invited", "taken_up", "declined", "closed"},
    "offering.": set(OFFERING_STATES),
}
"""Deeds that are put together: what their words begin with, and how they end."""
EDITED = ("offering", "offering_text", "occurrence", "place", "pool", "topic", "closure", "availability_rule")
NEVER_CHANGED = {"id", "house_id", "offering_id", "claim_id", "once", "version"} | {
    "cancelled_at",
    "cancel_reason",
    "is_slot",
    "shared_host_id",
    "video_room",
    "series_id",
    "series_day",
    "changed_at",
}


def texts(source: str) -> Iterator[str]:
    """Yield every text of a module, the fixed beginning of those that are put together included."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def recorded() -> Iterator[tuple[str, str]]:
    """Yield module and deed of all that is written into the journal."""
    for path in python_files("booking"):
        source = path.read_text(encoding="utf-8")
        is_reader = "web" in path.parts or path.name in ("history.py", "history_names.py", "promises.py")
        if ("booking.journal" not in source and ".record(" not in source) or is_reader:
            continue
        for text in texts(source):
            if DEED.fullmatch(text) and text not in PERMISSIONS:
                yield path.name, text
            if PREFIX.fullmatch(text):
                assert text in ENDINGS, f"{path.name} puts deeds together that begin with {text}"
                yield from ((path.name, text + ending) for ending in ENDINGS[text])


def test_every_deed_that_is_recorded_has_a_sentence():
    found = list(recorded())

    assert len(found) > 60
    assert {f"{module}: {deed}" for module, deed in found if deed not in SENTENCES} == set()


def test_every_sentence_names_who_did_it_and_ends():
    assert [text for text in SENTENCES.values() if not text.startswith("%(who)s ") or text[-1] != "."] == []


def test_the_endings_are_those_of_the_states():
    assert ENDINGS["booking."] <= set(BOOKING_STATES)
    assert ENDINGS["voice."] < set(VOICE_STATES)
    assert len(ENDINGS["ticket."]) == len(ticket_states.STATES)


def test_every_kind_of_object_has_a_name():
    found = set()
    for path in python_files("booking"):
        found |= set(re.findall(r'object_kind(?:=|": )"([a-z_]+)"', path.read_text(encoding="utf-8")))

    assert len(found) > 8
    assert found - KINDS.keys() == set()


def test_every_column_that_staff_edit_has_a_label():
    columns = {
        column.name for name in EDITED for column in Base.metadata.tables[name].columns
    } - NEVER_CHANGED

    assert columns - FIELDS.keys() == set()


def test_every_field_that_a_deed_names_has_a_label():
    found = set()
    for path in python_files("booking"):
        source = path.read_text(encoding="utf-8")
        if "booking.journal" in source:
            for told in re.findall(r"changes=\{([^}]*)\}", source):
                found |= set(re.findall(r'"([a-z_]+)":', told))

    assert len(found) > 3
    assert found - FIELDS.keys() == set()
