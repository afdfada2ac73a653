"""Commands of houses: files are loaded whole or refused with every fault; a programme needs no developer."""

import tomllib

import pytest
from sqlalchemy import func, select

from booking.db import execute, unit_of_work
from booking.schedule.models import Occurrence
from config import ROOT
from tests.builders import house_id

LIBRARY = (ROOT / "houses" / "library.toml").read_text(encoding="utf-8")


def say(app, *words):
    return app.test_cli_runner().invoke(args=["houses", *words])


def dates_of(key):
    wanted = select(func.count()).where(Occurrence.house_id == house_id(key))
    return unit_of_work(lambda: execute(wanted).scalar_one())


def test_a_programme_is_entered_once_with_its_weekly_dates(app):
    path = str(ROOT / "houses" / "programmes" / "library.toml")

    answer = say(app, "programme", "library", path, "--days", "30")

    assert answer.exit_code == 0, answer.output
    assert f"{dates_of('library')} dates published" in answer.output
    assert dates_of("library") > 10
    assert dates_of("leipzig") == 0
    again = say(app, "programme", "library", path)
    assert (again.exit_code, "has a programme already" in again.output) == (1, True)


def test_what_is_no_programme_changes_nothing(app, tmp_path):
    broken = tmp_path / "broken.toml"
    broken.write_text("[[topics]]\nkey = 'ai'\n")

    answer = say(app, "programme", "library", str(broken))

    assert answer.exit_code == 1
    assert "is no programme" in answer.output
    assert say(app, "programme", "nowhere", str(broken)).exit_code == 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('hostnames = ["bibliothek.localhost"]', 'hostnames = ["localhost"]', "belong to another house"),
        ('hostnames = ["bibliothek.localhost"]', 'hostnames = "x.example.net"', "hostnames must be a list"),
        ('country = "DE"', 'country = "QQ"', "holidays"),
        ("demo = true", 'demo = "no"', "demo must be true or false"),
        ('key = "library"', 'key = "own house"', "key must consist of"),
        ("[address]", "[adress]", "adress is not known"),
    ],
)
def test_a_house_that_is_unfit_is_refused_with_a_sentence(app, tmp_path, old, new, told):
    assert old in LIBRARY
    path = tmp_path / "other.toml"
    path.write_text(LIBRARY.replace(old, new, 1), encoding="utf-8")
    assert tomllib.loads(path.read_text(encoding="utf-8"))

    answer = say(app, "load", str(path))

    assert answer.exit_code == 1
    assert told in answer.output
    assert "Traceback" not in answer.output
