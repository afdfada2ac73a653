"""A letter to one person, what may become of it, and what carries it."""

from dataclasses import dataclass
from typing import Protocol

from booking.messages.plain import Person


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, written in full; texts may be as somebody typed them.

    ``message_id``   with its angle brackets, made from the outbox row, so that a second sending
                     of the same row is recognised as the same letter (RFC 5322, 3.6.4)
    ``in_reply_to``  the message that this one follows in the reader's mailbox
    ``sender``       the house, and the organizer in the calendar object
    ``calendar``     an object of ``booking.messages.calendar``, with its ``method``; both or none
    ``headers``      further ones; those that stand in this list of fields are not among them
    ``remark``       for staff: what of it could not be written as the house worded it; not sent

    Raises ValueError when the object does not say the same method (RFC 6047, 2.4).
    """

    message_id: str
    in_reply_to: str | None
    sender: Person
    reply_to: str
    recipient: Person
    subject: str
    text: str
    html: str
    language: str
    calendar: bytes | None
    method: str | None
    headers: tuple[tuple[str, str], ...] = ()
    remark: str = ""

    def __post_init__(self) -> None:
        if (self.calendar is None) != (self.method is None):
            raise ValueError("a calendar object and its method come together")
        if self.calendar is not None and f"\r\nMETHOD:{self.method}\r\n".encode() not in self.calendar:
            raise ValueError(f"the calendar object does not say METHOD:{self.method}")


class TryLater(Exception):
    """The server refused this letter or its recipient for now (4xx)."""


class ServerAway(Exception):
    """The server could not be spoken with, which says nothing about the letter."""


class Refused(Exception):
    """The letter or its recipient was refused for good (5xx): sending it again is no use."""

    def __init__(self, code: int, reply: str) -> None:
        super().__init__(f"{code} {reply}")
        self.code = code
        self.reply = reply


class Transport(Protocol):
    """What carries letters, one after the other, from one thread."""

    def send(self, letter: Letter) -> None:
        """Hand the letter over; raises TryLater, ServerAway or Refused when that fails."""
        ...

    def close(self) -> None:
        """Let go of what sending has kept open; sending may begin anew."""
        ...
