"""Consultations by topic with their next free times; experts with first name, topics and languages, no more."""

import pytest
from sqlalchemy import update

from booking.catalogue import service as catalogue
from booking.db import db, unit_of_work
from booking.people.models import Host
from booking.schedule import service
from booking.schedule.hours import Of
from tests.builders import a_host, an_occurrence, an_offering, house_id
from tests.hours import a_consultation, a_taken_slot, an_expert, at, away, hours_of
from tests.web.slots import asked, with_class, words
from tests.web.ways import path


def texts(german, english):
    return {
        "de": {"title": german, "summary": "Kurz", "description": "Lang"},
        "en": {"title": english, "summary": "Short", "description": "Long"},
    }


def a_topic(key, german, english):
    house = house_id()
    return unit_of_work(lambda: catalogue.enter_topic(key, {"de": german, "en": english}, house_id=house))


@pytest.fixture
def programme(app):
    """Two consultations, one of them under two topics, and one without a topic; two experts."""
    ai, data = (
        a_topic("ai", "Künstliche Intelligenz", "Artificial intelligence"),
        a_topic("data", "Daten", "Data"),
    )
    talk = a_consultation(
        key="ki",
        texts=texts("Sprechstunde KI", "Consultation AI"),
        topic_ids=(ai, data),
        media=("on_site", "video", "phone"),
        audiences=("everyone", "seniors"),
    )
    open_data = a_consultation(
        key="daten", texts=texts("Offene Daten", "Open data"), topic_ids=(data,), minutes=45
    )
    a_consultation(key="sonst", texts=texts("Sonstiges", "Anything else"))
    mira = an_expert(
        talk, "wed 15:00-19:00", key="mira", first_name="Mira", last_name="Vogelsang", languages=("en", "de")
    )
    ruben = an_expert(
        open_data, "thu 10:00-12:00", key="ruben", first_name="Ruben", last_name="Tannhof", languages=("uk",)
    )
    unit_of_work(lambda: service.teach(ruben, talk))
    return {"talk": talk, "data": open_data, "mira": mira, "ruben": ruben}


def topics(page):
    """Return the titles below each topic."""
    found = {}
    for section in page.all("section"):
        heading = next(one for one in section.iter() if one.tag.endswith("}h2"))
        found[words(heading)] = [words(one) for one in with_class(section, "offer__title")]
    return {name: titles for name, titles in found.items() if titles}


def cards(page):
    return {
        words(with_class(card, "offer__title")[0]): words(card) for card in with_class(page.tree, "offer")
    }


def consultations(visitor, language="en"):
    return visitor.get(path(visitor.app, "consultations", language))


def expert(visitor, key, language="en"):
    return visitor.get(path(visitor.app, "expert", language, key=key))


def test_a_consultation_stands_below_its_first_topic_and_is_named_below_the_others(app, visitor, programme):
    page = consultations(visitor)
    (data,) = [one for one in page.all("section") if words(one).startswith("Data ")]
    assert "Also about this topic: Consultation AI" in words(data)
    assert [
        one.get("href") for one in data.iter() if words(one) == "Consultation AI" and one.get("href")
    ] == [path(app, "offering", "en", key="ki")]

    assert topics(page) == {
        "Artificial intelligence": ["Consultation AI"],
        "Data": ["Open data"],
        "Other topics": ["Anything else"],
        "Who you talk to": ["Mira", "Ruben"],
    }
    (jump, *_) = [one for one in page.all("nav") if one.get("aria-label") == "Topics"]
    targets = [one.get("href") for one in jump.iter() if one.get("href")]
    ids = {f"#{one.get('id')}" for one in page.all("h2")}
    assert len(targets) == 3
    assert set(targets) <= ids


def test_a_consultation_says_all_that_people_ask_before_they_choose(visitor, programme):
    card = cards(consultations(visitor))["Consultation AI"]

    for said in (
        "Consultation",
        "30 minutes",
        "for everyone",
        "in the house or by video or by phone",
        "German, English, Ukrainian",
        "Next free time: Wednesday, 13 January 2027, 15:00, Consultation AI, in the house, English",
    ):
        assert said in card, said


def test_the_next_free_time_moves_on(app, visitor, clock, programme):
    a_taken_slot(programme["talk"], (programme["mira"],), at("2027-01-13 15:00"), at("2027-01-13 15:30"))
    assert (
        "Next free time: Wednesday, 13 January 2027, 15:30"
        in cards(consultations(visitor))["Consultation AI"]
    )
    away(at("2027-01-13 00:00").date(), of=Of(host_id=programme["mira"]))
    assert (
        "Next free time: Thursday, 14 January 2027, 10:00" in cards(consultations(visitor))["Consultation AI"]
    )
    clock.forward(days=365)
    away(at("2028-01-01 00:00").date(), at("2029-01-01 00:00").date(), of=Of(host_id=programme["ruben"]))
    assert "There is no free time at the moment." in cards(consultations(visitor))["Open data"]


