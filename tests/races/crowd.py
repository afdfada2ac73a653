"""A crowd: a few processes with a few threads each, which do deeds on one database at the same moment."""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.context import SpawnContext
from multiprocessing.pool import Pool
from multiprocessing.synchronize import Barrier
from typing import Any

from flask import Flask

from booking.app import create_app
from booking.db import DatabaseFault, db
from booking.errors import DomainError
from booking.timekit.clock import StoppedClock
from config import Settings
from tests.races.crowd_deeds import DEEDS

PROCESSES, THREADS = 4, 4


@dataclass(frozen=True, slots=True)
class Act:
    """A deed by name with what it needs."""

    deed: str
    needs: dict[str, Any]


class Crowd:
    """The processes, started once for many races."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def race(self, settings: Settings, clock: StoppedClock, acts: Sequence[Act]) -> list[str]:
        """Do all acts at once and return how each went: "done", a refusal's name, or "FAULT …"."""
        hands = [(settings, clock, list(acts[n::PROCESSES])) for n in range(PROCESSES)]
        return [went for some in self._pool.map(_do_all, hands, chunksize=1) for went in some]


@contextmanager
def a_crowd() -> Iterator[Crowd]:
    context: SpawnContext = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES, _meet_at, (context.Barrier(PROCESSES),)) as pool:
        yield Crowd(pool)
        pool.close()
        pool.join()


class _Process:
    """What one of the processes keeps: where all meet, and its application for the database of this test."""

    meeting: Barrier
    settings: Settings | None = None
    app: Flask


def _meet_at(meeting: Barrier) -> None:
    _Process.meeting = meeting


def _app_for(settings: Settings, clock: StoppedClock) -> Flask:
    if _Process.settings != settings:
        _Process.app, _Process.settings = create_app(settings, clock=clock), settings
    return _Process.app


def _do_all(hand: tuple[Settings, StoppedClock, list[Act]]) -> list[str]:
    """In one of the processes: a few threads, which begin when all processes are ready."""
    settings, clock, acts = hand
    app = _app_for(settings, clock)

    def one(act: Act) -> str:
        with app.app_context():
            try:
                return _went(act, clock)
            finally:
                db.session.remove()

    _Process.meeting.wait(60)
    with ThreadPoolExecutor(THREADS) as threads:
        went = list(threads.map(one, acts))
    with app.app_context():
        db.engine.dispose()
    return went


def _went(act: Act, clock: StoppedClock) -> str:
    try:
        DEEDS[act.deed](clock(), **act.needs)
    except DomainError as refusal:
        return type(refusal).__name__
    except DatabaseFault as fault:
        return f"FAULT {type(fault).__name__}: {' '.join(str(fault).split())[:200]}"
    return "done"


def an_hour(clock: StoppedClock, *, days: int = 1, minutes: int = 0) -> dict[str, Any]:
    """Return when a date is, for plans."""
    starts_at = clock() + timedelta(days=days, minutes=minutes)
    return {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
