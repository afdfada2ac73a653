"""A connection to an instance over a bare socket, so that measuring costs the cores as little as possible."""

import re
import socket
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

PATIENCE = 60.0
REQUESTS = 20  # of one connection; then another process may answer, as it goes with many visitors
IDLE_SECONDS = 1.0  # the server closes a silent connection after two
_LENGTH = re.compile(rb"\r\ncontent-length:[ ]*(\d+)", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie:[ ]*([^=;\r]+)=([^;\r]*)", re.IGNORECASE)
_LOCATION = re.compile(rb"\r\nlocation:[ ]*([^\r]+)", re.IGNORECASE)
_ETAG = re.compile(rb"\r\netag:[ ]*([^\r]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    text: str
    location: str = ""
    etag: str = ""


@dataclass
class Line:
    """One person's line to a port of loopback, kept open between requests; ``source``: who it seems to be."""

    port: int
    source: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    _socket: socket.socket | None = None
    _sent: int = 0
    _last: float = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; the next request calls again."""
        if self._socket is not None:
            self._socket.close()
        self._socket = None

    def send(self, method: str, path: str, body: str = "", *, etag: str = "") -> Answer:
        """Send a request and return its answer; raises OSError when none comes."""
        connection = self._connection()
        connection.sendall(self._request(method, path, body, etag))
        head, rest = self._head(connection)
        length = _LENGTH.search(head)
        wanted = 0 if head[9:12] == b"304" or length is None else int(length[1])
        parts, missing = [rest], wanted - len(rest)
        while missing > 0:
            parts.append(self._some(connection))
            missing -= len(parts[-1])
        self._last = time.monotonic()
        if b"\r\nConnection: close" in head:
            self.close()
        return self._answer(head, b"".join(parts))

    def _request(self, method: str, path: str, body: str, etag: str) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept-Language: de"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if etag:
            lines.append(f"If-None-Match: {etag}")
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    def _connection(self) -> socket.socket:
        if self._sent >= REQUESTS or time.monotonic() - self._last > IDLE_SECONDS:
            self.close()
        if self._socket is None:
            self._socket = socket.socket()
            self._socket.settimeout(PATIENCE)
            if self.source:
                self._socket.bind((self.source, 0))
            self._socket.connect(("127.0.0.1", self.port))
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._sent = 0
        self._sent += 1
        return self._socket

    def _head(self, connection: socket.socket) -> tuple[bytes, bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._some(connection)
        head, _, rest = data.partition(b"\r\n\r\n")
        return head, rest

    def _some(self, connection: socket.socket) -> bytes:
        piece = connection.recv(262_144)
        if not piece:
            self.close()
            raise ConnectionError("the line was cut before the answer was whole")
        return piece

    def _answer(self, head: bytes, body: bytes) -> Answer:
        for name, value in _COOKIE.findall(head):
            self.cookies[name.decode()] = value.decode()
        location, etag = _LOCATION.search(head), _ETAG.search(head)
        return Answer(
            int(head[9:12]),
            body.decode("utf-8", "replace"),
            location[1].decode() if location else "",
            etag[1].decode() if etag else "",
        )
