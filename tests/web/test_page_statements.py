"""How many statements every page needs: the same when the house offers much as when it offers little."""

from datetime import timedelta

import pytest

from booking.schedule import queries
from tests.builders import TEXTS, a_booking, a_topic, an_occurrence, an_offering, house_id
from tests.hours import a_consultation, an_expert
from tests.voices import a_voice_secret
from tests.walk_ins import draw
from tests.web.every_address import Places, filled
from tests.web.ways import statements

MOST = 40
MEDIA = ("on_site", "video", "phone")


@pytest.fixture
def places(visitor, clock):
    return Places(visitor, clock)


def asked(visitor, address):
    """Return how many statements a page takes; each time anew, so that nobody remembers the answer."""
    asks = f"{address}{'&' if '?' in address else '?'}n="
    visitor.client.get(f"{asks}1")
    with statements() as seen:
        answer = visitor.client.get(f"{asks}2")
    assert answer.status_code in (200, 302, 404), address
    return len([one for one in seen if one.startswith("SELECT")])


def add_much(places, clock):
    """Let the house offer ten times as much: topics, offerings, dates, consultations, experts, numbers, ideas."""
    topics = [a_topic(kind=kind) for kind in ("topic", "cooperation") * 5]
    for number in range(10):
        texts = {
            language: words | {"title": f"{words['title']} {number}"} for language, words in TEXTS.items()
        }
        kind = ("tour", "talk", "workshop", "school")[number % 4]
        offering_id = an_offering(
            kind=kind, texts=texts, topic_ids=topics[number:], audiences=("families", "seniors")
        )
        for step in range(6):
            starts_at = clock() + timedelta(days=step, hours=number % 5 + 1)
            occurrence_id = an_occurrence(clock, offering_id=offering_id, starts_at=starts_at)
            if step < 2:
                a_booking(occurrence_id, clock, email=f"a{number}-{step}@example.org")
    for _ in range(5):
        consultation = a_consultation(is_walk_in=True, topic_ids=topics, media=MEDIA)
        for _expert in range(3):
            an_expert(consultation, "mon-fri 09:00-17:00")
        draw(consultation, clock)
    for _ in range(5):
        a_voice_secret(clock)


def test_every_page_asks_as_often_when_the_house_offers_much_as_when_it_offers_little(visitor, places, clock):
    an_expert(
        a_consultation(media=MEDIA), "mon-fri 09:00-17:00"
    )  # each way to meet, of which there are three, is asked
    pages = {address: rule for rule, address in filled(places) if "GET" in (rule.methods or ())}
    few = {address: asked(visitor, address) for address in pages}

    add_much(places, clock)
    many = {address: asked(visitor, address) for address in pages}

    grown = {address: (few[address], many[address]) for address in pages if few[address] != many[address]}
    assert grown == {}
    assert max(many.values()) <= MOST, max(many, key=many.__getitem__)


def test_a_page_that_asked_once_for_each_date_would_be_found(app, places, clock):
    """The control: the same count of a loop that asks for each date grows with them."""

    def asks():
        now, house = clock(), house_id()
        with statements() as seen:
            found = queries.dates(house, language="de", now=now, first=now, last=now + timedelta(days=30))
            for one in found:
                queries.date(one.id, house_id=house, language="de", now=now)
        return len([one for one in seen if one.startswith("SELECT")])

    few = asks()
    add_much(places, clock)

    assert asks() > few
