"""Two houses under one roof: neither sees what people told the other."""

import inspect
from collections.abc import Callable, Mapping

import pytest

from booking.catalogue import service as catalogue
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.links import queries as links
from booking.voices import queries
from booking.voices.queries import VoicePage
from tests.builders import an_offering, house_id
from tests.voices import shown, tell

Question = Callable[[VoicePage, int], object]
QUESTIONS: Mapping[str, Question] = {
    "by_reference": lambda own, house: queries.by_reference(own.reference, house_id=house).id,
    "of_one_house": lambda own, house: queries.of_one_house(own.id, house_id=house).id,
    "of_house": lambda own, house: [one.id for one in queries.of_house(house, is_open=True)],
    "references": lambda own, house: queries.references([own.id], house_id=house),
    "topics": lambda own, house: [one.id for one in queries.topics(house)],
    "meetings": lambda own, house: [
        one.key for one in queries.meetings(own.topic_id or 0, house_id=house, language="de")
    ],
}


@pytest.fixture
def owned(app, clock) -> VoicePage:
    """An idea of Leipzig for a topic with a consultation."""
    leipzig = house_id()
    topic_id = unit_of_work(lambda: catalogue.enter_topic("ai", {"de": "KI", "en": "AI"}, house_id=leipzig))
    an_offering(key="ki", kind="consultation", topic_ids=(topic_id,))
    return shown(tell(clock, topic="ai", once="the-form").voice_id)


def answer(question: Question, owned: VoicePage, house: int) -> object:
    """Return what is found, or nothing where that is refused."""
    try:
        return unit_of_work(lambda: question(owned, house))
    except NotFound:
        return None


def test_every_question_that_names_a_house_is_asked_here():
    asking = {
        name
        for name, function in inspect.getmembers(queries, inspect.isfunction)
        if function.__module__ == queries.__name__
        and not name.startswith("_")
        and "house_id" in inspect.signature(function).parameters
    }

    assert asking == set(QUESTIONS)


def test_each_house_finds_its_own_and_nothing_of_the_other(owned):
    leipzig, library = house_id(), house_id("library")

    assert [name for name, ask in QUESTIONS.items() if not answer(ask, owned, leipzig)] == []
    assert [name for name, ask in QUESTIONS.items() if answer(ask, owned, library)] == []


def test_a_link_of_one_house_opens_nothing_in_the_other(owned, clock):
    told = tell(clock, topic="ai", once="the-form")
    library = house_id("library")

    with pytest.raises(NotFound):
        unit_of_work(lambda: links.subject_of(told.link_id, purpose="voice", house_id=library, now=clock()))
