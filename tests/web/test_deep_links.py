"""Links that choose something already: they fill in a form, and do nothing."""

import pytest

from booking.houses.facts import LANGUAGES
from tests.builders import an_occurrence, an_offering
from tests.hours import a_consultation, an_expert
from tests.web.ways import contents, path


@pytest.fixture
def occurrence_id(app, clock):
    return an_occurrence(
        clock, offering_id=an_offering(key="tour", seats=6, party_min=2, party_max=6), seats=6
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_says_how_many_come_and_nothing_is_kept(app, visitor, occurrence_id, language):
    before = contents(app)

    page = visitor.get(path(app, "book", language, occurrence_id=occurrence_id) + "?people=3")

    assert page.fields()["adults"] == "3"
    assert contents(app) == before


@pytest.mark.parametrize("people", ["0", "1", "7", "-3", "3.0", "٣", "1e1", "9999999", "x", ""])
def test_a_number_that_cannot_be_fills_in_nothing(app, visitor, occurrence_id, people):
    address = path(app, "book", occurrence_id=occurrence_id)

    page = visitor.get(address, query_string={"people": people})

    assert page.status == 200
    assert page.fields()["adults"] == visitor.get(address).fields()["adults"]


def test_what_this_browser_keeps_already_is_stronger_than_a_link(app, visitor, occurrence_id):
    address = path(app, "book", occurrence_id=occurrence_id)
    visitor.post(address, visitor.get(address).fields() | {"adults": "5", "children": "0"})

    assert visitor.get(f"{address}?people=3").fields()["adults"] == "5"


def test_a_link_chooses_a_time_with_an_expert_in_a_language_for_so_many(app, visitor, clock):
    an_expert(
        a_consultation(key="ki", seats=4, party_max=4), "wed 15:00-19:00", key="mira", languages=("de", "en")
    )
    chosen = "?start=2027-01-13T14:00Z&medium=on_site&language=en&host=mira&people=3"

    page = visitor.get(path(app, "book_slot", "en", key="ki") + chosen)

    assert page.fields()["adults"] == "3"
    assert "Wednesday, 13 January 2027, 15:00" in page.text
