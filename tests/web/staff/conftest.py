"""Fixture: members of staff in front of their browsers."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from booking.timekit.clock import StoppedClock
from tests.staff import a_staff, signed_in
from tests.visitors import Visitor

SignedIn = Callable[..., Visitor]


@pytest.fixture
def staff(app: Flask, clock: StoppedClock) -> SignedIn:
    """A function that signs in somebody with these roles: ``staff("expert", host_id=3)``.

    A coordinator runs everything unless ``programmes`` are named.
    """

    def somebody(*roles: str, **wanted: Any) -> Visitor:
        return signed_in(app, a_staff(*roles, **wanted), clock)

    return somebody
