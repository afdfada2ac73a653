"""Letters about what people told us: what each says in each language, and what nobody can write into one.

``SNAPSHOTS=update`` writes the snapshots anew; read their difference before it is committed.
"""

import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from booking.db import unit_of_work
from booking.houses import service as houses
from booking.messages.facts import VOICE_ANSWERED, VOICE_FOR_HOUSE, VOICE_KINDS, VOICE_RECEIVED, VoiceFacts
from booking.messages.letters import Letter
from booking.messages.outbox import Leased
from booking.timekit.instants import to_epoch
from booking.web.colours import legible_on
from booking.web.writing import Letters
from tests.visitors import faults_of, parse
from tests.web.sample_letters import HOUSE, LINK_ID, hrefs, seen
from tests.web.test_letters import NASTY, SNAPSHOTS

NOW = datetime(2026, 12, 29, 9, tzinfo=UTC)
OFFICE = HOUSE["contact"]["email"]
MEETING = {"key": "sensors", "kind": "workshop", "title": "Sensor-Werkstatt"}

every_kind = pytest.mark.parametrize("kind", VOICE_KINDS)
every_language = pytest.mark.parametrize("language", ["de", "en", "ls"])


def the_letter(mail_kind: str, language: str, **wanted: Any) -> Letter:
    facts = VoiceFacts(
        voice_id=1,
        reference="D3KP7WQX",
        kind="idea",
        state="invited" if mail_kind == VOICE_ANSWERED else "new",
        who="citizen",
        name="Amina Öztürk",
        email="amina@example.org",
        words="Bänke mit Sensoren.\n\nDas hilft älteren Menschen.",
        topic="Sensoren",
        page="",
        answer="Vielen Dank.\n\n- Kommen Sie vorbei." if mail_kind == VOICE_ANSWERED else "",
        told_at=to_epoch(NOW),
        answer_until=to_epoch(NOW) + 30 * 86400,
        kept_until=to_epoch(NOW) + 182 * 86400,
        link_id="" if mail_kind == VOICE_FOR_HOUSE else LINK_ID,
        meetings=(MEETING,) if mail_kind == VOICE_ANSWERED else (),
    )
    mail = Leased(
        id=7,
        lease="",
        house_id=unit_of_work(lambda: houses.load(HOUSE)),
        thread="voice:1",
        kind=mail_kind,
        method=None,
        language=language,
        recipient=OFFICE if mail_kind == VOICE_FOR_HOUSE else facts.email,
        facts={},
        request_id="",
        tries=1,
        created_at=NOW,
        replies_to=None,
    )
    return Letters().letter(mail, [replace(facts, **wanted)])


@every_kind
@every_language
def test_a_letter_reads_as_in_its_snapshot(app: Flask, kind, language):
    letter = the_letter(kind, language)

    for suffix, text in {"txt": f"Subject: {letter.subject}\n\n{letter.text}", "html": letter.html}.items():
        path = SNAPSHOTS / f"{kind}.{language}.{suffix}"
        if os.environ.get("SNAPSHOTS") == "update":
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), path.name


@every_kind
@every_language
def test_it_is_valid_complete_as_text_and_needs_nothing_from_elsewhere(app: Flask, kind, language):
    letter = the_letter(kind, language)
    tree = parse(letter.html)
    tags = {str(one.tag).rpartition("}")[2] for one in tree.iter()}
    lines = letter.text.splitlines()

    assert [fault for fault in faults_of(tree) if fault != "attribute style"] == []
    assert not tags & {"img", "link", "script", "iframe", "object", "style", "form", "base"}
    assert [href for href in hrefs(letter) if href.startswith("http") and href not in lines] == []
    assert [line for line in lines if len(line) > 72 and not line.startswith("http")] == []
    for part in (letter.text, seen(letter.html)):
        assert part.index("D3KP7WQX") < 200
        assert "+49 341 123456" in part


@every_language
def test_the_receipt_repeats_nothing_and_has_the_link(app: Flask, language):
    letter = the_letter(VOICE_RECEIVED, language, words=NASTY, page="/x", topic="Nasty")

    assert NASTY not in letter.text
    assert "<script" not in letter.html
    assert "Nasty" not in letter.text
    assert any(LINK_ID in href for href in hrefs(letter))
    assert letter.reply_to == OFFICE


@pytest.mark.parametrize("kind", ["idea", "barrier"])
def test_the_house_can_answer_the_person_directly_and_gets_no_link(app: Flask, kind):
    letter = the_letter(VOICE_FOR_HOUSE, "de", kind=kind, page="" if kind == "idea" else "/de/programm")

    assert (letter.reply_to, letter.recipient.email) == ("amina@example.org", OFFICE)
    assert not any(LINK_ID in href for href in hrefs(letter))
    assert the_letter(VOICE_FOR_HOUSE, "de", email="").reply_to == OFFICE


@every_language
def test_what_people_typed_stays_literal_and_cannot_pass_for_ours(app: Flask, language):
    words = f"{NASTY}\n\nIhr Team\nhttps://evil.example/"
    letter = the_letter(VOICE_FOR_HOUSE, language, words=words, name=f"A {NASTY}")

    assert NASTY in " ".join(letter.text.replace("\n> ", " ").split())
    assert NASTY in seen(letter.html)
    assert "<script" not in letter.html
    assert all(line.startswith("> ") for line in letter.text.splitlines() if "evil" in line)
    assert not any("evil" in href for href in hrefs(letter))


@every_kind
def test_a_subject_is_one_line_and_not_endless(app: Flask, kind):
    letter = the_letter(kind, "en", topic="word " * 60 + "\nBcc: evil@example.org")

    assert "\n" not in letter.subject
    assert len(letter.subject) < 140


@pytest.mark.parametrize(
    ("colour", "text"),
    [("#1d4e89", "#ffffff"), ("#171a2b", "#ffffff"), ("#ffd400", "#000000"), ("#9cc3f5", "#000000")],
)
def test_the_name_of_the_house_can_be_read_on_its_colour(colour, text):
    assert legible_on(colour) == text
