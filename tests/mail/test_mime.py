"""The MIME tree of a letter: what a mail program is given, and what nobody can write into it."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import MIMEPart
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.messages.letters import Letter, Refused
from booking.messages.plain import Person
from booking.web.kept import KeepTransport, read_kept
from booking.web.mime import build

NOW = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
OBJECT = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
LETTER = Letter(
    message_id="<0190a3c4.1@labor.example>",
    in_reply_to=None,
    sender=Person("Digitallabor, Leipzig", "post@labor.example"),
    reply_to="buero@labor.example",
    recipient=Person("Amina Öztürk", "amina@example.org"),
    subject="Ihre Buchung: Führung am Donnerstag",
    text="Guten Tag,\n\nbis Donnerstag.\n.\nFrom hier aus rechts.\n",
    html="<p>Guten Tag, bis <b>Donnerstag</b>.</p>",
    language="de",
    calendar=None,
    method=None,
)
INVITATION = replace(LETTER, calendar=OBJECT, method="REQUEST")
HEADERS = (
    "Content-Type MIME-Version Message-ID Date From Reply-To To Subject Content-Language Auto-Submitted"
).split()
NASTY = st.text(st.characters(codec=None), max_size=120) | st.sampled_from(
    [
        "x\r\nBcc: evil@example.org",
        "x\n\n<script>",
        "=?utf-8?q?x=0D=0ABcc:_evil=40example.org?=",
        "a <evil@example.org>, b",
        '"\\',
        "\ud800\x00\u2028",
    ]
)


def raw(letter: Letter) -> bytes:
    return build(letter, now=NOW).as_bytes()


def parsed(letter: Letter) -> Any:
    return message_from_bytes(raw(letter), policy=policy.default)


def tree(message: MIMEPart) -> object:
    if not message.is_multipart():
        return message.get_content_type()
    return [message.get_content_type(), *(tree(part) for part in message.iter_parts())]


def test_an_invitation_is_an_alternative_of_three_and_the_object_as_a_file():
    assert tree(parsed(INVITATION)) == [
        "multipart/mixed",
        ["multipart/alternative", "text/plain", "text/html", "text/calendar"],
        "application/ics",
    ]


def test_a_letter_without_a_calendar_object_is_an_alternative_of_two():
    assert tree(parsed(LETTER)) == ["multipart/alternative", "text/plain", "text/html"]


def test_the_parts_are_declared_to_the_letter():
    plain, html, invitation, attached = (p for p in parsed(INVITATION).walk() if not p.is_multipart())

    assert b'\r\nContent-Type: text/calendar; charset="UTF-8"; method=REQUEST\r\n' in raw(INVITATION)
    assert b"\r\nContent-Type: text/plain; charset=utf-8\r\n" in raw(INVITATION)
    assert (plain.get_content_type(), html.get_content_charset()) == ("text/plain", "utf-8")
    assert (invitation["Content-Transfer-Encoding"], invitation["Content-Disposition"]) == ("base64", None)
    assert attached["Content-Type"] == 'application/ics; name="termin.ics"'
    assert attached["Content-Disposition"] == 'attachment; filename="termin.ics"'
    assert invitation.get_payload(decode=True) == attached.get_payload(decode=True) == OBJECT


def test_the_texts_arrive_as_they_were_written():
    message = parsed(INVITATION)

    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == LETTER.text
    assert message.get_body(("html",)).get_content().rstrip("\n") == LETTER.html


def test_the_headers_say_who_writes_to_whom_and_that_a_machine_does():
    message = parsed(replace(INVITATION, in_reply_to="<0190a3c4.0@labor.example>", language="ls"))

    assert message["Message-ID"] == "<0190a3c4.1@labor.example>"
    assert message["In-Reply-To"] == message["References"] == "<0190a3c4.0@labor.example>"
    assert message["From"].addresses[0].display_name == "Digitallabor, Leipzig"
    assert message["To"].addresses[0].addr_spec == "amina@example.org"
    assert message["Reply-To"] == "buero@labor.example"
    assert message["Subject"] == LETTER.subject
    assert message["Date"].datetime == NOW
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "de")


def test_the_wire_sees_ascii_crlf_and_short_lines():
    written = raw(replace(INVITATION, text="ä" * 5000, html="<p>" + "x" * 5000))

    assert written.isascii()
    assert written.count(b"\n") == written.count(b"\r") == written.count(b"\r\n")
    assert max(map(len, written.split(b"\r\n"))) <= 100


def test_the_same_letter_gives_the_same_bytes():
    assert raw(INVITATION) == raw(replace(INVITATION))


def test_a_long_id_or_link_in_a_header_stays_whole():
    long_id, link = f"<{'a' * 120}@labor.example>", f"<https://labor.example/{'b' * 200}>"
    written = raw(replace(LETTER, in_reply_to=long_id, headers=(("List-Unsubscribe", link),)))

    assert f"\r\nIn-Reply-To: {long_id}\r\n".encode() in written
    assert f"\r\nList-Unsubscribe: {link}\r\n".encode() in written


@settings(max_examples=40, deadline=None)
@given(name=NASTY, subject=NASTY, house=NASTY, more=NASTY)
def test_text_from_people_adds_no_header_and_no_recipient(name, subject, house, more):
    letter = replace(
        INVITATION,
        recipient=Person(name, "amina@example.org"),
        sender=Person(house, "post@labor.example"),
        subject=subject,
        in_reply_to="<1@labor.example>",
        headers=(("X-Request", more),),
    )
    written = raw(letter)
    message = message_from_bytes(written, policy=policy.compat32)

    assert written.isascii()
    assert message.keys() == [*HEADERS, "In-Reply-To", "References", "X-Request"]
    assert [a.addr_spec for a in parsed(letter)["To"].addresses] == ["amina@example.org"]
    assert [a.addr_spec for a in parsed(letter)["From"].addresses] == ["post@labor.example"]


@pytest.mark.parametrize(
    "email",
    [
        "",
        "amina",
        "a b@",
        "@example.org",
        "a@b@c",
        "a@example.org>,<b@c.d",
        "a,b@c.d",
        '"a b"@c.d',
        "a@-b.c-",
    ],
)
def test_a_letter_to_no_mailbox_is_refused(email):
    with pytest.raises(Refused) as refusal:
        build(replace(LETTER, recipient=Person("A", email)), now=NOW)

    assert refusal.value.code == 553


def test_a_line_break_in_an_address_leads_nowhere():
    with pytest.raises(Refused):
        build(replace(LETTER, recipient=Person("A", "amina@example.org\r\nRCPT TO:<b@c.d>")), now=NOW)


def test_a_domain_beyond_ascii_is_written_in_ascii():
    assert b"<amina@xn--strae-oqa.example>" in raw(
        replace(LETTER, recipient=Person("A", "amina@straße.example"))
    )


def test_a_letter_whose_object_says_another_method_cannot_be_made():
    with pytest.raises(ValueError, match="METHOD:CANCEL"):
        replace(INVITATION, method="CANCEL")
    with pytest.raises(ValueError, match="together"):
        replace(LETTER, method="CANCEL")


def test_kept_letters_are_whole_and_the_newest_is_first(tmp_path):
    keeping = KeepTransport(tmp_path / "kept", clock=lambda: NOW)
    for number in range(11):
        keeping.send(replace(INVITATION, subject=f"Brief {number}"))
    keeping.close()

    kept = read_kept(tmp_path / "kept")
    assert [name for name, _ in kept][:2] == ["20260901T083000Z-11.eml", "20260901T083000Z-10.eml"]
    assert kept[0][1]["Subject"] == "Brief 10"
    assert len(list((tmp_path / "kept").iterdir())) == 11
    assert read_kept(tmp_path / "none") == []


@pytest.mark.parametrize("length", range(8, 24))
def test_a_long_subject_keeps_its_single_blanks(length):
    subject = f"Ihre Absage: {'a' * length}, Dienstag, 12. Januar 2027, 14:00–15:00 Uhr"

    assert parsed(replace(LETTER, subject=subject))["Subject"] == subject
