"""Letters to those who run a house: what each says in each language, and what nobody can write into one.

``SNAPSHOTS=update`` writes the snapshots anew; read their difference before it is committed.
"""

import os
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from booking.crew.telling import PASSWORD_CHANGED, THROTTLED
from booking.db import unit_of_work
from booking.houses import service as houses
from booking.links.tokens import link_id_of
from booking.messages.facts import STAFF_INVITED, STAFF_KINDS, STAFF_RESET, STAFF_WARNED, StaffFacts
from booking.messages.letters import Letter
from booking.messages.outbox import Leased
from booking.timekit.instants import to_epoch
from booking.web.roof import roof
from booking.web.writing import Letters
from tests.visitors import faults_of, parse
from tests.web.sample_letters import HOUSE, LINK_ID, hrefs, seen
from tests.web.test_letters import NASTY, SNAPSHOTS

NOW = datetime(2026, 12, 29, 9, tzinfo=UTC)
SORTS = {"invited": (STAFF_INVITED, ""), "reset": (STAFF_RESET, "")}
SORTS |= {"password": (STAFF_WARNED, PASSWORD_CHANGED), "throttled": (STAFF_WARNED, THROTTLED)}

every_sort = pytest.mark.parametrize("sort", SORTS)
every_language = pytest.mark.parametrize("language", ["de", "en"])


def the_letter(sort: str, language: str, **wanted: Any) -> Letter:
    kind, event = SORTS[sort]
    has_link = kind != STAFF_WARNED
    facts: dict[str, Any] = {
        "staff_id": 1,
        "name": "Mira Vogt",
        "roles": ("coordinator", "guide"),
        "event": event,
        "link_id": LINK_ID if has_link else "",
        "until": to_epoch(NOW) + 7 * 86400 if has_link else None,
        "at": to_epoch(NOW),
    }
    mail = Leased(
        id=7,
        lease="",
        house_id=unit_of_work(lambda: houses.load(HOUSE)),
        thread="staff:1",
        kind=kind,
        method=None,
        language=language,
        recipient="mira@example.org",
        facts={},
        request_id="0123456789abcdef",
        tries=1,
        created_at=NOW,
        replies_to=None,
    )
    return Letters().letter(mail, [StaffFacts(**(facts | wanted))])


def test_every_kind_is_looked_at_here():
    assert {kind for kind, _event in SORTS.values()} == set(STAFF_KINDS)


@every_sort
@every_language
def test_a_letter_reads_as_in_its_snapshot(app: Flask, sort, language):
    letter = the_letter(sort, language)

    for suffix, text in {"txt": f"Subject: {letter.subject}\n\n{letter.text}", "html": letter.html}.items():
        path = SNAPSHOTS / f"staff_{sort}.{language}.{suffix}"
        if os.environ.get("SNAPSHOTS") == "update":
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), path.name


@every_sort
@every_language
def test_the_html_part_is_valid_and_says_what_the_text_says(app: Flask, sort, language):
    letter = the_letter(sort, language)
    lines = letter.text.splitlines()

    assert [fault for fault in faults_of(parse(letter.html)) if fault != "attribute style"] == []
    assert [href for href in hrefs(letter) if href.startswith("http") and href not in lines] == []
    assert [line for line in lines if len(line) > 72 and not line.startswith("http")] == []
    assert "Mira Vogt" in letter.text
    assert "Mira Vogt" in seen(letter.html)


@every_sort
def test_german_is_german(app: Flask, sort):
    german, english = the_letter(sort, "de"), the_letter(sort, "en")
    same = ("Beispielstraße 1", "+49")
    lines = {line for line in german.text.splitlines() if " " in line and not line.startswith(same)}

    assert german.subject != english.subject
    assert lines & set(english.text.splitlines()) == set()


@pytest.mark.parametrize(("sort", "purpose"), [("invited", "invite"), ("reset", "reset")])
@every_language
def test_a_letter_carries_one_secret_which_is_for_its_purpose_alone(app: Flask, sort, purpose, language):
    letter = the_letter(sort, language)
    (href,) = {one for one in hrefs(letter) if LINK_ID in one}
    secret = href.rsplit("/", 1)[1]

    assert href.startswith(f"http://labor.example/{language}/")
    assert link_id_of(secret, purpose=purpose, keys=roof().keys) == LINK_ID
    assert link_id_of(secret, purpose="manage", keys=roof().keys) is None
    assert letter.calendar is None


@pytest.mark.parametrize("sort", ["password", "throttled"])
def test_a_warning_carries_no_secret(app: Flask, sort):
    letter = the_letter(sort, "de", link_id=LINK_ID)

    assert LINK_ID not in letter.text + letter.html


@every_sort
def test_a_name_stays_literal_and_cannot_pass_for_a_paragraph_of_ours(app: Flask, sort):
    literal = the_letter(sort, "en", name=f"Mira {NASTY}")
    assert "<script" not in literal.html
    assert f"Mira {NASTY}" in seen(literal.html)

    odd = the_letter(sort, "en", name="Mira\r\n\r\nYou have won:\nhttps://evil.example/")
    assert "https://evil.example/" not in odd.text.splitlines()
    assert not any("evil" in href for href in hrefs(odd))


def test_an_answer_reaches_the_house_and_the_person_is_addressed_by_name(app: Flask):
    letter = the_letter("invited", "de")

    assert letter.reply_to == HOUSE["contact"]["email"]
    assert (letter.recipient.name, letter.recipient.email) == ("Mira Vogt", "mira@example.org")
