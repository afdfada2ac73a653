"""Topics and cooperations: what they tell, what can be booked on them, and that hidden ones are not there."""

from datetime import timedelta
from typing import Any

import pytest

from booking.catalogue import service as catalogue
from booking.catalogue.service import TopicDetails
from booking.cli import programme
from booking.cli.topics import UnfitTopic, checked
from booking.db import unit_of_work
from config import ROOT
from tests.builders import an_occurrence, an_offering, house_id
from tests.hours import an_expert
from tests.web.ways import statements

TEXTS = {
    "de": {
        "title": "KI: Wo nutzt die Stadt sie?",
        "lead": "Hier steht, was sie kann.",
        "body": "## Was sie kann\n\nText **ordnen**.",
        "questions": ["Wer entscheidet?"],
    },
    "en": {"title": "AI: where does the city use it?"},
}


def a_page(key="ki", **wanted):
    """Enter a topic with a page and return its id."""
    house = wanted.pop("house_id", None) or house_id()
    details: dict[str, Any] = {"names": {"de": "KI", "en": "AI"}, "texts": TEXTS} | wanted
    return unit_of_work(lambda: catalogue.enter_topic_page(TopicDetails(key, **details), house_id=house))


def test_a_topic_tells_what_it_is_about_in_the_language_of_the_page(visitor):
    a_page()

    german, english = visitor.get("/de/themen/ki"), visitor.get("/en/topics/ki")

    assert "KI: Wo nutzt die Stadt sie?" in german.text
    assert [one.text for one in german.all("strong") if one.text == "ordnen"] == ["ordnen"]
    assert "Wer entscheidet?" in german.text
    assert "AI: where does the city use it?" in english.text
    assert "Hier steht, was sie kann." in english.text  # what is missing falls back to German


def test_a_topic_leads_to_all_that_can_be_booked_on_it_and_to_who_knows_it(visitor, clock):
    topic = a_page()
    other = a_page(key="energie", names={"de": "Energie"})
    talk = an_offering(key="vortrag", kind="talk", topic_ids=(topic,))
    date = an_occurrence(clock, offering_id=talk)
    elsewhere = an_occurrence(clock, offering_id=an_offering(key="energie-tour", topic_ids=(other,)))
    consultation = an_offering(
        key="sprechstunde", kind="consultation", booked_by="slot", party_max=3, topic_ids=(topic,)
    )
    an_expert(consultation, "wed 15:00-19:00", key="mira")
    an_expert(an_offering(key="fremd", kind="consultation", booked_by="slot"), "wed 15:00-19:00", key="otto")

    links = visitor.get("/de/themen/ki").links()

    assert f"/de/termine/{date}" in links
    assert f"/de/termine/{elsewhere}" not in links
    assert {"/de/angebote/vortrag", "/de/angebote/sprechstunde", "/de/angebote/sprechstunde/zeiten"} <= set(
        links
    )
    assert "/de/fachleute/mira" in links
    assert "/de/fachleute/otto" not in links
    assert {"/de/themen/energie", "/de/programm?topic=ki"} <= set(links)
    assert any(one.startswith("/de/ideen") for one in links)


def test_a_cooperation_tells_who_works_on_what_and_where_to_meet_them(visitor):
    a_page(
        key="zwillinge",
        kind="cooperation",
        partners=[{"names": {"de": "Hamburg"}, "part": {"de": "baut mit"}}],
        links=[{"url": "https://example.org/zwillinge", "labels": {"de": "Mehr davon"}}],
        texts={"de": {"title": "Zwillinge", "body": "Drei Städte.", "meet": "Beim *Rundgang*."}},
    )

    page = visitor.get("/de/kooperationen/zwillinge")

    assert "Hamburg" in page.text
    assert "baut mit" in page.text
    assert "Beim Rundgang." in page.text
    assert "https://example.org/zwillinge" in page.links()
    assert "/de/kooperationen/zwillinge" in visitor.get("/de/kooperationen").links()
    assert "/de/kooperationen/zwillinge" in visitor.get("/de/themen").links()


def test_what_is_hidden_foreign_unknown_or_of_the_other_kind_is_not_there(visitor):
    a_page(key="offen")
    a_page(key="verborgen", is_published=False)
    a_page(key="nur-name", texts={})
    a_page(key="nebenan", house_id=house_id("library"))

    for key in ("verborgen", "nur-name", "nebenan", "niemals"):
        assert visitor.get(f"/de/themen/{key}").status == 404, key
    assert visitor.get("/de/kooperationen/offen").status == 404
    listed = [one for one in visitor.get("/de/themen").links() if one.startswith("/de/themen/")]
    assert listed == ["/de/themen/offen"]


def test_topics_stand_in_the_order_of_the_house(visitor):
    for position, key in enumerate(("wichtig", "auch", "zuletzt"), start=1):
        a_page(key=key, position=position)

    for page in ("/de/themen", "/de/"):
        listed = [one for one in visitor.get(page).links() if one.startswith("/de/themen/")]
        assert listed == ["/de/themen/wichtig", "/de/themen/auch", "/de/themen/zuletzt"]


