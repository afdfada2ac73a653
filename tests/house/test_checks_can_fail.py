"""A check that cannot fail is no check: each is shown something bad, and something good much like it."""

import pytest

from tests.house import source_checks as checks

LONG = "def plan():\n" + "    step()\n" * 40
JUST_FITS = "def plan():\n" + "    step()\n" * 39

BAD = {
    "long function": (checks.long_functions, LONG),
    "long method": (checks.long_functions, "class A:\n" + "".join(f"    {x}\n" for x in LONG.splitlines())),
    "decorators count": (checks.long_functions, "@once\n" + JUST_FITS),
    "long file": (checks.long_file, "x = 1\n" * 251),
    "no docstring": (checks.missing_docstring, "import os\n"),
    "empty module": (checks.missing_docstring, ""),
    "docstring after a banner": (checks.missing_docstring, '# ====\n"""What is in it."""\n'),
    "empty first line": (checks.missing_docstring, '"""\nWhat is in it.\n"""\n'),
    "commit": (checks.commits, "db.session.commit()"),
    "commit of a connection": (checks.commits, "with engine.connect() as c:\n    c.commit()"),
    "now": (checks.clock_calls, "datetime.now(UTC)"),
    "now by module": (checks.clock_calls, "import datetime\ndatetime.datetime.now()"),
    "today": (checks.clock_calls, "date.today()"),
    "time": (checks.clock_calls, "time.time()"),
    "the database's clock": (checks.clock_calls, "sa.func.now()"),
    "class with a banned word": (checks.banned_words, "class BookingSession: ..."),
    "table with a banned word": (checks.banned_words, "class A:\n    __tablename__ = 'reservations'"),
    "core table with a banned word": (checks.banned_words, "Table('guided_session', metadata)"),
    "home folder": (checks.machine_paths, "DATA = '/" + "home/amina/lab'"),
    "folder of a person": (checks.machine_paths, "see /" + "Users/amina/lab"),
}

GOOD = {
    "function of forty lines": (checks.long_functions, JUST_FITS),
    "file of 250 lines": (checks.long_file, "x = 1\n" * 250),
    "docstring": (checks.missing_docstring, '"""What is in it."""\n'),
    "longer docstring": (checks.missing_docstring, '"""What is in it.\n\nAnd more.\n"""\n'),
    "a function named commit": (checks.commits, "commit(plan)"),
    "our clock": (checks.clock_calls, "clock.now()"),
    "a duration": (checks.clock_calls, "time.monotonic()"),
    "a time of day": (checks.clock_calls, "starts_at.time()"),
    "a word inside another": (checks.banned_words, "class Obsession: ..."),
    "the library's word": (checks.banned_words, "class Occurrence:\n    rows = db.session.query()"),
    "an address": (checks.machine_paths, "https://example.org/" + "home/visit"),
    "a relative path": (checks.machine_paths, "docs/" + "home/visit.md"),
}


@pytest.mark.parametrize(("check", "source"), BAD.values(), ids=BAD)
def test_bad_source_is_found(check, source):
    assert list(check(source))


@pytest.mark.parametrize(("check", "source"), GOOD.values(), ids=GOOD)
def test_good_source_is_left_in_peace(check, source):
    assert list(check(source)) == []


@pytest.mark.parametrize(
    "source", ["import config", "from config import Settings", "def f():\n  import config"]
)
def test_an_import_of_the_settings_is_found(source):
    assert list(checks.imports_of(source, "config"))


@pytest.mark.parametrize(
    "source", ["from booking import app", "from booking.app import create_app", "import booking.app as roof"]
)
def test_an_import_of_the_roof_is_found(source):
    assert list(checks.imports_of(source, "booking.app"))


@pytest.mark.parametrize(
    "source", ["import configparser", "from booking.config import x", "from .config import x", "config = 1"]
)
def test_other_imports_are_left_in_peace(source):
    assert list(checks.imports_of(source, "config")) == []


@pytest.mark.parametrize("part", ["common", "utils", "helpers", "misc"])
def test_a_module_without_a_subject_is_found(part):
    assert list(checks.nameless_module(("booking", part, "dates")))
    assert list(checks.nameless_module(("booking", "web", part)))
    assert not list(checks.nameless_module(("booking", f"{part}_law")))
