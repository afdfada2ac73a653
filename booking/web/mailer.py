"""What carries letters to an SMTP server: Flask-Mail's connection, with limits and a verified certificate."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self, cast

from flask_mail import Connection, Mail, Message

from booking.messages.letters import Letter, Refused, ServerAway, TryLater
from booking.messages.plain import one_line
from booking.timekit.clock import Clock
from booking.web.mime import build

_REPLY_LIMIT = 500  # characters of a server's answer worth keeping


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in, and for how long we wait.

    ``verify``          whether the certificate must be good; off only where somebody said so
    ``ca_file``         further authorities to trust, as PEM
    ``step_seconds``    the longest silence of the server
    ``letter_seconds``  the longest time for one letter, connecting included, whatever the server says
    ``local_name``      our own name in the greeting; asked of the name service when None
    """

    host: str
    port: int
    username: str | None
    password: str | None
    security: Literal["none", "starttls", "tls"]
    verify: bool
    ca_file: str | None
    step_seconds: float = 20
    letter_seconds: float = 60
    local_name: str | None = None


class SmtpTransport:
    """Hands letters to a server over one connection, which a fault ends; for one thread.

    Needs no application: the connection is Flask-Mail's, its settings are ours.
    """

    def __init__(self, server: MailServer, *, clock: Clock) -> None:
        self._server = server
        self._clock = clock
        self._connection = _VerifiedConnection(server)

    def send(self, letter: Letter) -> None:
        """Hand the letter over; raises TryLater, ServerAway or Refused, and ValueError for a bad sender."""
        message = build(letter, now=self._clock())
        with _Deadline(self._server.letter_seconds, self._connection.cut):
            try:
                self._connection.make_ready()
                self._connection.send(message)
            except Exception as fault:
                self._connection.drop()
                raise _verdict(fault) from fault

    def close(self) -> None:
        """Say goodbye to the server, if it still listens."""
        with _Deadline(self._server.step_seconds, self._connection.cut):
            self._connection.leave()


class _VerifiedConnection(Connection):
    """Flask-Mail's connection with the time-outs and the certificate check that it lacks."""

    def __init__(self, server: MailServer) -> None:
        super().__init__(Mail())  # without an application: its own settings stay empty
        self._server = server

    def make_ready(self) -> None:
        """Connect, unless the connection of the letter before still answers."""
        if not self._answers():
            self.drop()
            try:
                self.configure_host()
            except (OSError, ValueError) as fault:
                raise ServerAway(_told(fault)) from fault

    def configure_host(self) -> smtplib.SMTP | smtplib.SMTP_SSL:
        server = self._server
        host = self.host = self._unconnected()  # known before it connects, so that a deadline can cut it
        # The name to verify; smtplib notes it only when it connects at once, and typeshed does not know it.
        host._host = server.host  # type: ignore[attr-defined]
        code, reply = host.connect(server.host, server.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, reply)
        if server.security == "starttls":
            host.starttls(context=self._context())
        if server.username and server.password:
            host.login(server.username, server.password)
        host.ehlo_or_helo_if_needed()
        return host

    def send(self, message: Message, envelope_from: str | tuple[str, str] | None = None) -> None:
        """Hand over a message of ``build``; the parent knows no time-out and no address beyond ASCII."""
        assert self.host is not None
        assert isinstance(message.sender, str)
        if message.mail_options and not self.host.has_extn("smtputf8"):
            raise Refused(553, "The mail server takes no address with letters beyond ASCII.")
        sender = envelope_from if isinstance(envelope_from, str) else message.sender
        recipients = [str(recipient) for recipient in message.send_to]
        self.host.sendmail(sender, recipients, message.as_bytes(), message.mail_options)

    def leave(self) -> None:
        """Say goodbye, and drop the connection in any case."""
        try:
            if self.host is not None and self.host.sock is not None:
                self.host.quit()
        except (OSError, ValueError):
            pass  # a server that has gone needs no goodbye
        finally:
            self.drop()

    def drop(self) -> None:
        host, self.host = self.host, None
        if host is not None:
            host.close()

    def cut(self) -> None:
        """End all waiting on this connection, from another thread."""
        host = self.host
        sock = host.sock if host is not None else None
        try:
            if sock is not None:
                socket.socket.shutdown(sock, socket.SHUT_RDWR)  # below TLS, which would wait in turn
        except OSError:
            pass  # not connected yet, or no longer

    def _answers(self) -> bool:
        try:
            return self.host is not None and self.host.noop()[0] == 250
        except (OSError, ValueError):
            return False

    def _unconnected(self) -> smtplib.SMTP | smtplib.SMTP_SSL:
        name, patience = self._server.local_name, self._server.step_seconds
        if self._server.security == "tls":
            return smtplib.SMTP_SSL(local_hostname=name, timeout=patience, context=self._context())
        return smtplib.SMTP(local_hostname=name, timeout=patience)

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self._server.ca_file)
        if not self._server.verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


class _Deadline:
    """Cuts a connection when its time is up, and again: it may be between two sockets just then."""

    def __init__(self, seconds: float, cut: Callable[[], None]) -> None:
        self._seconds = seconds
        self._cut = cut
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._wait, name="letter deadline", daemon=True)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._watch.join()

    def _wait(self) -> None:
        pause = self._seconds
        while not self._over.wait(pause):
            self._cut()
            pause = 0.05


def _verdict(fault: Exception) -> Exception:
    """What a fault says about the letter; a fault of our own program stays what it is."""
    if isinstance(fault, (ServerAway, Refused)) or not isinstance(fault, (OSError, ValueError)):
        return fault
    code, reply = _refusal(fault)
    if 400 <= code < 500:
        return TryLater(f"{code} {reply}")
    if 500 <= code < 600:
        return Refused(code, reply)
    return ServerAway(_told(fault))


def _refusal(fault: Exception) -> tuple[int, str]:
    """The server's answer to this letter; code 0 when the fault is about something else."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        code, reply = next(iter(fault.recipients.values()))
        return code, _readable(reply)
    of_the_letter = isinstance(fault, smtplib.SMTPDataError) or (
        isinstance(fault, smtplib.SMTPSenderRefused) and fault.smtp_code == 552  # too large: RFC 1870, 6.1
    )
    if of_the_letter:
        answer = cast(smtplib.SMTPResponseException, fault)
        return answer.smtp_code, _readable(answer.smtp_error)
    return 0, ""


def _readable(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return one_line(text)[:_REPLY_LIMIT]


def _told(fault: Exception) -> str:
    return _readable(f"{type(fault).__name__}: {fault}")
