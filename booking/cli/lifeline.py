"""A line to whoever started this process: when it is cut, also by kill -9, the process ends itself.

The line is standard input, the reading end of a pipe: the kernel closes the
other end when the process that holds it is gone, however it went.  This file is
also what gunicorn reads as its configuration, so that its workers watch the
line and end their master; a thread in the master itself would have to be
forked.
"""

import os
import signal
import threading
from collections.abc import Callable
from typing import Any

STANDARD_INPUT = 0


def end_when_cut() -> None:
    """Send this process SIGTERM when the line is cut; returns at once."""
    _watch(lambda: os.kill(os.getpid(), signal.SIGTERM))


def post_worker_init(worker: Any) -> None:
    """Let a worker of gunicorn end its master, and so itself, when the line is cut (a hook by name)."""
    _watch(lambda: _end_master(worker.ppid))


def _end_master(pid: int) -> None:
    if os.getppid() == pid:  # else it is gone, and gunicorn's own watch ends this worker
        os.kill(pid, signal.SIGTERM)


def _watch(then: Callable[[], None]) -> None:
    def wait() -> None:
        while os.read(STANDARD_INPUT, 1):
            pass
        then()

    threading.Thread(target=wait, name="lifeline", daemon=True).start()
