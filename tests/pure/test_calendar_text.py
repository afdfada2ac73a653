"""Calendar objects: how texts stand in them, and what nobody can write into them."""

import re
from dataclasses import replace

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.messages.calendar import request
from booking.messages.plain import Person
from tests.pure.entries import TALK, TOUR, content_lines, event_of, names_of

NASTY = st.text(st.characters(codec=None), max_size=80) | st.sampled_from(
    [
        "x\r\nATTENDEE:mailto:evil@example.org",
        'a";PARTSTAT=DECLINED:mailto:b',
        "\u2028END:VEVENT",
        "\ud800\x00\x0b",
    ]
)


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(codec="utf-8"), max_size=300))
def test_lines_are_folded_at_75_octets_and_never_inside_a_character(text):
    written = request(replace(TOUR, summary=text, description=text, location=text))

    lines = written.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() or True for line in lines)
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert not written.startswith(b"\xef\xbb\xbf")


@settings(max_examples=60, deadline=None)
@given(text=NASTY, name=NASTY, email=NASTY, url=NASTY)
def test_text_from_people_adds_no_line_and_no_parameter(text, name, email, url):
    entry = replace(
        TOUR,
        summary="S" + text,
        description="D" + text,
        location="L" + text,
        contact="C" + text,
        categories=("K" + text,),
        url="https://labor.example/" + url,
        attendee=Person("N" + name, email),
        organizer=Person("H" + name, email),
    )
    written = request(entry)

    assert names_of(written) == names_of(request(TOUR))
    assert set(event_of(written)["ATTENDEE"].params) == {"CN", "CUTYPE", "ROLE", "PARTSTAT", "RSVP"}
    assert event_of(written)["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert set(event_of(written)["ORGANIZER"].params) == {"CN"}
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]", written.decode())
    vobject.readOne(written.decode())


def test_a_description_keeps_its_lines_and_its_punctuation():
    described = "Eins;\r\nzwei, drei\\n vier:\tfünf\x00\x0b"

    assert (
        event_of(request(replace(TOUR, description=described)))["DESCRIPTION"]
        == "Eins;\nzwei, drei\\n vier: fünf"
    )


def test_quotes_in_a_name_become_single_and_the_rest_survives():
    name = event_of(request(replace(TOUR, attendee=Person('Eva "Ev" Groß; A, B: C^n', "e@example.org"))))[
        "ATTENDEE"
    ]

    assert name.params["CN"] == "Eva 'Ev' Groß; A, B: C^n"


@pytest.mark.parametrize(
    ("email", "uri"),
    [
        ("o'hara+lab@example.org", "mailto:o'hara+lab@example.org"),
        ("amina@bücher.example", "mailto:amina@xn--bcher-kva.example"),
        ("amina@straße.example", "mailto:amina@xn--strae-oqa.example"),
        ("ämina@example.org", "mailto:%C3%A4mina@example.org"),
        ("a?cc=b%40c@example.org", "mailto:a%3Fcc%3Db%2540c@example.org"),
        ("a@example.org\r\nATTENDEE:b", "mailto:a@example.org%20ATTENDEE%3Ab"),
    ],
)
def test_an_address_is_one_uri_whatever_stands_in_it(email, uri):
    assert event_of(request(replace(TOUR, attendee=Person("A", email))))["ATTENDEE"] == uri


@pytest.mark.parametrize("address", ["javascript:alert(1)", "", "data:text/html,x", "labor.example", "\r\n"])
def test_an_address_that_is_not_of_the_web_is_left_out(address):
    names = names_of(request(replace(TALK, url=address, conference=address)))

    assert "URL" not in names
    assert "CONFERENCE" not in names


def test_a_phone_consultation_is_a_conference_by_phone():
    lines = content_lines(request(replace(TALK, conference="tel:+49341123456")))

    assert "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+49341123456" in lines
