"""Delivery reports of mail servers (RFC 3464): which mail each is about, and what became of it; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?!\d)")
_FATES = ("message/delivery-status", "message/global-delivery-status")  # the second: RFC 6533
_EMPTY_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_LINE_LIMIT = 998  # RFC 5322, 2.1.1; no id of ours is longer


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the mail to one recipient; ``action`` in lower case, ``status`` like 5.1.1 or empty."""

    action: str
    status: str

    @property
    def is_failed_for_good(self) -> bool:
        """Whether the server has given up (RFC 3464, 2.3.3): refused, or tried in vain for days (4.4.7)."""
        return self.action == "failed" and not self.status.startswith("2.")


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """A report with the Message-IDs by which it names a mail: as it says, so theirs to prove."""

    message_ids: tuple[str, ...]
    fates: tuple[Fate, ...]

    @property
    def is_failed_for_good(self) -> bool:
        """Whether the mail failed for good for any recipient."""
        return any(fate.is_failed_for_good for fate in self.fates)


def read_report(raw: bytes) -> DeliveryReport | None:
    """Return what a mail reports, or None if it is no delivery report or says nothing of a recipient.

    Never raises: whatever is broken in the mail is not there.  Only the parts
    of the report itself count, not what stands inside of a returned message.
    """
    try:
        root = message_from_bytes(raw)
        parts = _parts(root)
        fates = tuple(fate for part in parts if part.get_content_type() in _FATES for fate in _fates(part))
        return DeliveryReport(_message_ids(root, parts), fates) if fates else None
    except RecursionError:  # parts in parts in parts: the parser has no bound of its own
        return None


def _parts(root: Message) -> list[Message]:
    is_report = (root.get_content_type(), _word(root.get_param("report-type"))) == (
        "multipart/report",
        "delivery-status",
    )
    return _messages_in(root) if is_report else []


def _fates(part: Message) -> Iterator[Fate]:
    """Yield the fate in each block of fields; the first block, about the mail itself, has none."""
    whole = b"\n\n".join(block.as_bytes() for block in _messages_in(part))
    for block in _EMPTY_LINE.split(whole):
        fields = message_from_bytes(block.lstrip())
        if "Action" in fields:
            status = _STATUS.match(str(fields["Status"]))
            yield Fate(_word(fields["Action"]), status[1] if status else "")


def _message_ids(root: Message, parts: list[Message]) -> tuple[str, ...]:
    """Return those of the returned message, or of what the report answers if nothing is returned."""
    returned = [_returned(part) for part in parts if part.get_content_type() not in _FATES]
    found = [str(mail["Message-ID"]) for mail in returned if mail is not None and "Message-ID" in mail]
    answered = [str(root[name]) for name in ("In-Reply-To", "References") if name in root]
    return tuple(text.strip() for text in found or answered if len(text) <= _LINE_LIMIT)


def _returned(part: Message) -> Message | None:
    """Return the message that a part gives back, whole or as its headers, or None if it is another part."""
    if part.get_content_maintype() == "message":
        return next(iter(_messages_in(part)), None)
    if part.get_content_type() == "text/rfc822-headers":
        payload = part.get_payload(decode=True)
        return message_from_bytes(payload) if isinstance(payload, bytes) else None
    return None


def _messages_in(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _word(value: object) -> str:
    """Return the first word in lower case: a comment may follow it."""
    found = re.match(r"\s*([a-z-]+)", str(value).lower())
    return found[1] if found else ""
