"""Commands of walk-ins: the secret address of a desk, and the QR code of a queue."""

import re
from urllib.parse import urlsplit

import pytest

from booking.bookings.walk_in_models import Desk
from booking.cli import demo_walk_in
from booking.web import qr
from tests.builders import house_id
from tests.deeds.reading import rows_of
from tests.hours import the_house
from tests.walk_ins import a_walk_in, numbers, queue_of
from tests.web.ways import path


@pytest.fixture(autouse=True)
def offering_id(app):
    return a_walk_in(key="help")


def say(app, *words):
    return app.test_cli_runner().invoke(args=["walk-in", *words])


def a_path(answer):
    assert answer.exit_code == 0, answer.output
    return urlsplit(answer.output.strip()).path


def test_the_address_of_a_desk_opens_it_and_stays_the_same(app, visitor):
    first, again = say(app, "desk", "leipzig", "help"), say(app, "desk", "leipzig", "help")
    english = say(app, "desk", "leipzig", "help", "--language", "en")

    assert first.output == again.output
    assert first.output.startswith("http://localhost/de/schalter/")
    assert a_path(english).removeprefix("/en/desk/") == a_path(first).removeprefix("/de/schalter/")
    assert visitor.get(a_path(first)).status == visitor.get(a_path(english)).status == 200


def test_each_label_is_a_desk_of_its_own(app, visitor):
    paths = [a_path(say(app, "desk", "leipzig", "help", "--label", one)) for one in ("Tisch 1", " Tisch  2 ")]

    assert rows_of(Desk.label) == [("Tisch 1",), ("Tisch 2",)]
    assert "Tisch 2" in visitor.get(paths[1]).text
    too_long = say(app, "desk", "leipzig", "help", "--label", "x" * 41)
    assert (too_long.exit_code, "at most 40 characters" in too_long.output) == (1, True)


def test_an_address_that_is_revoked_opens_nothing_and_a_new_one_can_be_had(app, visitor):
    old = a_path(say(app, "desk", "leipzig", "help", "--label", "Tisch 1"))

    assert say(app, "desk", "leipzig", "help", "--label", "Tisch 1", "--revoke").exit_code == 0

    assert visitor.get(old).status == 410
    new = a_path(say(app, "desk", "leipzig", "help", "--label", "Tisch 1"))
    assert (new != old, visitor.get(new).status) == (True, 200)
    unknown = say(app, "desk", "leipzig", "help", "--label", "Tisch 9", "--revoke")
    assert (unknown.exit_code, "no desk 'Tisch 9'" in unknown.output) == (1, True)


@pytest.mark.parametrize("words", [("nowhere", "help"), ("leipzig", "tour"), ("library", "help")])
def test_what_there_is_not_is_said_with_what_there_is(app, words, tmp_path):
    for command in (("desk", *words), ("qr", *words, "--out", str(tmp_path / "x.svg"))):
        answer = say(app, *command)

        assert answer.exit_code == 1
        assert "leipzig" in answer.output or "none" in answer.output
        assert "Traceback" not in answer.output
    assert rows_of(Desk.id) == []
    assert list(tmp_path.glob("*.svg")) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_code_is_a_picture_of_the_address_of_the_queue(app, visitor, tmp_path, language):
    out = tmp_path / "help.svg"
    address = path(app, "queue", language, key="help")

    answer = say(app, "qr", "leipzig", "help", "--out", str(out), "--language", language)

    assert f"http://localhost{address}" in answer.output
    assert out.read_bytes() == qr.file(f"http://localhost{address}", title="Leipzig App: Hilfe")
    assert out.read_bytes()[:5] + out.read_bytes().rstrip()[-6:] == b"<?xml</svg>"
    assert visitor.get(address).status == 200


def test_the_code_of_the_other_house_leads_to_the_other_house(app, tmp_path):
    a_walk_in(key="books", house_id=house_id("library"), hosts=0)

    answer = say(app, "qr", "library", "books", "--out", str(tmp_path / "books.svg"))

    assert "http://bibliothek.localhost/de/angebote/books/warteschlange" in answer.output


def test_the_demo_lets_people_wait_where_somebody_is_there_and_says_the_address_of_the_desk(
    app, visitor, clock, offering_id, capsys
):
    closed = a_walk_in("sun 09:00-10:00", key="closed")

    demo_walk_in.fill(the_house(), now=clock())

    addresses = re.findall(r"http://localhost(/de/schalter/\S+)", capsys.readouterr().out)
    assert [visitor.get(one).status for one in addresses] == [200, 200]
    queue = queue_of(offering_id, clock)
    assert (numbers(queue.called), numbers(queue.waiting), queue.served) == ([2], [3, 4, 5, 6], (25.0,))
    assert queue_of(closed, clock).numbers == 0
