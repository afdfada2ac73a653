"""Coming without booking, on the pages: see the queue, draw a number, wait, be called, give it back."""

import pytest

from booking.app import create_app
from booking.db import unit_of_work
from booking.schedule import service
from tests.builders import an_offering, house_id
from tests.conftest import settings_for
from tests.visitors import Visitor
from tests.walk_ins import a_desk, a_walk_in, call_next, draw, leave
from tests.web.queues import HOURS, draw_a_number, drawn, queue, secret_in
from tests.web.ways import LANGUAGES, LIBRARY, contents, counted, location, path, said, summary

TOO_MANY = "That was very often in a short time. Please wait a while and try again, or call us."
both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def offering_id(app):
    return a_walk_in(*HOURS, key="help")


@both_languages
def test_somebody_draws_a_number_and_sees_how_many_are_before(app, visitor, offering_id, clock, language):
    for _ in range(2):
        draw(offering_id, clock)

    page = draw_a_number(visitor, language)

    assert page.status == 200
    assert [one.status_code for one in page.response.history] == [303]
    assert said("Your number: %(number)s", language, number=3) in page.text
    assert (
        counted("%(num)s person is before you.", "%(num)s people are before you.", 2, language) in page.text
    )
    assert page.response.headers["Cache-Control"] == "no-store"


@both_languages
def test_the_queue_tells_who_is_served_how_many_wait_and_how_long(app, visitor, offering_id, clock, language):
    desk = a_desk(offering_id, clock, "Tisch 2")
    for _ in range(3):
        draw(offering_id, clock)
    call_next(desk, clock)

    text = queue(visitor, language).text

    assert "1 Tisch 2" in text
    assert counted("%(num)s person is waiting.", "%(num)s people are waiting.", 2, language) in text
    assert said("in about %(hours)s h %(minutes)s min", language, hours=1, minutes=30) in text


def test_the_button_pressed_twice_draws_one_number(app, visitor, offering_id):
    form, address = queue(visitor).fields(), path(app, "queue", key="help")

    answers = [visitor.client.post(address, data=form) for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert len({location(one) for one in answers}) == 1
    assert drawn(app) == 1


def test_a_browser_that_has_a_number_is_led_to_it_and_draws_no_other(app, visitor, offering_id):
    other_tab = queue(visitor).fields()
    page = draw_a_number(visitor)

    again = queue(visitor)
    assert page.response.request.path in again.links()
    assert again.all("form") == []
    sent = visitor.post(path(app, "queue", key="help"), other_tab)
    assert sent.response.request.path == page.response.request.path
    assert drawn(app) == 1
    assert Visitor(app).get(path(app, "queue", key="help")).all("form")


def test_after_its_end_or_its_day_the_same_browser_draws_again(app, visitor, offering_id, clock):
    draw_a_number(visitor)
    leave(contents(app)["ticket"][0][0], clock)
    assert said("Your number: %(number)s", "de", number=2) in draw_a_number(visitor).text

    clock.forward(days=7)

    assert said("Your number: %(number)s", "de", number=1) in draw_a_number(visitor).text


def test_two_people_with_two_browsers_have_two_numbers(app, visitor, offering_id):
    pages = [draw_a_number(one) for one in (visitor, Visitor(app))]

    assert len({secret_in(page) for page in pages}) == drawn(app) == 2


@both_languages
def test_while_nobody_is_there_the_page_says_when_somebody_is(app, visitor, offering_id, clock, language):
    form = queue(visitor, language).fields()
    clock.forward(hours=3)

    page = queue(visitor, language)

    assert said("Nobody is there for this just now.", language) in page.text
    assert (
        "Mittwoch, 13. Januar 2027, 15:00 Uhr" if language == "de" else "13 January 2027, 15:00"
    ) in page.text
    assert page.all("form") == []
    refused = visitor.post(path(app, "queue", language, key="help"), form)
    assert refused.status == 409
    assert (
        said("Nobody is there for this just now, so no numbers are given out.", language)
        in summary(refused)[0]
    )
    assert drawn(app) == 0


@both_languages
def test_a_closed_house_says_what_closes_it(visitor, offering_id, clock, language):
    reasons, leipzig = {"de": "Umbau", "en": "Building works"}, house_id()
    today = clock().date()
    unit_of_work(lambda: service.close(leipzig, today, today, reasons=reasons))

    assert (
        said("We are closed: %(reason)s.", language, reason=reasons[language])
        in queue(visitor, language).text
    )


def test_shortly_before_the_end_the_page_warns_that_it_may_be_too_late(visitor, offering_id, clock):
    warning = said("It may be too late today", "de")
    assert warning not in queue(visitor).text
    for _ in range(4):
        draw(offering_id, clock)

    assert warning in queue(visitor).text


def test_only_published_walk_ins_of_the_house_have_a_queue(app, visitor, offering_id):
    an_offering(key="tour")
    a_walk_in(key="draft", state="draft")

    for key in ("tour", "draft", "nothing"):
        assert visitor.get(path(app, "queue", key=key)).status == 404
    assert Visitor(app, host=LIBRARY).get(path(app, "queue", key="help")).status == 404


def test_a_form_without_its_token_or_key_draws_nothing(app, visitor, offering_id):
    form, address = queue(visitor).fields(), path(app, "queue", key="help")

    stale = visitor.post(address, {"draw_key": form["draw_key"]})
    incomplete = visitor.post(address, form | {"draw_key": "short"})

    assert (stale.status, incomplete.status, drawn(app)) == (400, 422, 0)
    assert visitor.post(address, incomplete.fields()).status == 200
    assert drawn(app) == 1


def test_somebody_who_draws_without_end_is_told_to_wait(database_url, tmp_path, clock):
    app = create_app(settings_for(database_url, tmp_path, BOOKINGS_PER_CLIENT="2"), clock=clock)
    with app.app_context():
        a_walk_in("daily 00:00-24:00", key="help")
        pages = [draw_a_number(Visitor(app)) for _ in range(3)]

        assert [page.status for page in pages] == [200, 200, 429]
        assert said(TOO_MANY, "de") in summary(pages[2])[0]
        assert drawn(app) == 2


@pytest.mark.parametrize(("bookings", "draws"), [("3", 3), ("20", 5), ("60", 6)])
def test_a_client_draws_a_tenth_of_what_it_may_book_and_a_few_at_least(
    database_url, tmp_path, clock, bookings, draws
):
    app = create_app(settings_for(database_url, tmp_path, BOOKINGS_PER_CLIENT=bookings), clock=clock)
    with app.app_context():
        a_walk_in("daily 00:00-24:00", key="help")

        pages = [draw_a_number(Visitor(app)) for _ in range(draws + 1)]

        assert [page.status for page in pages] == [200] * draws + [429]
        clock.forward(minutes=30)
        assert draw_a_number(Visitor(app)).status == 200


def test_the_page_of_a_walk_in_leads_to_its_queue_and_others_do_not(app, visitor, offering_id):
    an_offering(key="tour")

    assert visitor.get(path(app, "offering", key="help")).link(ending="/warteschlange")
    assert not [one for one in visitor.get(path(app, "offering", key="tour")).links() if "warte" in one]
