"""What a web process carries: nothing of what commands, mails and databases of another kind need."""

import os
import subprocess
import sys

import pytest

from tests.house.tree import ROOT

TOO_MUCH = (
    "alembic",
    "flask_migrate",
    "icalendar",
    "segno",
    "typst",
    "holidays.countries",
    "booking.cli.demo",
)
PRINT_MODULES = """
import sys
from wsgi import app
with app.app_context():
    from booking.timekit.holidays import state_holidays
    assert len(state_holidays("DE", "SN", 2027, "de")) == 11
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("var")
    environment = {"PATH": os.environ["PATH"], "APP_ENV": "test", "VAR_FOLDER": str(folder)}
    environment["SECRET_KEY"] = "a secret of the tests that is long enough to be one"
    done = subprocess.run(
        [sys.executable, "-c", PRINT_MODULES],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("module", TOO_MUCH)
def test_a_web_process_does_without(loaded, module):
    assert "booking.web.public" in loaded
    assert module not in loaded


def test_a_web_process_on_sqlite_does_without_the_driver_of_postgresql(loaded):
    assert "sqlite3" in loaded
    assert "psycopg" not in loaded
