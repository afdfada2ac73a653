"""Fixtures of the deeds: an application on a database that the cases of a module share, each with rows of its own."""

import shutil
from collections.abc import Iterator

import pytest
from flask import Flask

from booking.app import create_app
from booking.db import db
from booking.timekit.clock import StoppedClock
from tests.conftest import MONDAY, settings_for
from tests.servers import drop_database, fresh_database


@pytest.fixture(scope="module")
def lab(
    engine: str, template_url: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Flask]:
    """The application with its context open, on one copy of the template for all tests of a module."""
    folder, admin_url = tmp_path_factory.mktemp("lab"), ""
    if engine == "sqlite":
        shutil.copyfile(template_url.removeprefix("sqlite:///"), folder / "booking.sqlite")
        url = f"sqlite:///{folder / 'booking.sqlite'}"
    else:
        admin_url = request.getfixturevalue("admin_url")
        url = fresh_database(admin_url, template_url)
    made = create_app(settings_for(url, folder), clock=StoppedClock(MONDAY))
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()
    if admin_url:
        drop_database(admin_url, url)
