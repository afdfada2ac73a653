"""Fixtures of the races: a migrated database for each machine, a mail server, and machines that serve."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.machines import Machine, a_machine, copied
from tests.mailroom import Mailroom, a_mailroom


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


@contextmanager
def _machine(
    template_url: str, folder: Any, request: pytest.FixtureRequest, **wanted: Any
) -> Iterator[Machine]:
    def admin_url() -> str:
        return str(request.getfixturevalue("admin_url"))

    with copied(template_url, folder, admin_url) as url, a_machine(url, folder, **wanted) as made:
        yield made
