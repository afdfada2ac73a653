"""The list of people, and the form of one: found by every filter, entered, changed, never set inactive unknowingly."""

import pytest

from booking.people.models import Host
from booking.schedule.models import Skill
from tests.builders import a_host, a_room, a_topic, an_occurrence, house_id
from tests.deeds.reading import rows_of
from tests.hours import a_consultation, an_expert
from tests.web.staff.hours_forms import is_done, sent_by
from tests.web.ways import statements

LIST, NEW = "/de/intern/personen", "/de/intern/personen/neu"


def edit(host_id):
    return f"/de/intern/personen/{host_id}/angaben"


def send(visitor, address, page=None, **fields):
    """Open a form unless it is open already, type into it and send it; a list gives several values."""
    base = sent_by(page or visitor.get(address))
    return visitor.post(address, data=base | fields)


def test_the_list_shows_people_and_rooms_and_where_to_go(app, staff):
    offering = a_consultation()
    host = an_expert(offering, "wed 15:00-19:00", first_name="Ada", last_name="Kurz")
    room = a_room()
    a_host(house_id=house_id("library"), first_name="Fremd")

    page = staff("coordinator").get(LIST)

    assert "Ada Kurz" in page.text
    assert "Sprechstunde" in page.text
    assert "Fremd" not in page.text
    assert any(link.endswith(f"/personen/{host}") for link in page.links())
    assert any(link.endswith(f"/raumzeiten/{room}") for link in page.links())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Ada", "Ben"}),
        ("?q=ad", {"Ada"}),
        ("?kind=guide", {"Ben"}),
        ("?language=dgs", {"Ada"}),
        ("?active=no", {"Cem"}),
        ("?active=all&sort=kind", {"Ada", "Ben", "Cem"}),
        ("?kind=nonsense&skill=x&topic=-1&page=0&sort=1", {"Ada", "Ben"}),
        ("?page=99999999999", {"Ada", "Ben"}),
        ("?skill=999999999", set()),
        ("?topic=999999999", set()),
        ("?q=%25", set()),
    ],
)
def test_the_list_is_filtered(app, staff, query, found):
    a_host(first_name="Ada", last_name="", kind="expert", languages=("de", "dgs"))
    a_host(first_name="Ben", last_name="")
    cem = a_host(first_name="Cem", last_name="")
    visitor = staff("coordinator")
    sent = sent_by(visitor.get(edit(cem)))
    del sent["is_active"]
    assert is_done(visitor.post(edit(cem), data=sent | {"languages": "de"}))

    page = visitor.get(LIST + query)

    assert {name for name in ("Ada", "Ben", "Cem") if name in page.text} == found
    assert found or "Wählen Sie weniger Filter" in page.text


def test_many_people_stand_on_several_pages_and_cost_no_more(app, staff):
    visitor, offering, topic = staff("coordinator"), a_consultation(), a_topic()
    an_expert(offering, "wed 15:00-19:00", first_name="Aa")

    def asked():
        with statements() as seen:
            page = visitor.get(LIST)
        return len(seen), page

    visitor.get(LIST)
    few, _ = asked()
    for number in range(54):
        host = an_expert(offering, "wed 15:00-19:00", first_name=f"Person{number}")
        if number < 3:
            send(visitor, edit(host), languages=["de"], skills=[str(offering)], topics=[str(topic)])
        a_room()
    many, page = asked()

    assert many == few
    assert "Seite 1 von 2" in page.text
    assert "Person9" not in page.text
    assert "Person9" in visitor.get(f"{LIST}?page=2").text


def test_a_person_is_entered_and_leads_to_the_hours(app, staff):
    offering, topic, visitor = a_consultation(), a_topic(), staff("coordinator")

    page = send(
        visitor,
        NEW,
        first_name=" Zoë ",
        last_name="Übel",
        kind="expert",
        languages=["de", "uk"],
        email="zoe@example.org",
        skills=[str(offering)],
        fixed=[str(offering)],
        topics=[str(topic)],
    )

    assert is_done(page)
    assert "Die Person ist eingetragen." in page.text
    assert "Zoë Übel" in page.text
    assert rows_of(Host.first_name, Host.kind, Host.languages, Host.email, Host.key) == [
        ("Zoë", "expert", ["de", "uk"], "zoe@example.org", "zoe")
    ]
    assert rows_of(Skill.offering_id, Skill.is_fixed) == [(offering, True)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"first_name": " "}, "Geben Sie den Vornamen ein."),
        ({"first_name": "x" * 101}, "höchstens 100 Zeichen"),
        ({"kind": "king"}, "Wählen Sie eines davon."),
        ({"email": "no address"}, "sieht nicht wie eine E-Mail-Adresse aus"),
        ({"languages": []}, "mindestens eine Sprache"),
        ({"languages": ["de", "klingon"]}, "gibt es nicht mehr"),
        ({"skills": ["999999"]}, "gibt es nicht mehr"),
        ({"topics": ["x"]}, "gibt es nicht mehr"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(app, staff, fields, words):
    visitor = staff("coordinator")
    good = {"first_name": "Zoë", "last_name": "Übel", "kind": "guide", "languages": ["de"]}

    page = send(visitor, NEW, **(good | fields))

    assert page.status == 422
    assert words in page.text
    assert sent_by(page)["last_name"] == "Übel"
    assert rows_of(Host.id) == []


def test_offerings_of_another_house_are_no_choice(app, staff):
    visitor, foreign = staff("coordinator"), a_consultation(house_id=house_id("library"))

    page = send(visitor, NEW, first_name="Zoë", kind="guide", languages=["de"], skills=[str(foreign)])

    assert page.status == 422
    assert rows_of(Skill.offering_id) == []


def test_of_two_who_change_somebody_the_second_sees_both(app, staff):
    host = a_host(first_name="Ada")
    one, two = staff("coordinator"), staff("coordinator")
    second = two.get(edit(host))
    assert is_done(send(one, edit(host), first_name="Eva", languages=["de"]))

    page = send(two, edit(host), second, first_name="Ida", languages=["de"])

    assert page.status == 409
    assert "Eva" in page.text
    assert sent_by(page)["first_name"] == "Ida"
    assert rows_of(Host.first_name) == [("Eva",)]
    assert is_done(send(two, edit(host), page, languages=["de"]))
    assert rows_of(Host.first_name) == [("Ida",)]


def test_whoever_is_still_planned_is_set_inactive_knowingly(app, staff, clock):
    host, visitor = a_host(), staff("coordinator")
    an_occurrence(clock, host_ids=(host,))
    sent = sent_by(visitor.get(edit(host))) | {"languages": "de"}
    del sent["is_active"]

    page = visitor.post(edit(host), data=sent)

    assert page.status == 409
    assert "noch für 1 Termine eingeplant" in page.text
    assert "Dienstag, 12. Januar 2027, 10:00–11:00 Uhr" in page.text
    assert rows_of(Host.is_active) == [(True,)]
    knowing = sent_by(page) | {"languages": "de"}
    assert "is_active" not in knowing
    assert is_done(visitor.post(edit(host), data=knowing))
    assert rows_of(Host.is_active) == [(False,)]


def test_only_who_runs_the_house_enters_people(app, staff):
    for role in ("guide", "expert", "desk", "admin", "auditor"):
        visitor = staff(role)
        assert visitor.get(NEW).status == 404
        assert visitor.get(LIST).status == 404
