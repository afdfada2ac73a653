"""The page of a number: whose turn it is, what became of it, giving it back; its link, and the browser that has it."""

import logging
from http.cookies import SimpleCookie

import pytest

from booking.bookings.walk_in_models import Ticket
from booking.links.tokens import token
from booking.web.roof import roof
from tests.visitors import Visitor
from tests.walk_ins import a_desk, a_walk_in, call_next, move
from tests.web.queues import HOURS, draw_a_number, queue, secret_in
from tests.web.ways import LANGUAGES, LIBRARY, contents, path, said

both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def offering_id(app):
    return a_walk_in(*HOURS, key="help")


@both_languages
def test_whoever_is_called_sees_where_to_go(app, visitor, offering_id, clock, language):
    page = draw_a_number(visitor, language)
    call_next(a_desk(offering_id, clock, "Tisch 2"), clock)

    again = visitor.get(page.response.request.path)

    assert said("It is your turn: number %(number)s", language, number=1) in again.text
    assert said("Please come to: %(desk)s", language, desk="Tisch 2") in again.text


@both_languages
def test_every_end_of_a_number_is_told(app, visitor, offering_id, clock, language):
    desk = a_desk(offering_id, clock)
    address = draw_a_number(visitor, language).response.request.path
    ((ticket_id, *_),) = contents(app)["ticket"]
    call_next(desk, clock)

    move(desk, ticket_id, "missed", clock)
    missed = visitor.get(address)
    move(desk, ticket_id, "called", clock, seen="missed")
    move(desk, ticket_id, "served", clock)
    served = visitor.get(address)

    assert said("Number %(number)s was called", language, number=1) in missed.text
    assert said("Number %(number)s has had its turn", language, number=1) in served.text
    assert not [link for link in served.links() if "zurueckgeben" in link or "give-back" in link]


def test_a_number_is_given_back_after_a_question(app, visitor, offering_id):
    page = draw_a_number(visitor)
    ask = visitor.get(page.link(ending="/zurueckgeben"))
    assert contents(app)["ticket"][0][5] == "waiting"

    back = visitor.post(ask.response.request.path, ask.fields())

    assert back.response.request.path == page.response.request.path
    assert said("Number %(number)s is given back", "de", number=1) in back.text
    again = visitor.post(ask.response.request.path, ask.fields())
    assert (again.status, contents(app)["ticket"][0][5]) == (200, "left")
    assert visitor.client.get(ask.response.request.path).status_code == 302


def test_a_number_that_had_its_turn_is_not_given_back(app, visitor, offering_id, clock):
    page = draw_a_number(visitor)
    ask = visitor.get(page.link(ending="/zurueckgeben"))
    desk = a_desk(offering_id, clock)
    call_next(desk, clock)
    move(desk, contents(app)["ticket"][0][0], "served", clock)

    refused = visitor.post(ask.response.request.path, ask.fields())

    assert refused.status == 409
    assert said("This number has had its turn already, so it cannot be given back.", "de") in refused.text


def test_a_link_of_a_number_opens_nothing_but_that_number(app, visitor, offering_id, clock):
    secret = secret_in(draw_a_number(visitor))
    wrong = [secret[:43], secret + "A", secret.swapcase(), "A" * 44]
    wrong += [token(secret[:22], purpose=purpose, key=roof().keys[0]) for purpose in ("manage", "desk")]

    for one in wrong:
        page = visitor.get(path(app, "ticket", secret=one))
        assert page.status == 404
        assert said("This address is not complete", "de") in page.text
    for name in ("manage", "queue_desk"):
        assert visitor.get(path(app, name, secret=secret)).status == 404
    assert Visitor(app, host=LIBRARY).get(path(app, "ticket", secret=secret)).status == 404
    assert Visitor(app).get(path(app, "ticket", secret=secret)).status == 200


def test_a_number_of_yesterday_is_over(app, visitor, offering_id, clock):
    address = draw_a_number(visitor).response.request.path
    clock.forward(hours=14)  # midnight in Leipzig

    over = visitor.get(address)
    assert over.status == 410
    assert said("This number was for another day", "de") in over.text
    clock.forward(hours=6)
    gone = visitor.get(address)
    assert gone.status == 410
    assert said("This address no longer works", "de") in gone.text


def test_no_log_line_names_a_number_s_link(app, visitor, offering_id, caplog):
    caplog.set_level(logging.DEBUG)
    secret = secret_in(draw_a_number(visitor))
    for shown in (secret, secret[:30]):
        visitor.client.get(f"/de/nummer/{shown}")
        visitor.client.get(f"/en/ticket/{shown}/give-back")
        visitor.client.get(f"/de/schalter/{shown}/zettel/1")

    assert "/de/nummer/" in caplog.text
    assert secret[:22] not in caplog.text


def test_the_number_is_remembered_by_the_browser_alone(app, visitor, offering_id):
    answer = draw_a_number(visitor).response.history[0]

    cookie = SimpleCookie(answer.headers["Set-Cookie"])["booking"]
    assert (cookie["httponly"], cookie["expires"], cookie["max-age"]) == (True, "", "")
    columns = [one.name for one in Ticket.__table__.columns]
    assert not {"client", "cookie", "browser"} & set(columns)


def test_a_forged_cookie_opens_nothing(app, visitor, offering_id):
    queue(visitor)
    with visitor.client.session_transaction() as cookie:
        cookie["numbers"] = {str(offering_id): "x" * 22}
    assert queue(visitor).all("form")
    with visitor.client.session_transaction() as cookie:
        cookie["numbers"] = "nonsense"

    assert draw_a_number(visitor).status == 200
