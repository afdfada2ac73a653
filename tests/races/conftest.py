"""Fixtures of the races: a migrated database for each machine, a mail server, and machines that serve."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask

from booking.db import db
from booking.timekit.clock import StoppedClock
from config import Settings
from tests.machines import Machine, a_machine, copied
from tests.mailroom import Mailroom, a_mailroom
from tests.races.crowd import Act, Crowd, a_crowd


@pytest.fixture
def mailroom() -> Iterator[Mailroom]:
    with a_mailroom() as room:
        yield room


@pytest.fixture
def machine(
    template_url: str, tmp_path: Any, mailroom: Mailroom, request: pytest.FixtureRequest
) -> Iterator[Machine]:
    """A machine of one test, without any process yet."""
    with _machine(template_url, tmp_path, request, mail_port=mailroom.port) as made:
        yield made


@pytest.fixture
def serving(machine: Machine) -> Machine:
    """A machine of one test, with its web server."""
    machine.start_web()
    machine.wait_for("/readyz")
    return machine


@pytest.fixture(scope="module")
def shared(
    template_url: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Machine]:
    """A serving machine for the tests of a module that leave it as it was; without a mail server."""
    with _machine(template_url, tmp_path_factory.mktemp("machine"), request) as made:
        made.start_web()
        made.wait_for("/readyz")
        yield made


@pytest.fixture(scope="session")
def crowd() -> Iterator[Crowd]:
    """Processes that do deeds at the same moment, started once."""
    with a_crowd() as made:
        yield made


@pytest.fixture
def race(crowd: Crowd, app: Flask, settings: Settings, clock: StoppedClock) -> Callable[..., Counter[str]]:
    """Let acts go at once and return how often what came out; faults fail the test."""

    def go(*acts: Act) -> Counter[str]:
        db.session.rollback()
        went = Counter(crowd.race(settings, clock, acts))
        assert [fault for fault in went if fault.startswith("FAULT")] == []
        return went

    return go


@contextmanager
def _machine(
    template_url: str, folder: Any, request: pytest.FixtureRequest, **wanted: Any
) -> Iterator[Machine]:
    def admin_url() -> str:
        return str(request.getfixturevalue("admin_url"))

    with copied(template_url, folder, admin_url) as url, a_machine(url, folder, **wanted) as made:
        yield made
