"""The page of a desk: who sits there calls numbers, says what became of them, and prints a slip."""

import pytest

from booking.bookings import desks
from booking.db import unit_of_work
from tests.hours import the_house
from tests.visitors import Visitor
from tests.walk_ins import a_walk_in, draw, leave
from tests.web.desks import a_secret, buttons, only, page_of, press, states
from tests.web.ways import LANGUAGES, LIBRARY, contents, path, said, summary

both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def offering_id(app):
    return a_walk_in("mon-fri 09:00-12:00", key="help")


@pytest.fixture
def secret(offering_id, clock):
    return a_secret(offering_id, clock)


@both_languages
def test_a_number_is_called_and_served(app, visitor, offering_id, secret, clock, language):
    for _ in range(2):
        draw(offering_id, clock)
    page = page_of(visitor, secret, language)
    assert buttons(page)["next:0"] == said("Call number %(number)s", language, number=1)

    called = press(visitor, page, "next:0")
    assert [one.status_code for one in called.response.history] == [303]
    assert states(app) == {1: "called", 2: "waiting"}
    about = said("number %(number)s", language, number=1)
    assert buttons(called)[only(called, "served:")] == f"{said('Done', language)} {about}"
    done = press(visitor, called, only(called, "served:"))

    assert states(app) == {1: "served", 2: "waiting"}
    assert buttons(done)[only(done, "next:")] == said("Call number %(number)s", language, number=2)


def test_who_did_not_come_and_who_came_after_all(app, visitor, offering_id, secret, clock):
    draw(offering_id, clock)
    page = press(visitor, page_of(visitor, secret), "next:0")

    page = press(visitor, page, only(page, "missed:"))
    assert states(app) == {1: "missed"}
    page = press(visitor, page, only(page, "called:"))
    page = press(visitor, page, only(page, "again:"))
    page = press(visitor, page, only(page, "waiting:"))

    assert states(app) == {1: "waiting"}
    press(visitor, page, only(page, "left:"))
    assert states(app) == {1: "left"}


def test_a_double_click_on_the_next_number_calls_one(app, visitor, offering_id, secret, clock):
    for _ in range(2):
        draw(offering_id, clock)
    page = page_of(visitor, secret)
    press(visitor, page, "next:0")

    again = press(visitor, page, "next:0")

    assert again.status == 409
    message = "Number %(number)s was called here in the meantime. Nothing was changed by this button."
    assert said(message, "de", number=1) in summary(again)[0]
    assert states(app) == {1: "called", 2: "waiting"}
    assert only(again, "served:")


def test_a_tab_of_an_hour_ago_does_no_harm(app, visitor, offering_id, secret, clock):
    """It shows number 1 as called; by now its visitor gave it back and number 2 is there."""
    first = draw(offering_id, clock)
    draw(offering_id, clock)
    old = press(visitor, page_of(visitor, secret), "next:0")
    leave(first.ticket_id, clock)
    press(visitor, page_of(visitor, secret), f"next:{first.ticket_id}")
    before = contents(app)

    for beginning in ("served:", "missed:", "waiting:", "again:"):
        answer = press(visitor, old, only(old, beginning))
        assert answer.status == 409
        assert said("This did not work", "de") in summary(answer)[0]
    assert press(visitor, old, f"next:{first.ticket_id}").status == 409
    assert contents(app) == before


def test_two_open_pages_of_two_desks_never_call_the_same_number(app, visitor, offering_id, clock):
    left, right = (a_secret(offering_id, clock, label) for label in ("Tisch 1", "Tisch 2"))
    for _ in range(3):
        draw(offering_id, clock)
    other = Visitor(app)
    pages = [page_of(visitor, left), page_of(other, right)]

    here, there = press(visitor, pages[0], "next:0"), press(other, pages[1], "next:0")

    assert (here.status, there.status) == (200, 200)
    assert states(app) == {1: "called", 2: "called", 3: "waiting"}
    assert "Tisch 1" in there.text
    assert "Tisch 2" in page_of(visitor, left).text


@both_languages
def test_the_desk_stops_giving_out_numbers_and_goes_on(app, visitor, offering_id, secret, clock, language):
    page = press(visitor, page_of(visitor, secret, language), "stop")

    queue = visitor.get(path(app, "queue", language, key="help"))
    assert queue.all("form") == []
    words = "No more numbers are given out today. Whoever has one will still be called."
    assert said(words, language) in queue.text
    assert press(visitor, page, "draw").status == 200
    press(visitor, page_of(visitor, secret, language), "resume")
    assert visitor.get(path(app, "queue", language, key="help")).all("form")


NO_BUTTONS = ["", "next", "next:" + "9" * 10, "served:1", "served::called", "dance:1", "served:1:asleep"]


@pytest.mark.parametrize("value", NO_BUTTONS)
def test_a_button_that_no_page_has_is_refused(app, visitor, offering_id, secret, clock, value):
    draw(offering_id, clock)
    page = page_of(visitor, secret)
    before = contents(app)

    answer = visitor.post(page.response.request.path, page.fields() | {"press": value})

    assert (answer.status, contents(app)) == (422, before)


def test_without_its_token_no_button_does_anything(app, visitor, offering_id, secret, clock):
    draw(offering_id, clock)
    page = page_of(visitor, secret)

    answer = visitor.post(page.response.request.path, {"press": "next:0", "draw_key": "x" * 22})

    assert answer.status == 400
    assert states(app) == {1: "waiting"}
    assert press(visitor, answer, "next:0").status == 200


def test_a_number_of_another_queue_is_not_moved(app, visitor, offering_id, secret, clock):
    foreign = draw(a_walk_in("daily 00:00-24:00"), clock)
    page = page_of(visitor, secret)

    answer = visitor.post(
        page.response.request.path, page.fields() | {"press": f"called:{foreign.ticket_id}:waiting"}
    )

    assert (answer.status, states(app)) == (404, {1: "waiting"})


def test_the_address_of_a_desk_opens_that_desk_alone_and_nothing_once_it_is_revoked(
    app, visitor, offering_id, secret, clock
):
    other = a_secret(offering_id, clock, "Tisch 3")
    assert page_of(visitor, secret).status == 200
    assert Visitor(app, host=LIBRARY).get(path(app, "queue_desk", secret=secret)).status == 404
    for name in ("ticket", "manage"):
        assert visitor.get(path(app, name, secret=secret)).status == 404

    unit_of_work(lambda: desks.close(offering_id, "Tisch 2", house=the_house(), now=clock()))

    gone = page_of(visitor, secret)
    assert gone.status == 410
    assert said("This address no longer works", "de") in gone.text
    assert page_of(visitor, other).status == 200


def test_an_empty_desk_offers_to_draw_and_calls_nobody(visitor, offering_id, secret):
    assert sorted(buttons(page_of(visitor, secret))) == ["draw", "stop"]


def test_a_queue_that_others_emptied_in_the_meantime_is_told(app, visitor, offering_id, secret, clock):
    drawn = draw(offering_id, clock)
    page = page_of(visitor, secret)
    leave(drawn.ticket_id, clock)

    answer = press(visitor, page, "next:0")

    assert answer.status == 409
    assert said("Nobody is waiting any more, so no number was called.", "de") in summary(answer)[0]
