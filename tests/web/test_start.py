"""The start page: today, next dates, the ways in; and all offerings at a glance."""

from datetime import timedelta

from tests.builders import a_booking, an_occurrence, an_offering
from tests.hours import a_consultation, an_expert, at
from tests.walk_ins import a_desk, a_walk_in, call_next, draw
from tests.web.ways import statements


def test_today_stands_before_the_next_dates_and_not_twice(visitor, clock):
    today = an_occurrence(clock, starts_at=clock() + timedelta(hours=3))
    tomorrow = an_occurrence(clock)
    over = an_occurrence(clock, starts_at=clock() + timedelta(hours=1))
    clock.forward(hours=2)

    dates = [one for one in visitor.get("/de/").links() if one.startswith("/de/termine/")]

    assert dates == [f"/de/termine/{today}", f"/de/termine/{tomorrow}"]
    assert f"/de/termine/{over}" not in dates


def test_there_are_four_ways_in_each_of_which_leads_on(visitor):
    start = visitor.get("/de/")
    titles = {
        "".join(one.itertext()).strip(): one.find("{*}a").get("href")
        for one in start.all("h3")
        if one.get("class") == "way__title"
    }

    assert list(titles) == [
        "Uns besuchen",
        "Mit Fachleuten sprechen",
        "Mit einer Klasse kommen",
        "Eine Idee einbringen",
    ]
    for href in titles.values():
        assert visitor.get(href.partition("#")[0]).status == 200, href


def test_easy_language_and_sign_language_are_one_step_away(visitor):
    links = visitor.get("/de/").links()

    assert {"/de/leichte-sprache", "/de/gebaerdensprache"} <= set(links)


def test_somebody_sees_at_once_what_exists_for_whom_how_long_and_in_which_language(visitor, clock):
    tour = an_offering(
        key="tour",
        minutes=45,
        age_min=13,
        audiences=("families",),
        texts={"de": {"title": "VR-Rundgang", "summary": "", "description": ""}},
    )
    full = an_occurrence(clock, offering_id=tour, seats=3)
    a_booking(full, clock)
    an_occurrence(clock, offering_id=tour, starts_at=at("2027-01-20 18:00"), language="en")
    an_offering(key="class", kind="school", grade_first=7, grade_last=10)
    an_offering(key="secret", state="draft")
    an_expert(a_consultation(key="ki"), "wed 15:00-19:00", key="mira")

    page = visitor.get("/de/angebote")

    assert "45 Minuten" in page.text
    assert "für Familien" in page.text
    assert "ab 13 Jahren" in page.text
    assert "Deutsch, Englisch" in page.text
    assert "Nächster Termin: Mittwoch, 20. Januar 2027, 18:00–19:00 Uhr" in page.text  # the first one is full
    assert "Klassen 7 bis 10" in page.text
    assert "Nächster freier Termin" in page.text or "Nächste freie Zeit" in page.text
    assert "/de/angebote/secret" not in page.links()
    assert [one.text for one in page.all("h2")][:3] == ["Führungen", "Sprechstunden", "Für Schulen"]


def test_all_offerings_take_as_many_statements_with_a_thousand_dates(visitor, clock):
    tour = an_offering(key="tour")
    an_occurrence(clock, offering_id=tour)
    an_expert(a_consultation(key="ki"), "wed 15:00-19:00", key="mira")
    few = {page: asked(visitor, page) for page in ("/de/", "/de/angebote", "/de/programm?view=month")}

    for number in range(100):
        an_occurrence(clock, offering_id=tour, starts_at=clock() + timedelta(days=1, minutes=15 * number))
    for number in range(5):
        an_offering(key=f"tour-{number}-more")

    assert {page: asked(visitor, page) for page in few} == few


def asked(visitor, page):
    mark = "&" if "?" in page else "?"
    visitor.get(f"{page}{mark}n=1")
    with statements() as seen:
        visitor.get(f"{page}{mark}n=2")
    return len([one for one in seen if one.startswith("SELECT")])


def test_numbers_that_are_called_now_stand_on_the_start_page(visitor, clock):
    offering_id = a_walk_in("daily 00:00-24:00", key="help")
    draw(offering_id, clock)
    desk = a_desk(offering_id, clock)
    assert "jetzt an der Reihe" not in visitor.get("/de/").text

    call_next(desk, clock)
    clock.forward(seconds=2)

    assert "jetzt an der Reihe: 1" in visitor.get("/de/").text
