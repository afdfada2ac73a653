"""What the house promises: shown with its tests, figures that are true, and nothing that tells of one person."""

import json

import pytest

from booking.web.public import ADDRESSES
from booking.web.public.trust import PROMISES
from config import ROOT
from tests.builders import a_booking, an_occurrence
from tests.web.every_address import Places, filled
from tests.web.ways import LANGUAGES, path, said, statements

both_languages = pytest.mark.parametrize("language", LANGUAGES)


def figures(app, visitor):
    return json.loads(visitor.client.get(path(app, "trust_data")).data)


@both_languages
def test_each_promise_stands_there_with_its_tests(app, visitor, language):
    page = visitor.get(path(app, "trust", language))

    for promise in PROMISES:
        assert said(promise.text, language) in page.text
        assert all((name in page.text) == (language != "ls") for name in promise.tests)


def test_the_tests_that_are_named_exist():
    assert [name for promise in PROMISES for name in promise.tests if not (ROOT / name).is_file()] == []


def test_the_figures_are_counted_and_small_ones_are_left_out(app, visitor, clock):
    occurrence_id = an_occurrence(clock)
    for number in range(4):
        a_booking(occurrence_id, clock, email=f"a{number}@example.org", party={"adults": 1})
    few = figures(app, visitor)
    assert (few["confirmed"], few["places_sold_twice"]) == (None, 0)
    assert said("fewer than %(num)s", "de", num=5) in visitor.get(path(app, "trust")).text

    a_booking(occurrence_id, clock, email="a5@example.org", party={"adults": 1})
    assert figures(app, visitor)["confirmed"] is None, "known for a minute"
    clock.forward(seconds=60)
    assert figures(app, visitor)["confirmed"] == 5


def test_the_page_says_of_when_the_figures_are(app, visitor, clock):
    assert "Montag, 11. Januar 2027, 10:00 Uhr" in visitor.get(path(app, "trust")).text


def test_who_asks_again_within_a_minute_costs_no_counting(app, visitor, clock):
    visitor.get(path(app, "trust"))
    clock.forward(seconds=5)
    with statements() as seen:
        visitor.get(path(app, "trust", "en"))

    assert [one for one in seen if "outgoing_mail" in one or "event" in one or "allocation" in one] == []


def test_the_phone_stands_on_every_page_for_visitors(app, visitor, clock):
    """A page in a frame and a screen on the wall are the exceptions: nobody is stuck there."""
    places, without = Places(visitor, clock), []
    for rule, address in filled(places):
        if not rule.endpoint.startswith("public.") or not rule.rule.startswith("/de/"):
            continue
        page = visitor.get(address)
        if page.response.mimetype == "text/html" and "+49 341 1230000" not in page.text:
            without.append(rule.endpoint)

    assert set(without) <= {"public.embed", "public.today", "public.now_serving", "public.slip"}, without
    assert len(ADDRESSES) > 30