def test_the_next_free_time_may_be_a_call(visitor, app):
    talk = a_consultation(key="ki", media=("on_site", "phone"))
    host = an_expert(talk)
    hours_of(host, "tue 10:00-11:00", medium="phone")

    (card,) = [text for text in cards(consultations(visitor)).values() if "Next" in text]
    assert "Next free time: Tuesday, 12 January 2027, 10:00, Consultation, by phone, German" in card


def test_what_is_hidden_or_has_dates_is_no_consultation(visitor, clock, programme):
    a_consultation(key="draft", state="draft", texts=texts("Entwurf", "Draft"))
    an_occurrence(clock, offering_id=an_offering(key="tour"))

    assert "Draft" not in consultations(visitor).text
    assert "Guided tour" not in consultations(visitor).text


def test_a_house_without_consultations_says_so(visitor, app):
    page = consultations(visitor)

    assert "There are no consultations at the moment" in page.text
    assert path(app, "programme", "en") in page.links()


def test_every_page_leads_to_the_consultations(app, visitor, programme):
    href = path(app, "consultations", "en")
    for name, values in (("contact", {}), ("programme", {}), ("start", {}), ("offering", {"key": "ki"})):
        assert href in visitor.get(path(app, name, "en", **values)).links(), name
    inside = [
        one.get("href")
        for name in ("programme", "start")
        for main in visitor.get(path(app, name, "en")).all("main")
        for one in main.iter()
    ]
    assert inside.count(href) == 2


def test_of_an_expert_people_read_first_name_topics_and_languages(app, visitor, programme):
    page = expert(visitor, "mira")
    pairs = [words(one) for tag in ("dt", "dd") for one in page.all(tag)]

    assert [words(one) for one in page.all("h1")] == ["Mira"]
    assert pairs == ["Topics", "Languages", "Artificial intelligence, Data", "German, English"]
    assert list(cards(page)) == ["Consultation AI"]
    for name in ("expert", "consultations", "times", "offering"):
        values = {"expert": {"key": "mira"}, "consultations": {}}.get(name, {"key": "ki"})
        html = visitor.get(path(app, name, "en", **values)).response.text
        assert "Vogelsang" not in html, name
        assert "Tannhof" not in html, name


def test_times_on_the_page_of_an_expert_are_his_or_her_own(app, visitor, programme):
    card = with_class(expert(visitor, "ruben").tree, "offer")[0]
    links = [one.get("href", "") for one in card.iter() if one.get("href")]

    assert "Thursday, 14 January 2027, 10:00, Consultation AI, in the house, Ukrainian" in words(card)
    assert [asked(href).get("host") for href in links] == [None, "ruben", "ruben"]
    assert path(app, "times", "en", key="ki") in links[2]


def test_who_gives_no_consultation_has_no_page(visitor, programme):
    tour = an_offering(key="tour")
    guide = a_host(key="guide")
    unit_of_work(lambda: service.teach(guide, tour))
    a_host(key="idle")
    interpreter = a_host(key="dolmetscher", kind="interpreter")
    unit_of_work(lambda: service.teach(interpreter, programme["talk"]))

    for key in ("guide", "idle", "dolmetscher", "nobody", "MIRA"):
        assert expert(visitor, key).status == 404, key
    gone = update(Host).where(Host.key == "mira").values(is_active=False)
    unit_of_work(lambda: db.session.execute(gone))
    assert expert(visitor, "mira").status == 404
    assert "Mira" not in consultations(visitor).text


def test_the_page_of_a_consultation_leads_to_its_times(app, visitor, clock, programme):
    page = visitor.get(path(app, "offering", "en", key="ki"))
    links = [words(one) for one in with_class(page.tree, "time__link")]

    assert links[:2] == [
        "Wednesday, 13 January 2027, 15:00, Consultation AI, in the house, English",
        "Wednesday, 13 January 2027, 15:30, Consultation AI, in the house, English",
    ]
    assert len(links) == 3
    assert path(app, "times", "en", key="ki") in page.links()
    assert path(app, "expert", "en", key="mira") in page.links()
    assert "Choose a date" not in page.text
    clock.forward(days=2, hours=6, minutes=1)  # Wednesday, 16:01
    assert "16:30" in words(
        with_class(visitor.get(path(app, "offering", "en", key="ki")).tree, "time__link")[0]
    )


def test_a_consultation_without_free_times_says_so_on_its_page(app, visitor):
    a_consultation(key="ki")

    assert "There is no free time at the moment." in visitor.get(path(app, "offering", "en", key="ki")).text


def test_the_programme_stays_a_list_of_dates(app, visitor, clock, programme):
    slot = a_taken_slot(
        programme["talk"], (programme["mira"],), at("2027-01-13 15:00"), at("2027-01-13 15:30")
    )
    page = visitor.get(path(app, "programme", "en"))

    assert "Consultation AI" not in page.text
    assert "Consultations have no fixed dates" in page.text
    assert visitor.get(path(app, "occurrence", "en", occurrence_id=slot.occurrence_id)).status == 404
