"""A mail server on loopback that can go away and come back, and what it was given."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from tests.mail.post_office import HOST, LoopbackController, Postbox


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter as it arrived."""

    recipient: str
    message_id: str
    in_reply_to: str
    method: str
    uid: str
    sequence: str

    @classmethod
    def read(cls, recipient: str, content: bytes) -> "Mail":
        letter = message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        entry = _calendar_lines(letter)
        return cls(
            recipient=recipient,
            message_id=str(letter["Message-ID"]),
            in_reply_to=str(letter["In-Reply-To"] or ""),
            method=entry.get("METHOD", ""),
            uid=entry.get("UID", ""),
            sequence=entry.get("SEQUENCE", ""),
        )


class Mailroom:
    """Keeps every letter across its absences; ``meanwhile`` is called when one has come, before it is acknowledged."""

    def __init__(self) -> None:
        self.box = _Meanwhile()
        self._controller: Controller = LoopbackController(self.box, hostname=HOST, port=0)
        self._controller.start()
        self.port: int = self._controller.port

    def leave(self) -> None:
        self._controller.stop()

    def come_back(self) -> None:
        self._controller = LoopbackController(self.box, hostname=HOST, port=self.port)
        self._controller.start()

    def mails(self) -> list[Mail]:
        """Return what has come, in order."""
        return [Mail.read(recipients[0], content) for _, recipients, content in list(self.box.letters)]

    def by_recipient(self) -> dict[str, list[Mail]]:
        found = defaultdict(list)
        for mail in self.mails():
            found[mail.recipient].append(mail)
        return dict(found)


class _Meanwhile(Postbox):
    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[int], None] = lambda _number: None
        self._counting = threading.Lock()

    async def handle_DATA(self, server, connection, envelope):  # noqa: N802 - the name is the library's
        answer = await super().handle_DATA(server, connection, envelope)
        with self._counting:
            self.meanwhile(len(self.letters))
        return answer


@contextmanager
def a_mailroom() -> Iterator[Mailroom]:
    room = Mailroom()
    try:
        yield room
    finally:
        room.leave()


def _calendar_lines(letter: EmailMessage) -> dict[str, str]:
    """Return the simple lines of the calendar entry, if there is one."""
    for part in letter.walk():
        if part.get_content_type() == "text/calendar":
            lines = part.get_content().replace("\r\n ", "").splitlines()
            return dict(line.split(":", 1) for line in reversed(lines) if ":" in line)
    return {}
