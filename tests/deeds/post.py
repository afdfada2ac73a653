"""A post office of paper: what writes letters and what carries them, told how to fail."""

from collections.abc import Callable
from dataclasses import dataclass, field

from booking.bookings.delivering import deliver_due
from booking.db import unit_of_work
from booking.messages import outbox
from booking.messages.facts import StaffFacts, Told
from booking.messages.letters import Letter
from booking.messages.outbox import Leased, Owed
from booking.messages.plain import Person
from booking.timekit.clock import StoppedClock
from tests.builders import house_id


def always_fine(_letter: Letter) -> None:
    """Carry every letter."""


@dataclass
class Carrier:
    """Keeps what it was given; ``fate`` raises what shall become of a letter."""

    fate: Callable[[Letter], None] = always_fine
    tried: list[str] = field(default_factory=list)
    carried: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> None:
        self.tried.append(letter.recipient.email)
        self.fate(letter)
        self.carried.append(letter)

    def close(self) -> None:
        """Nothing is kept open."""


@dataclass
class Writer:
    """Writes the references of the bookings (staff have none); ``broken`` names kinds of mail that it cannot write."""

    broken: set[str] = field(default_factory=set)

    def letter(self, mail: Leased, told: Told) -> Letter:
        if mail.kind in self.broken:
            raise LookupError(f"no template for {mail.kind}")
        return Letter(
            message_id=f"<{mail.id}@lab.example>",
            in_reply_to=None if mail.replies_to is None else f"<{mail.replies_to}@lab.example>",
            sender=Person("Lab", "lab@example.org"),
            reply_to="lab@example.org",
            recipient=Person("", mail.recipient),
            subject=mail.kind,
            text=" ".join(one.reference for one in told if not isinstance(one, StaffFacts)),
            html="",
            language=mail.language,
            calendar=None,
            method=None,
        )


def deliver(carrier: Carrier, clock: StoppedClock, *, writer: Writer | None = None) -> int:
    """Let the worker send what is due."""
    return deliver_due(carrier, writer or Writer(), clock=clock)


def lease(clock: StoppedClock) -> Leased | None:
    """Let a worker lease the next mail."""
    return unit_of_work(lambda: outbox.lease_next(now=clock()))


def leased(clock: StoppedClock) -> Leased:
    """Let a worker lease the next mail; there is one."""
    mail = lease(clock)
    assert mail is not None
    return mail


def owe(thread: str, clock: StoppedClock, *, method: str | None = None, kind: str = "confirmation") -> int:
    """Owe a mail and return its id."""
    mail = Owed(
        house_id=house_id(),
        thread=thread,
        kind=kind,
        language="de",
        recipient="amina@example.org",
        facts={"name": "Amina"},
        method=method,
    )
    return unit_of_work(lambda: outbox.owe(mail, now=clock()))
