"""Own words of a house in its letters: every mail, both parts, every language; whatever people typed."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking.db import unit_of_work
from booking.houses import service as houses
from booking.messages.facts import KINDS, LINKS, TASK
from booking.messages.letters import Letter
from booking.messages.outbox import Leased
from booking.messages.passages import EVERY, PASSAGES, SUBJECT
from booking.messages.plain import many_lines, one_line
from booking.web.mime import build
from booking.web.writing import Letters
from tests.conftest import MONDAY
from tests.visitors import faults_of, parse
from tests.web.sample_letters import HOUSE, METHODS, OF_KIND, seen, the_facts, the_letter

WORDED = tuple(kind for kind in PASSAGES if kind != EVERY)
every_language = pytest.mark.parametrize("language", ["de", "en", "ls"])


def worded(kind: str, language: str, texts: dict[str, str], **wanted: object) -> Letter:
    facts = the_facts(language, **(OF_KIND.get(kind, {}) | wanted))
    mail = Leased(
        id=7,
        lease="",
        house_id=unit_of_work(lambda: houses.load(HOUSE)),
        thread="booking:1",
        kind=kind,
        method=METHODS.get(kind),
        language=language,
        recipient="amina@example.org",
        facts={},
        request_id="",
        tries=1,
        created_at=MONDAY,
        replies_to=None,
    )
    return Letters(texts).letter(mail, [facts])


@every_language
def test_every_passage_stands_once_in_both_parts(app: Flask, language):
    for kind in WORDED:
        check_passages(kind, language)


def check_passages(kind: str, language: str) -> None:
    texts = {name: f"Own {name}:\n- one {{phone}}\n- two\n\nEnd of {name}." for name in PASSAGES[kind]}
    texts[SUBJECT] = "Own {offering} {reference}"
    letter = worded(kind, language, texts)
    plain, html = " ".join(letter.text.split()), seen(letter.html)

    assert letter.subject == f"Own {the_facts(language).title} K7MX24PA"
    for name in PASSAGES[kind]:
        if name != SUBJECT:
            assert plain.count(f"Own {name}: - one +49 341 123456 - two End of {name}.") == 1, name
            assert html.count(f"Own {name}:") == html.count(f"End of {name}.") == 1, name
    assert [fault for fault in faults_of(parse(letter.html)) if fault != "attribute style"] == []
    assert [line for line in letter.text.splitlines() if len(line) > 72 and not line.startswith("http")] == []
    assert letter.remark == ""


@every_language
def test_own_words_leave_everything_else_as_it_is(app: Flask, language):
    """What the house adds is added: links, facts and the calendar object stay."""
    for kind in WORDED:
        letter, standard = worded(kind, language, {"extra": "One more thing."}), worded(kind, language, {})

        assert letter.calendar == standard.calendar
        assert letter.subject == standard.subject
        assert letter.text.replace("One more thing.\n\n", "", 1) == standard.text, kind


@every_language
def test_words_for_every_mail_stand_in_those_too_that_have_no_own_words(app: Flask, language):
    for kind in KINDS:
        if kind not in WORDED and kind != LINKS:
            text = " ".join(worded(kind, language, {"signature": "Your {house}"}).text.split())
            assert ("Your Digital" in text) is (kind != TASK), kind


nasty = st.sampled_from(
    ["{name}", "{phone}", "<b>", "&amp;", "\r\nBcc: evil@example.org\r\n\r\n", "- x", "**", "{{ 7*7 }}"]
)
typed = st.lists(nasty | st.text(max_size=12), max_size=4).map("".join)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=typed, title=typed.filter(str.strip), place=typed)
def test_whatever_people_typed_stays_what_they_typed(app: Flask, name, title, place):
    texts = {"subject": "S {name} {offering} E", "opening": "[{name}|{offering}|{place}|{house}]"}
    letter = worded("confirmation", "en", texts, name=name, title=title, place=place)
    told = " ".join(f"[{one_line(name)}|{one_line(title)}|{one_line(place)}".split())

    assert told in " ".join(letter.text.split())
    assert told in seen(many_lines(letter.html))
    assert len(letter.subject.splitlines()) == 1
    assert set(faults_of(parse(many_lines(letter.html)))) == {"attribute style"}
    assert b"\r\nBcc:" not in build(letter, now=MONDAY).as_bytes().partition(b"\r\n\r\n")[0]
    assert letter.remark == ""


def test_without_own_words_a_letter_is_the_standard_one(app: Flask):
    assert worded("confirmation", "de", {}).html == the_letter("confirmation", "de").html
