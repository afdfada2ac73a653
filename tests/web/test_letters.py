"""Letters: what each mail says in each language, and what nobody can write into one.

``SNAPSHOTS=update`` writes the snapshots anew; read their difference before it is committed.
"""

import os
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from flask import Flask

from booking.links.tokens import token
from booking.messages.facts import (
    CANCELLED_BY_HOUSE,
    CONFIRM_ADDRESS,
    CONFIRMATION,
    ERASED,
    KINDS,
    TASK,
    VIDEO_ADDRESS,
)
from booking.web.roof import roof
from tests.pure.entries import content_lines
from tests.visitors import faults_of, parse
from tests.web.easy import leftovers
from tests.web.sample_letters import HOUSE, LINK_ID, OF_KIND, TITLE, VIDEO, hrefs, seen, the_letter
from tests.web.ways import said

SNAPSHOTS = Path(__file__).parent.parent / "snapshots" / "mails"
OURS = "http://labor.example/"
CALENDARS = ("https://calendar.google.com/calendar/render?", "https://outlook.live.com/calendar/0/deeplink/")
NASTY = '<script>alert(1)</script> {{ 7*7 }} {% raw %} %(name)s &amp; "x"'

FOR_STAFF = (TASK,)

every_kind = pytest.mark.parametrize("kind", KINDS)
every_language = pytest.mark.parametrize("language", ["de", "en", "ls"])


@every_kind
@every_language
def test_a_letter_reads_as_in_its_snapshot(app: Flask, kind, language):
    letter = the_letter(kind, language)
    written = {"txt": f"Subject: {letter.subject}\n\n{letter.text}", "html": letter.html}
    if letter.calendar is not None:
        written["ics"] = "\n".join(content_lines(letter.calendar)) + "\n"

    for suffix, text in written.items():
        path = SNAPSHOTS / f"{kind}.{language}.{suffix}"
        if os.environ.get("SNAPSHOTS") == "update":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), path.name


@every_kind
def test_easy_language_is_german_with_sentences_of_its_own(app: Flask, kind):
    letter = the_letter(kind, "ls")

    assert 'lang="de"' in letter.html
    assert "/de/" not in letter.text
    if kind not in FOR_STAFF:
        assert letter.text != the_letter(kind, "de").text
        assert leftovers(" ".join(letter.text.split())) == leftovers(seen(letter.html)) == []


@every_kind
@every_language
def test_the_html_part_is_valid_and_needs_nothing_from_elsewhere(app: Flask, kind, language):
    tree = parse(the_letter(kind, language).html)
    tags = {str(one.tag).rpartition("}")[2] for one in tree.iter()}

    assert [fault for fault in faults_of(tree) if fault != "attribute style"] == []
    assert not tags & {"img", "link", "script", "iframe", "object", "style", "form", "base"}
    assert not [one for one in tree.iter() if "url(" in one.get("style", "")]


@every_kind
@every_language
def test_every_address_is_ours_or_of_a_calendar(app: Flask, kind, language):
    letter = the_letter(kind, language)
    contact = ("tel:+49341123456", "mailto:buero@labor.example")
    known = (OURS, *CALENDARS, *([VIDEO] if kind == VIDEO_ADDRESS else []))

    assert all(href.startswith(known) or href in contact for href in hrefs(letter))
    assert all(url.startswith(known) for url in re.findall(r"https?://\S+", letter.text))


@every_kind
@every_language
def test_the_text_part_is_complete_by_itself(app: Flask, kind, language):
    letter = the_letter(kind, language)
    lines = letter.text.splitlines()

    assert [href for href in hrefs(letter) if href.startswith("http") and href not in lines] == []
    assert "+49 341 123456" in letter.text
    assert "buero@labor.example" in letter.text
    assert [line for line in lines if len(line) > 72 and not line.startswith("http")] == []
    assert unescape(letter.text) == letter.text


@every_kind
@every_language
def test_what_when_where_and_the_reference_come_first(app: Flask, kind, language):
    letter = the_letter(kind, language)
    day = {
        "de": "Dienstag, 12. Januar 2027, 14:00–15:00 Uhr",
        "en": "Tuesday, 12 January 2027, 14:00–15:00",
        "ls": "Dienstag, 12. Januar 2027, von 14 Uhr bis 15 Uhr",
    }
    place = "Foyer, Beispielstraße 1, 04109 Leipzig"
    if kind == VIDEO_ADDRESS:
        place = said("Video call", language)
    told = (TITLE[language], day[language], place, "K7MX24PA")

    for part in (letter.text, seen(letter.html)):
        places = [part.index(text) for text in told]
        assert places == sorted(places)
        assert places[-1] < 400


