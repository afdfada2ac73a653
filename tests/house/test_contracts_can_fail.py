"""The import contracts, tried on small houses: each contract is broken once, on purpose."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

FLOORS = "Floors: nothing calls back up"
ROOMS = "Rooms of a feature: service > queries > models > pure rules"
CIRCLES = "No circles, at any depth"
ROOF = "Only web, cli and app know Flask"
PURE = "Rules, slots and texts know no database and no web"
VIEWS = "Views never import models or SQLAlchemy"

SOUND_HOUSE = {
    "db.py": "import flask_sqlalchemy, sqlalchemy",
    "errors.py": "",
    "timekit/clock.py": "",
    "schedule/rules.py": "from booking import errors",
    "schedule/models.py": "from booking import db\nfrom booking.schedule import rules",
    "schedule/queries.py": "from booking.schedule import models",
    "schedule/service.py": "from booking.schedule import queries",
    "schedule/moving.py": "from booking.schedule import service",
    "messages/facts.py": "",
    "web/public/dates.py": "import flask\nfrom booking.schedule import queries, service",
    "app.py": "import flask\nfrom booking import web",
    "tables.py": "from booking.schedule import models",
}

# contract, module, the import that is forbidden there, and how the linter names it
FORBIDDEN = [
    (FLOORS, "schedule/service.py", "import booking.web.public.dates", "booking.web.public.dates"),
    (FLOORS, "schedule/service.py", "import booking.messages.facts", "booking.messages.facts"),
    (FLOORS, "timekit/clock.py", "import booking.errors", "booking.errors"),
    (FLOORS, "app.py", "import booking.tables", "booking.tables"),
    (ROOMS, "schedule/queries.py", "import booking.schedule.service", "booking.schedule.service"),
    (ROOMS, "schedule/rules.py", "import booking.schedule.models", "booking.schedule.models"),
    (ROOF, "schedule/moving.py", "import flask", "flask"),
    (ROOF, "people/service.py", "from werkzeug.exceptions import NotFound", "werkzeug"),
    (ROOF, "db.py", "import flask", "flask"),
    (PURE, "schedule/rules.py", "import sqlalchemy", "sqlalchemy"),
    (PURE, "schedule/slots.py", "from booking import db", "booking.db"),
    (PURE, "messages/facts.py", "import flask", "flask"),
    (PURE, "timekit/clock.py", "import sqlalchemy", "sqlalchemy"),
    (VIEWS, "web/public/dates.py", "import booking.schedule.models", "booking.schedule.models"),
    (VIEWS, "web/public/dates.py", "import sqlalchemy", "sqlalchemy"),
]
A_CIRCLE = {
    "web/public/dates.py": "import booking.web.staff.week",
    "web/staff/week.py": "import booking.web.public.dates",
}
NOT_ON_THE_PLAN = {"attic/models.py": ""}


def _build(folder: Path, modules: dict[str, str]) -> None:
    for file, source in modules.items():
        path = folder / "booking" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source + "\n")
        for package in path.relative_to(folder).parents[:-1]:
            (folder / package / "__init__.py").touch()
    shutil.copy(ROOT / ".importlinter", folder)


def _lint(folder: Path) -> dict[str, str]:
    """What the linter says of each contract: KEPT or BROKEN, and below it what broke it."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-logo", "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    verdicts = dict(re.findall(r"^(.+) (KEPT|BROKEN)", done.stdout, re.MULTILINE))
    told = dict(re.findall(r"^(.+)\n-{5,}\n((?:(?!.*\n-{5,}\n).*\n?)*)", done.stdout, re.MULTILINE))
    return {contract: verdict + "\n" + told.get(contract, "") for contract, verdict in verdicts.items()}


def _with(more: dict[str, str], modules: dict[str, str]) -> dict[str, str]:
    return {**modules, **{file: f"{source}\n{modules.get(file, '')}" for file, source in more.items()}}


def test_a_sound_house_keeps_every_contract(tmp_path):
    _build(tmp_path, SOUND_HOUSE)

    assert set(_lint(tmp_path).values()) == {"KEPT\n"}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The linter's words about a house in which every forbidden thing was done."""
    modules = _with(NOT_ON_THE_PLAN, _with(A_CIRCLE, SOUND_HOUSE))
    for _contract, file, source, _imported in FORBIDDEN:
        modules = _with({file: source}, modules)
    folder = tmp_path_factory.mktemp("house")
    _build(folder, modules)
    return _lint(folder)


@pytest.mark.parametrize(("contract", "file", "source", "imported"), FORBIDDEN)
def test_a_forbidden_import_breaks_its_contract(report, contract, file, source, imported):
    importer = "booking." + file.removesuffix(".py").replace("/", ".")

    assert f"{importer} -> {imported} " in report[contract], source


def test_a_floor_that_is_not_on_the_plan_is_found(report):
    assert "- booking.attic" in report[FLOORS]


def test_a_circle_is_found(report):
    assert "No cycles are allowed in booking.web." in report[CIRCLES]
