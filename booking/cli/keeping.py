"""Keeping programs running: started again when they die, ended together, never left behind."""

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

GRACE_SECONDS = 15.0
FIRST_SECONDS = 3.0  # a program that cannot even begin ends by itself within this time
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STEADY_SECONDS = 60.0  # whoever ran that long starts again with the first pause
TURN = 0.1


@dataclass(slots=True)
class Program:
    """A command that is to run for good; ``must_begin``: the others are pointless if it fails at its first start.

    It holds standard input open for the command alone: see ``lifeline``.
    """

    name: str
    command: Sequence[str]
    folder: str
    descriptors: tuple[int, ...] = ()
    must_begin: bool = False
    _process: "subprocess.Popen[bytes] | None" = None
    _began: float = 0.0
    _starts: int = 0
    _pause: float = FIRST_PAUSE
    _due: float = field(default=0.0)

    def start(self) -> None:
        """Start the command in a session of its own: Ctrl+C is for whoever keeps it."""
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            self.command,
            cwd=self.folder,
            stdin=subprocess.PIPE,
            pass_fds=self.descriptors,
            start_new_session=True,
        )
        self._began = time.monotonic()
        self._starts += 1

    def tend(self) -> bool:
        """Start the command again once its pause is over; return False if it could not even begin."""
        if self._process is None:
            if time.monotonic() >= self._due:
                self.start()
            return True
        status = self._process.poll()
        if status is None:
            return True
        ran = time.monotonic() - self._began
        self._leave()
        if self.must_begin and self._starts == 1 and ran < FIRST_SECONDS and status >= 0:
            log.error("%s could not start (%s)", self.name, _said(status))
            return False
        self._plan_start(ran, status)
        return True

    def ask_to_end(self) -> None:
        """Ask the command to end when its work in hand is done."""
        if self._process is not None:
            self._process.terminate()

    def end_by(self, deadline: float) -> None:
        """Wait for the end of the command; end it and all that it started at ``deadline``."""
        if self._process is None:
            return
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("%s did not end by itself", self.name)
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._leave()

    def _plan_start(self, ran: float, status: int) -> None:
        pause = FIRST_PAUSE if ran >= STEADY_SECONDS else self._pause
        self._pause = min(pause * 2, LONGEST_PAUSE)
        self._due = time.monotonic() + pause
        log.error("%s has ended (%s); it starts again in %s s", self.name, _said(status), pause)

    def _leave(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
        self._process = None


def keep(programs: Iterable[Program]) -> int:
    """Keep the programs running until a signal comes, then end them; return the exit status."""
    kept = list(programs)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    try:
        for program in kept:
            program.start()
        while not stopping.wait(TURN):
            if not all(program.tend() for program in kept):
                return 1
    finally:
        _end(kept)
    return 0


def _end(programs: Iterable[Program]) -> None:
    deadline = time.monotonic() + GRACE_SECONDS
    for program in programs:
        program.ask_to_end()
    for program in programs:
        program.end_by(deadline)


def _said(status: int) -> str:
    return f"killed by signal {-status}" if status < 0 else f"status {status}"