@every_kind
def test_the_calendar_object_opens_nothing(app: Flask, kind):
    letter = the_letter(kind, "de")
    shared = "\n".join([*content_lines(letter.calendar or b""), *filter(is_of_a_calendar, hrefs(letter))])

    assert LINK_ID not in shared
    if letter.method == "REQUEST":
        assert f"{OURS}de/meine-buchungen" in shared


def is_of_a_calendar(href: str) -> bool:
    return href.startswith(CALENDARS)


def test_a_mail_that_asks_to_confirm_has_that_link_alone_and_says_until_when(app: Flask):
    letter = the_letter(CONFIRM_ADDRESS, "en")
    secret = token(LINK_ID, purpose="confirm", key=roof().keys[0])

    assert [href for href in hrefs(letter) if LINK_ID in href] == [f"{OURS}en/confirm/{secret}"]
    assert "We keep the places for you until Tuesday, 29 December 2026, 11:00." in " ".join(
        letter.text.split()
    )
    assert letter.calendar is None


def test_the_address_of_a_video_call_is_in_the_mail_and_in_its_calendar_entry_alone(app: Flask):
    """The entry is for the booker's own calendar: the address is what the call needs, and opens no booking."""
    letter, room = the_letter(VIDEO_ADDRESS, "en"), OF_KIND[VIDEO_ADDRESS]["video_room"]

    assert VIDEO + room in hrefs(letter)
    assert VIDEO + room in letter.text.splitlines()
    conference = f"CONFERENCE;VALUE=URI;FEATURE=VIDEO:{VIDEO}{room}"
    assert conference in content_lines(letter.calendar or b"")
    confirmation = the_letter(CONFIRMATION, "en", **OF_KIND[VIDEO_ADDRESS])
    assert room not in confirmation.text + confirmation.html + (confirmation.calendar or b"").decode()


def test_the_proof_of_deletion_carries_no_link_to_the_booking(app: Flask):
    letter = the_letter(ERASED, "de")  # whatever the facts say: the link ends in the same moment

    assert LINK_ID not in letter.text + letter.html


def test_a_confirmation_has_the_links_of_its_booking(app: Flask):
    secret = token(LINK_ID, purpose="manage", key=roof().keys[0])
    found = hrefs(the_letter(CONFIRMATION, "en"))

    for ending in ("", "/cancel", "/date.ics"):
        assert f"{OURS}en/booking/{secret}{ending}" in found
    assert len([href for href in found if is_of_a_calendar(href)]) == 2


@every_kind
@every_language
def test_what_people_typed_stays_literal(app: Flask, kind, language):
    texts = {name: f"{name} {NASTY}" for name in "name title place bring confirmation reason".split()}
    ways = {code: {**HOUSE["texts"][code], "way": f"way {NASTY}"} for code in ("de", "en")}
    letter = the_letter(kind, language, house=HOUSE | {"texts": ways}, **texts)
    told = {CONFIRMATION: ("name", "confirmation", "bring"), CANCELLED_BY_HOUSE: ("reason",)}.get(kind, ())

    for part in (" ".join(letter.text.split()), seen(letter.html)):
        where = ("place",) if kind != VIDEO_ADDRESS else ()
        assert [name for name in ("title", *where, *told) if texts[name] not in part] == []
        assert f"way {NASTY}" in part or kind != CONFIRMATION
    assert "<script" not in letter.html


def test_a_name_cannot_pass_for_a_paragraph_of_ours(app: Flask):
    letter = the_letter(CONFIRMATION, "en", name="Amina\r\n\r\nYou have won:\nhttps://evil.example/")

    assert "Amina You have won: https://evil.example/, we look" in " ".join(letter.text.split())
    assert "https://evil.example/" not in letter.text.splitlines()
    assert not any("evil" in href for href in hrefs(letter))


@every_kind
def test_a_subject_is_one_line_and_not_endless(app: Flask, kind):
    letter = the_letter(kind, "en", title="word " * 60 + "\nBcc: evil@example.org")

    assert "\n" not in letter.subject
    assert len(letter.subject) < 140


def test_an_address_in_a_calendar_link_is_escaped(app: Flask):
    letter = the_letter(CONFIRMATION, "en", title="A & B #1?")

    google = next(href for href in hrefs(letter) if href.startswith(CALENDARS[0]))
    assert f"text={quote_plus('A & B #1?')}+{quote('–')}" in google
