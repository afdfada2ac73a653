"""The screen on the wall with the numbers that are called now; how much the pages of queues ask of the database."""

import pytest

from tests.walk_ins import a_desk, a_walk_in, call_next, draw
from tests.web.queues import HOURS, draw_a_number
from tests.web.ways import LANGUAGES, path, said, statements

both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def offering_id(app):
    return a_walk_in(*HOURS, key="help")


@both_languages
def test_the_screen_shows_the_numbers_of_all_walk_ins(app, visitor, offering_id, clock, language):
    a_walk_in("tue 10:00-12:00", key="other")
    draw(offering_id, clock)
    call_next(a_desk(offering_id, clock, "Tisch 2"), clock)

    page = visitor.get(path(app, "now_serving", language))

    assert "1 Tisch 2" in page.text
    assert said("Nobody is there for this just now.", language) in page.text
    titles = [one.text for one in page.all("h2")]
    assert titles.count({"de": "Leipzig App: Hilfe", "en": "Leipzig App: help"}[language]) == 2


def test_the_screen_is_public_sets_no_cookie_and_is_not_sent_again_unchanged(
    app, visitor, offering_id, clock
):
    first = visitor.client.get(path(app, "now_serving"))
    etag = first.headers["ETag"]

    again = visitor.client.get(path(app, "now_serving"), headers={"If-None-Match": etag})

    assert (again.status_code, "Set-Cookie" in first.headers) == (304, False)
    draw(offering_id, clock)
    call_next(a_desk(offering_id, clock), clock)
    assert visitor.client.get(path(app, "now_serving"), headers={"If-None-Match": etag}).status_code == 200


def test_a_screen_without_walk_ins_says_so(app, visitor):
    page = visitor.get(path(app, "now_serving"))

    assert said("There is nothing here to which you can come without booking.", "de") in page.text


def test_a_page_asks_as_often_for_ninety_numbers_as_for_one(app, visitor, offering_id, clock):
    ticket = draw_a_number(visitor).response.request.path
    pages = {path(app, "queue", key="help"): 12, ticket: 13, path(app, "now_serving"): 12}

    def asked():
        return {address: _selects(visitor, address) for address in pages}

    few = asked()
    for _ in range(89):
        draw(offering_id, clock)

    assert asked() == few
    assert all(few[address] <= most for address, most in pages.items()), few


def _selects(visitor, address):
    visitor.get(address)  # the house is remembered from here on
    with statements() as seen:
        assert visitor.get(address).status == 200
    return len([one for one in seen if one.startswith("SELECT")])
