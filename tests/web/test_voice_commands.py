"""flask voices: what waits for an answer, one of them in full, and answering it."""

import pytest

from booking.db import unit_of_work
from booking.messages import outbox
from tests.builders import house_id
from tests.voices import shown, tell
from tests.web.ways import contents, post


def say(app, *words, stdin=""):
    return app.test_cli_runner().invoke(args=["voices", *words], input=stdin)


def reference(told):
    return shown(told.voice_id).reference


def test_the_list_shows_what_waits_oldest_first_and_no_words(app, clock):
    first, second = tell(clock), tell(clock, kind="barrier", email="")
    done = say(app, "list", "leipzig")

    assert done.exit_code == 0
    assert [line[:8] for line in done.output.splitlines()[:2]] == [reference(first), reference(second)]
    assert "2 to be answered." in done.output
    assert "Bänke" not in done.output
    assert "amina@" not in done.output


def test_what_waits_for_too_long_stands_out(app, clock):
    tell(clock)
    clock.forward(days=31)

    assert "OVERDUE" in say(app, "list", "leipzig").output


def test_another_house_lists_nothing_of_it(app, clock):
    told = tell(clock)

    assert "0 to be answered." in say(app, "list", "library").output
    assert say(app, "show", "library", reference(told)).exit_code == 1
    assert house_id("library")


def test_showing_one_notes_that_it_is_read(app, clock):
    told = tell(clock, kind="barrier", page="/de/programm")

    done = say(app, "show", "leipzig", reference(told).lower())

    for text in ("Bänke", "/de/programm", "amina@example.org"):
        assert text in done.output
    assert shown(told.voice_id).state == "read"


@pytest.mark.parametrize("way", ["option", "input"])
def test_an_answer_reaches_the_person_and_the_list_is_empty(app, clock, way):
    told, words = tell(clock), "Das probieren wir aus."
    given = ("--words", words) if way == "option" else ()

    done = say(app, "answer", "leipzig", reference(told), "taken_up", *given, stdin=words)

    assert (done.exit_code, "A mail is on its way." in done.output) == (0, True)
    assert "0 to be answered." in say(app, "list", "leipzig").output
    assert "1 in all." in say(app, "list", "leipzig", "--all").output
    assert any(words in mail.get_body(("plain",)).get_content() for mail in post(app))


def test_without_an_address_nobody_is_mailed_and_it_is_said(app, clock):
    told = tell(clock, email="")

    assert (
        "Nobody is mailed."
        in say(app, "answer", "leipzig", reference(told), "answered", "--words", "Ja.").output
    )


def test_what_cannot_be_answered_so_is_refused_in_words(app, clock):
    told = tell(clock, kind="barrier")
    before = contents(app)

    invited = say(app, "answer", "leipzig", reference(told), "invited", "--words", "Kommen Sie.")
    wordless = say(app, "answer", "leipzig", reference(told), "answered", stdin="  ")
    unknown = say(app, "answer", "nowhere", "AAAAAAAA", "closed")

    assert [one.exit_code for one in (invited, wordless, unknown)] == [1, 1, 1]
    assert contents(app) == before


def test_staff_see_that_a_mail_has_come_back(app, clock):
    told = tell(clock)
    assert "did not arrive" not in say(app, "show", "leipzig", reference(told)).output
    mail = unit_of_work(lambda: outbox.lease_next(now=clock()))
    assert mail is not None
    unit_of_work(lambda: outbox.mark_failed(mail, "550 unknown", now=clock()))

    assert "did not arrive" in say(app, "show", "leipzig", reference(told)).output
