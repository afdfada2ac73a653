"""Letters kept in a folder instead of sent: for development, and for a page that shows them."""

import os
from datetime import UTC
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from tempfile import NamedTemporaryFile

from booking.messages.letters import Letter
from booking.timekit.clock import Clock
from booking.web.mime import build


class KeepTransport:
    """Keeps each letter as a file, for development: ``<time>-<n>.eml``, written at once or not at all."""

    def __init__(self, folder: Path, *, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def send(self, letter: Letter) -> None:
        """Write the letter; raises Refused like any transport, OSError when the folder takes no file."""
        now = self._clock()
        content = build(letter, now=now).as_bytes()
        self._folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._folder, prefix=".") as unfinished:
            unfinished.write(content)
            unfinished.flush()
            self._link(unfinished.name, f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")

    def close(self) -> None:
        """Nothing is kept open."""

    def _link(self, unfinished: str, stem: str) -> None:
        for number in count(1):
            try:
                os.link(unfinished, self._folder / f"{stem}-{number}.eml")
            except FileExistsError:
                continue  # another letter of the same second, perhaps of another process
            return


def read_kept(folder: Path) -> list[tuple[str, EmailMessage]]:
    """Return name and message of each kept letter, newest first."""
    return [(path.name, _parsed(path)) for path in sorted(folder.glob("*.eml"), key=_age, reverse=True)]


def _parsed(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def _age(path: Path) -> tuple[str, int]:
    stem, _, number = path.stem.rpartition("-")
    return stem, int(number) if number.isdecimal() else 0