def test_a_topic_asks_as_often_with_a_thousand_dates_and_many_hosts_as_with_one(visitor, clock):
    topic = a_page()
    talk = an_offering(key="vortrag", kind="talk", topic_ids=(topic,))
    consultation = an_offering(key="ki", kind="consultation", booked_by="slot", topic_ids=(topic,))
    an_expert(consultation, "wed 15:00-19:00", key="mira")
    an_occurrence(clock, offering_id=talk)
    few = asked(visitor)

    for number in range(60):
        an_occurrence(clock, offering_id=talk, starts_at=clock() + timedelta(days=2, minutes=15 * number))
    for number in range(10):
        an_expert(consultation, "wed 15:00-19:00", key=f"expert-{number}")
        a_page(key=f"topic-{number}")

    assert asked(visitor) == few <= 24


def asked(visitor):
    visitor.get("/de/themen/ki?n=1")
    with statements() as seen:
        visitor.get("/de/themen/ki?n=2")
    return len([one for one in seen if one.startswith("SELECT")])


@pytest.mark.parametrize("key", ["leipzig", "library"])
def test_the_topics_of_both_demo_houses_are_told_in_three_languages(key):
    found = programme.read(ROOT / "houses" / "programmes" / f"{key}.toml")["topics"]
    pages = [checked(one, position=1) for one in found if one.get("texts")]

    assert len(pages) == {"leipzig": 10, "library": 2}[key]
    for page in pages:
        assert page.texts.keys() == {"de", "en", "ls"}, page.key
        assert all(page.texts[language]["title"] for language in page.texts), page.key


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"names": {}}, "names (with de)"),
        ({"motto": "x"}, "motto is not known"),
        ({"texts": {"fr": {}}}, "texts.fr is not known"),
        ({"texts": {"en": {"title": "AI"}}}, "texts.de is missing"),
        ({"texts": {"de": {"titel": "KI"}}}, "texts.de.titel is not known"),
        ({"texts": {"de": {"questions": "Warum?"}}}, "must be a list"),
        ({"partners": [{"name": "Hamburg"}]}, "a partner has names"),
        ({"links": [{"url": "http://example.org", "labels": {"de": "x"}}]}, "a link has an https url"),
        ({"links": [{"url": "javascript:alert(1)", "labels": {"de": "x"}}]}, "a link has an https url"),
    ],
)
def test_a_topic_that_is_told_wrongly_is_refused_with_every_fault(wrong, told):
    with pytest.raises(UnfitTopic) as refusal:
        checked({"key": "ki", "names": {"de": "KI"}} | wrong, position=1)

    assert told in str(refusal.value)


def test_an_offering_leads_to_the_pages_of_its_topics_and_names_those_without(visitor, clock):
    told, named_only = a_page(), a_page(key="nur-name", names={"de": "Nur ein Name"}, texts={})
    together = a_page(key="zwillinge", kind="cooperation", names={"de": "Zwillinge"})
    an_occurrence(clock, offering_id=an_offering(key="vortrag", topic_ids=(told, named_only, together)))

    page = visitor.get("/de/angebote/vortrag")

    assert {"/de/themen/ki", "/de/kooperationen/zwillinge"} <= set(page.links())
    assert "/de/themen/nur-name" not in page.links()
    assert "Nur ein Name" in page.text


def test_what_topics_tell_can_be_written_anew_and_what_they_mark_stays(app, visitor, clock, tmp_path):
    topic = a_page(names={"de": "Alt"}, texts={})
    an_occurrence(clock, offering_id=an_offering(key="vortrag", topic_ids=(topic,)))
    path = tmp_path / "topics.toml"
    path.write_text(
        '[[topics]]\nkey = "ki"\nnames = { de = "KI" }\n[topics.texts.de]\ntitle = "Neu erzählt"\nbody = "Mehr."\n'
        '[[topics]]\nkey = "neu"\nnames = { de = "Ganz neu" }\n',
        encoding="utf-8",
    )

    answer = app.test_cli_runner().invoke(args=["houses", "topics", "leipzig", str(path)])

    assert answer.output == "topics.toml: 2 topics written\n"
    page = visitor.get("/de/themen/ki")
    assert "Neu erzählt" in page.text
    assert "/de/angebote/vortrag" in page.links()


def test_topics_that_are_told_wrongly_are_not_written(app, visitor, tmp_path):
    a_page()
    path = tmp_path / "topics.toml"
    path.write_text(
        '[[topics]]\nkey = "ki"\nnames = { de = "Weg" }\n[[topics]]\nkey = "neu"\n', encoding="utf-8"
    )

    answer = app.test_cli_runner().invoke(args=["houses", "topics", "leipzig", str(path)])
    nobody = app.test_cli_runner().invoke(args=["houses", "topics", "nobody", str(path)])

    assert (answer.exit_code, nobody.exit_code) == (1, 1)
    assert "topic 'neu'" in answer.output
    assert visitor.get("/de/themen/ki").status == 200
