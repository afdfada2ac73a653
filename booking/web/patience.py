"""A worker of gunicorn that gives a thread to a request only when all of it has arrived.

gunicorn's own threads wait for the rest of a head or a body as long as it
takes, so that eight slow clients stop a house of eight threads.  Here they
cost a buffer each, and have PATIENCE_SECONDS.  Behind a proxy that buffers
requests, as nginx does, everything has arrived at once and nothing changes.
"""

import gc
import re
import time
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from socket import socket
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from booking.web.weight import Scales

PATIENCE_SECONDS = 30.0
LAST_SECONDS = 1.0  # for the first byte of a connection that a process accepted just before it was to end
MOST_OF_A_HEAD = 64 * 1024
MOST_OF_A_BODY = 4 * 1024 * 1024  # beyond security.MOST_BYTES, so that the application refuses it
MOST_OF_ALL = 64 * 1024 * 1024  # in one process
PIECE = 64 * 1024
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_ASKS_FIRST = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)


class Arrival:
    """A request that is arriving on a connection."""

    def __init__(self, connection: Any, begun: bytes) -> None:
        self.connection = connection
        self.deadline = time.monotonic() + PATIENCE_SECONDS
        self.data = bytearray(begun)
        self._wanted: int | None = None  # bytes of head and body; known when the head is there
        self._is_chunked = False

    def add(self, piece: bytes) -> None:
        self.data += piece
        if self._wanted is None:
            end = self.data.find(b"\r\n\r\n", max(0, len(self.data) - len(piece) - 3))
            if end >= 0:
                self._read_head(bytes(self.data[: end + 4]))

    @property
    def is_complete(self) -> bool:
        """Whether a thread may have it; what is no HTTP, or too much, is refused by those who read it."""
        if self._wanted is None:
            return bool(self.data) and not self.data[:1].isalpha()
        if self._is_chunked:
            return self.data.endswith(b"0\r\n\r\n") or len(self.data) > self._wanted + MOST_OF_A_BODY
        return len(self.data) >= self._wanted

    @property
    def has_endless_head(self) -> bool:
        return self._wanted is None and len(self.data) > MOST_OF_A_HEAD

    def _read_head(self, head: bytes) -> None:
        length = _LENGTH.search(head)
        body = int(length[1]) if length else 0
        self._is_chunked = _CHUNKED.search(head) is not None
        self._wanted = len(head) + (body if body <= MOST_OF_A_BODY else 0)
        if _ASKS_FIRST.search(head) and 0 < body <= MOST_OF_A_BODY:
            with suppress(OSError):
                self.connection.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")


class PatientWorker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """gthread that collects a request in its main loop before a thread answers it."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        """Made in the master, just before the fork: what it has loaded stays shared, untouched by collections."""
        super().__init__(*arguments, **more)
        gc.collect()
        gc.freeze()
        self._arriving: dict[socket, Arrival] = {}  # earliest deadline first
        self._held = 0
        self.alive: bool = True
        self._scales = Scales()

    def enqueue_req(self, conn: Any) -> None:
        """Collect the request of a new connection, or the next one of a kept connection."""
        if self.cfg.is_ssl or conn.is_http2:
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        arrival = Arrival(conn, b"")
        self._arriving[conn.sock] = arrival
        self.poller.register(conn.sock, EVENT_READ, partial(self._read, arrival))
        if conn.parser is not None:
            self._take(arrival, conn.parser.unreader.take_buffered())
        if conn.sock in self._arriving:
            self._read(arrival, conn.sock)  # most have arrived already

    def murder_pending(self) -> None:
        """Close what takes too long, and what does not begin while this process ends; end where it is too heavy."""
        super().murder_pending()
        now = time.monotonic()
        for arrival in list(self._arriving.values()):
            if arrival.deadline <= now:
                self._refuse(arrival, b"408 Request Timeout" if arrival.data else b"")
            elif self.alive:
                break
            elif not arrival.data and arrival.deadline - PATIENCE_SECONDS + LAST_SECONDS <= now:
                self._refuse(arrival, b"")
        if self.alive:
            self._make_room()

    def _make_room(self) -> None:
        """Accept nothing more where this process costs too much; the master starts a fresh one."""
        weight = self._scales.too_heavy()
        if weight:
            self.log.info("A fresh process takes over: this one holds %.0f MB.", weight)
            self.alive = False

    def _read(self, arrival: Arrival, sock: socket) -> None:
        try:
            piece = sock.recv(PIECE)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if piece:
            self._take(arrival, piece)
        else:
            self._refuse(arrival, b"")

    def _take(self, arrival: Arrival, piece: bytes) -> None:
        arrival.add(piece)
        self._held += len(piece)
        if arrival.is_complete:
            self._hand_over(arrival)
        elif arrival.has_endless_head:
            self._refuse(arrival, b"431 Request Header Fields Too Large")
        elif self._held > MOST_OF_ALL:
            self._refuse(arrival, b"503 Service Unavailable")

    def _hand_over(self, arrival: Arrival) -> None:
        self._forget(arrival)
        connection = arrival.connection
        connection.data_ready = True
        connection.init()
        connection.parser.unreader.unread(bytes(arrival.data))
        super().enqueue_req(connection)

    def _refuse(self, arrival: Arrival, status: bytes) -> None:
        self._forget(arrival)
        if status:
            with suppress(OSError):
                arrival.connection.sock.send(
                    b"HTTP/1.1 " + status + b"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                )
        self.nr_conns -= 1
        arrival.connection.close()

    def _forget(self, arrival: Arrival) -> None:
        sock = arrival.connection.sock
        self.poller.unregister(sock)
        del self._arriving[sock]
        self._held -= len(arrival.data)
