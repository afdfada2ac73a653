"""A letter as a MIME tree that calendars understand, on Flask-Mail's Message."""

import hashlib
import quopri
import re
from base64 import encodebytes
from datetime import datetime
from email.headerregistry import (
    Address,
    BaseHeader,
    HeaderRegistry,
    UniqueUnstructuredHeader,
    UnstructuredHeader,
)
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime

from flask_mail import Message

from booking.messages.letters import Letter, Refused
from booking.messages.plain import Person, language_tag, mailbox, many_lines, one_line

ATTACHED_NAME = "termin.ics"
_MAILBOX = re.compile(r"""[^\s<>()\[\],;:\\"@]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?""")
_LINE_LIMIT = 900  # octets; RFC 5322, 2.1.1 allows 998


class _Unbroken(UnstructuredHeader, BaseHeader):
    """A header on one line: the library would hide a long id or address in an encoded word."""

    def fold(self, *, policy: EmailPolicy) -> str:  # type: ignore[override]
        if self.isascii() and len(self) < _LINE_LIMIT:
            return f"{self.name}: {self}{policy.linesep}"
        return super().fold(policy=policy)


class _Subject(UniqueUnstructuredHeader, BaseHeader):  # type: ignore[misc]
    """A subject with one blank between a word and an encoded word on the next line: the library writes two."""

    def fold(self, *, policy: EmailPolicy) -> str:  # type: ignore[override]
        return super().fold(policy=policy).replace(f" {policy.linesep} =?", f"{policy.linesep} =?")


_REGISTRY = HeaderRegistry(default_class=_Unbroken)
_REGISTRY.map_to_type("subject", _Subject)
_REGISTRY.map_to_type("content-type", _Unbroken)  # leaves method=REQUEST without quotes, as clients know it
_POLICY = SMTP.clone(header_factory=_REGISTRY)


def build(letter: Letter, *, now: datetime) -> Message:
    """Return the message to send at ``now``; ``as_bytes()`` gives it with CRLF, ready for the wire.

    The same letter at the same instant gives the same bytes.
    Raises Refused for a recipient to whom nothing can be addressed, ValueError for such a sender.
    """
    if not _MAILBOX.fullmatch(mailbox(letter.recipient.email)):
        raise Refused(553, "The address of the recipient is not a mailbox.")
    if not all(_MAILBOX.fullmatch(mailbox(own)) for own in (letter.sender.email, letter.reply_to)):
        raise ValueError("the sender's or the reply address is not a mailbox")
    return LetterMessage(letter, now=now)


class LetterMessage(Message):
    """Flask-Mail's message with a tree of its own: the parent knows no calendar part."""

    def __init__(self, letter: Letter, *, now: datetime) -> None:
        super().__init__(
            subject=_words(letter.subject),
            recipients=[mailbox(letter.recipient.email)],
            body=many_lines(letter.text),
            html=many_lines(letter.html),
            sender=mailbox(letter.sender.email),
            reply_to=mailbox(letter.reply_to),
            date=now.timestamp(),
            charset="utf-8",
        )
        self.msgId = one_line(letter.message_id)
        self._letter = letter
        self._now = now
        people = (letter.sender, letter.recipient, Person("", letter.reply_to))
        utf8 = not all(mailbox(person.email).isascii() for person in people)
        self._policy = _POLICY.clone(utf8=utf8)
        self.mail_options = ["SMTPUTF8"] if utf8 else []  # RFC 6531, 3.4

    def _message(self) -> MIMEBase:
        root = self._alternatives()
        if self._letter.calendar is not None:
            root, alternatives = self._multipart("mixed"), root
            root.attach(alternatives)
            root.attach(self._attached(self._letter.calendar))
        root["MIME-Version"] = "1.0"
        for name, value in self._headers().items():
            root[name] = value
        for name, text in self._letter.headers:
            root[one_line(name)] = _words(text)
        return root

    def _alternatives(self) -> MIMEMultipart:
        found = self._multipart("alternative")
        found.attach(self._text("plain", self.body or ""))
        found.attach(self._text("html", self.html or ""))
        if self._letter.calendar is not None:
            # Last, because readers prefer the last that they understand (RFC 2046, 5.1.4).
            content_type = f'text/calendar; charset="UTF-8"; method={self._letter.method}'
            found.attach(self._base64(content_type, self._letter.calendar))
        return found

    def _headers(self) -> dict[str, str]:
        letter = self._letter
        headers = {
            "Message-ID": self.msgId,
            "Date": format_datetime(self._now),
            "From": str(_address(letter.sender)),
            "Reply-To": str(_address(Person("", letter.reply_to))),
            "To": str(_address(letter.recipient)),
            "Subject": self.subject,
            "Content-Language": language_tag(letter.language),
            "Auto-Submitted": "auto-generated",  # RFC 3834, 5
        }
        if letter.in_reply_to:
            headers["In-Reply-To"] = headers["References"] = one_line(letter.in_reply_to)
        return headers

    def _multipart(self, subtype: str) -> MIMEMultipart:
        # "=_" stands in no base64 and no quoted-printable text, so no part can contain it.
        boundary = "=_" + hashlib.sha256(f"{subtype} {self.msgId}".encode()).hexdigest()[:32]
        part = MIMEMultipart(subtype, boundary=boundary, policy=self._policy)
        del part["MIME-Version"]
        return part

    def _text(self, subtype: str, text: str) -> MIMEBase:
        """Quoted-printable: Flask-Mail sends 8 bit and lines without end, whatever the server says."""
        part = self._leaf(f"text/{subtype}; charset=utf-8", "quoted-printable")
        part.set_payload(quopri.encodestring(text.encode()).decode("ascii"))
        return part

    def _attached(self, calendar: bytes) -> MIMEBase:
        part = self._base64(f'application/ics; name="{ATTACHED_NAME}"', calendar)
        part["Content-Disposition"] = f'attachment; filename="{ATTACHED_NAME}"'
        return part

    def _base64(self, content_type: str, content: bytes) -> MIMEBase:
        part = self._leaf(content_type, "base64")
        part.set_payload(encodebytes(content).decode("ascii"))
        return part

    def _leaf(self, content_type: str, encoding: str) -> MIMEBase:
        part = MIMEBase("text", "plain", policy=self._policy)
        del part["MIME-Version"]
        part.replace_header("Content-Type", content_type)
        part["Content-Transfer-Encoding"] = encoding
        return part


def _address(person: Person) -> Address:
    local, _, domain = mailbox(person.email).rpartition("@")
    return Address(display_name=_words(person.name), username=local, domain=domain)


def _words(text: str) -> str:
    """One line in which nothing reads as an encoded word: the library would decode it, newlines too."""
    return one_line(text).replace("=?", "= ?")
