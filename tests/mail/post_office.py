"""A mail server on loopback for tests, and a letter for it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from aiosmtpd.controller import Controller

from booking.messages.letters import Letter
from booking.messages.plain import Person
from booking.web.mailer import MailServer, SmtpTransport

HOST = "127.0.0.1"
NOW = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
OBJECT = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
LETTER = Letter(
    message_id="<1@labor.example>",
    in_reply_to=None,
    sender=Person("Digitallabor, Leipzig", "post@labor.example"),
    reply_to="buero@labor.example",
    recipient=Person("Amina Öztürk", "amina@example.org"),
    subject="Führung",
    text="Guten Tag,\n.\nbis bald\n",
    html="<p>Guten Tag</p>",
    language="de",
    calendar=OBJECT,
    method="REQUEST",
)


class Postbox:
    """Notes what it is given; addresses and words in the content say what to refuse."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, list[str], bytes]] = []
        self.peers: set[object] = set()
        self._lines: list[tuple[asyncio.AbstractEventLoop, asyncio.Transport]] = []

    async def handle_MAIL(self, server, connection, envelope, address, options):  # noqa: N802 - the name is the library\'s
        envelope.mail_from = address
        self.peers.add(connection.peer)
        self._lines.append((server.loop, server.transport))
        if address.startswith("toolarge"):
            return "552 5.3.4 too large"
        return "550 5.7.1 you may not send" if address.startswith("stranger") else "250 OK"

    async def handle_RCPT(self, server, connection, envelope, address, options):  # noqa: N802 - the name is the library\'s
        local = address.partition("@")[0]
        if local.isdecimal():
            return f"{local} for <{address}>"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, connection, envelope):  # noqa: N802 - the name is the library\'s
        for code in ("451", "554"):
            if f"Subject: {code}".encode() in envelope.content:
                return f"{code} after the letter"
        self.letters.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 taken"

    def hang_up(self) -> None:
        """Close the latest connection from this side, and return when it is closed."""
        loop, transport = self._lines[-1]

        async def close() -> None:
            transport.abort()

        asyncio.run_coroutine_threadsafe(close(), loop).result(timeout=5)


class LoopbackController(Controller):
    """On a port that the system chooses: the library would knock at port 0."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def post_office(**settings: Any) -> Iterator[tuple[Postbox, MailServer]]:
    box = Postbox()
    controller = LoopbackController(box, hostname=HOST, port=0, server_hostname="mx.example", **settings)
    controller.start()
    try:
        yield box, a_server(controller.port)
    finally:
        controller.stop()


def a_server(port: int, **wanted: Any) -> MailServer:
    server = MailServer(
        HOST, port, None, None, "none", verify=True, ca_file=None, step_seconds=2, letter_seconds=4
    )
    return replace(server, local_name="labor.example", **wanted)


@contextmanager
def sending(server: MailServer) -> Iterator[SmtpTransport]:
    transport = SmtpTransport(server, clock=lambda: NOW)
    try:
        yield transport
    finally:
        transport.close()


def to(email: str) -> Letter:
    return replace(LETTER, recipient=Person("Amina", email))
