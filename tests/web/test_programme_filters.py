"""Filters of the programme: what the address asks is what is shown, and what it cannot mean is passed over, told."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from booking.catalogue import service as catalogue
from booking.db import unit_of_work
from tests.builders import a_booking, a_room, an_occurrence, an_offering, house_id
from tests.hours import an_expert, at
from tests.web.ways import said

NEXT_TUESDAY = "2027-01-12"


def a_topic(key="ki", german="Künstliche Intelligenz", english="Artificial intelligence"):
    return unit_of_work(
        lambda: catalogue.enter_topic(key, {"de": german, "en": english}, house_id=house_id())
    )


def titled(title, description="Wir zeigen alles."):
    return {"de": {"title": title, "summary": "", "description": description}}


@pytest.fixture
def week(app, clock):
    """Six dates of one week, each of which differs from the others in what filters ask."""

    def publish(name, when, **wanted):
        dates = {key: wanted.pop(key) for key in ("language", "place_id", "seats") if key in wanted}
        offering_id = an_offering(texts=titled(name), **wanted)
        return an_occurrence(clock, offering_id=offering_id, starts_at=at(when), **dates)

    upstairs = a_room(is_step_free=False)
    return {
        "Morgens": publish("Morgens", f"{NEXT_TUESDAY} 10:00"),
        "Abends": publish("Abends", "2027-01-13 18:00", audiences=("families",), party_max=3),
        "Vortrag": publish("Vortrag", "2027-01-14 14:00", kind="talk", topic_ids=(a_topic(),)),
        "Englisch": publish("Englisch", "2027-01-15 11:00", language="en"),
        "Gebärden": publish("Gebärden", "2027-01-16 11:00", language="dgs"),
        "Treppe": publish("Treppe", "2027-01-13 19:00", place_id=upstairs),
    }


def shown(visitor, query, language="de"):
    """Return which dates a filtered programme lists, by their titles in the order of the page."""
    path = {"de": "programm", "en": "programme"}[language]
    page = visitor.get(f"/{language}/{path}?{query}")
    assert page.status == 200
    return [
        title
        for one in page.all("a")
        if "/termine/" in one.get("href", "") or "/dates/" in one.get("href", "")
        for title in ["".join(one.itertext()).split(", ")[3]]
    ]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Morgens", "Abends", "Treppe", "Vortrag", "Englisch", "Gebärden"]),
        ("part=evening", ["Abends", "Treppe"]),
        ("part=evening&access=step_free", ["Abends"]),
        ("part=morning&part=afternoon", ["Morgens", "Vortrag", "Englisch", "Gebärden"]),
        ("weekday=2&weekday=6", ["Morgens", "Gebärden"]),
        ("kind=talk", ["Vortrag"]),
        ("kind=talk&kind=tour&weekday=4", ["Vortrag"]),
        ("topic=ki", ["Vortrag"]),
        ("audience=families", ["Abends"]),
        ("language=en", ["Englisch"]),
        ("people=4&part=evening", ["Treppe"]),
        ("q=kuenstliche+INTELLIGENZ", ["Vortrag"]),
        ("q=künstl", ["Vortrag"]),
        ("q=gebarden", ["Gebärden"]),
        ("q=Wir+zeigen&weekday=3", ["Abends", "Treppe"]),
        ("from=2027-01-15", ["Englisch", "Gebärden"]),
        ("view=week&from=2027-01-11&part=evening", ["Abends", "Treppe"]),
    ],
)
def test_what_is_asked_is_shown_and_nothing_else(visitor, week, query, titles):
    assert shown(visitor, query) == titles


def test_somebody_with_a_wheelchair_finds_an_evening_tour_for_three_from_the_start_page(visitor, week):
    start = visitor.get("/de/")
    evening = next(one for one in start.links() if "part=evening" in one)
    assert evening in start.links()

    form = visitor.get(evening).fields(0)
    query = "&".join(f"{name}={value}" for name, value in form.items() if value)

    assert shown(visitor, f"{query}&kind=tour&people=3&access=step_free") == ["Abends"]


def test_only_dates_with_places_are_free_and_places_suffice_for_all_who_come(visitor, clock, week):
    full = an_occurrence(clock, offering_id=an_offering(texts=titled("Voll"), seats=3, party_max=3), seats=3)
    a_booking(full, clock)

    assert "Voll" in shown(visitor, "")
    assert "Voll" not in shown(visitor, "free=1")
    assert "Voll" not in shown(visitor, "people=1")
    assert shown(visitor, "people=15") == ["Morgens", "Treppe", "Vortrag", "Englisch", "Gebärden"]
    assert shown(visitor, "people=16") == []


def test_what_the_house_must_arrange_is_found_where_there_is_time_for_it(visitor, clock, week):
    later = an_offering(texts=titled("Später"))
    an_occurrence(clock, offering_id=later, starts_at=clock() + timedelta(days=18))

    assert shown(visitor, "access=dgs") == ["Gebärden", "Später"]  # an interpreter needs ten working days
    assert shown(visitor, "access=induction_loop")[0] == "Abends"  # two working days: not tomorrow
    assert shown(visitor, "access=quiet&access=step_free") == ["Gebärden", "Später"]  # five working days


def test_each_filter_that_is_set_can_be_taken_away_by_a_link(visitor, week):
    page = visitor.get("/de/programm?part=evening&weekday=3&weekday=4&access=step_free&q=abends&view=week")
    chips = [one.get("href") for one in page.all("a") if "chip--set" in one.get("class", "")]

    assert len(chips) == 5
    assert "/de/programm?q=abends&part=evening&weekday=4&access=step_free&view=week" in chips
    assert "/de/programm?part=evening&weekday=3&weekday=4&access=step_free&view=week" in chips


def test_an_empty_page_says_which_filter_hides_how_many_dates(visitor, week):
    page = visitor.get("/de/programm?part=evening&language=en")

    assert "ohne „Sprache“ suchen: 2 Termine" in page.text
    assert "ohne „Tageszeit“ suchen: 1 Termin" in page.text
    assert "ohne alle Filter suchen: 6 Termine" in page.text
    assert "/de/programm?part=evening" in page.links()


@pytest.mark.parametrize("language", ["de", "ls"])
def test_a_word_that_nothing_has_is_said_to_be_the_reason(visitor, week, language):
    page = visitor.get(f"/{language}/programm?q=Quittenbaum&access=step_free")
    hidden = visitor.get(f"/{language}/programm?q=Englisch&weekday=1")

    told = said("No date matches “%(words)s”", language, words="Quittenbaum")
    assert told in [one.text for one in page.all("h2")]
    assert said("No dates in this span", language) not in page.text
    assert not [one for one in page.all("a") if one.get("rel") == "next"]
    assert said("No dates in this span", language) in hidden.text, "the word has dates, on another day"


def test_the_days_around_a_month_are_not_told_as_empty(visitor, week):
    page = visitor.get("/de/programm?view=month&from=2027-03-10")

    off = [one for one in page.all("td") if "calendar__day--off" in one.get("class", "")]
    assert off
    assert {"".join(one.itertext()).strip() for one in off} == {said("not shown", "de")}


def test_an_empty_page_says_when_the_next_date_comes_that_fits(visitor, clock, week):
    far = clock() + timedelta(days=100)
    an_occurrence(clock, offering_id=an_offering(texts=titled("Fern")), starts_at=far)

    page = visitor.get("/de/programm?q=fern")

    assert "Mittwoch, 21. April 2027" in page.text
    assert shown(visitor, "q=fern&from=2027-04-21") == ["Fern"]


def test_filters_that_fit_nothing_together_are_offered_one_at_a_time(visitor, week):
    page = visitor.get("/de/programm?part=evening&language=en&q=vortrag")

    assert "nur mit „Tageszeit“ suchen: 2 Termine" in page.text


def test_a_search_finds_what_has_no_dates(visitor, clock):
    offering_id = an_offering(
        key="sprechstunde",
        kind="consultation",
        booked_by="slot",
        party_max=3,
        texts=titled("Sprechstunde KI"),
    )
    an_expert(offering_id, "wed 15:00-19:00", key="mira")

    page = visitor.get("/de/programm?q=ki")

    assert "Passende Angebote" in page.text
    assert "/de/angebote/sprechstunde" in page.links()
    assert "/de/angebote/sprechstunde" not in visitor.get("/de/programm?q=kin").links()
    assert "/de/angebote/sprechstunde" in visitor.get("/de/programm?kind=consultation&people=3").links()
    assert "/de/angebote/sprechstunde" not in visitor.get("/de/programm?kind=consultation&people=4").links()


LONG = "x" * 10_000
ODD = {
    "page=1000000000": "keine Nummern",
    "from=9999-99-99": "Es beginnt heute",
    "from=9999-12-31": "Es beginnt heute",
    "from=2020-01-01": "Es beginnt heute",
    "view=year": "Sie sehen die Liste",
    "people=0": "von 1 bis 999",
    "people=-1": "von 1 bis 999",
    "people=%D9%A3": "von 1 bis 999",
    "people=1e9": "von 1 bis 999",
    "language=xx": "Sprache kennen wir nicht",
    "topic=unheard-of": "Dieses Thema kennen wir nicht",
    "topic=%3Cscript%3E": "nicht bekannt",
    "audience=nobody": "nicht bekannt",
    "audience=families&audience=seniors": "nicht bekannt",
    "kind=party": "nicht bekannt",
    "weekday=8": "nicht bekannt",
    "part=night": "nicht bekannt",
    "access=levitation": "nicht bekannt",
    "free=maybe": "nicht bekannt",
    f"q={LONG}": "ersten 100 Zeichen",
    f"topic={LONG}": "nicht bekannt",
    f"kind={LONG}&weekday={LONG}&people={LONG}": "nicht bekannt",
}


@pytest.mark.parametrize("view", ["list", "week", "month"])
def test_what_cannot_be_meant_is_passed_over_with_a_note(visitor, week, view):
    for query, note in ODD.items():
        page = visitor.get(f"/de/programm?{query}" + (f"&view={view}" if "view=" not in query else ""))

        assert (page.status, note in page.text) == (200, True), query[:60]


def test_the_furthest_day_can_be_shown_in_every_view(visitor, week):
    for view in ("list", "week", "month"):
        assert visitor.get(f"/de/programm?from=2036-12-31&view={view}").status == 200


def test_what_was_typed_is_shown_as_it_was_typed(visitor, week):
    page = visitor.get(f"/de/programm?q={quote('<b>„x“</b> & y')}")

    assert page.fields(0)["q"] == "<b>„x“</b> & y"
    assert "<b>" in page.text
