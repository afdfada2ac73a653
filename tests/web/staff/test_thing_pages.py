"""Pages of rooms, equipment, repairs, topics and programmes: what blocks a change is named, nothing is lost."""

import pytest

from booking.catalogue.models import Place, Pool, Programme, Topic
from tests.builders import a_need, a_pool, a_room, a_topic, an_occurrence, an_offering
from tests.deeds.reading import rows_of
from tests.staff import a_programme
from tests.web.staff.catalogue_ways import GERMAN, errors_of, form_of, sent


@pytest.fixture
def coordinator(staff):
    """Somebody who runs every programme, in front of a browser."""
    return staff("coordinator")


def with_headsets(clock, pool, *, seats=6):
    need = a_need(kind="pool", pool_id=pool, people_per_unit=1)
    offering_id = an_offering(seats=seats, party_max=seats, needs=(need,))
    return an_occurrence(clock, offering_id=offering_id, seats=seats)


def test_rooms_meeting_points_and_equipment_are_entered_and_listed(coordinator):
    room = {"name_de": "Halle", "people_limit": "30", "is_shared": "y"}
    sent(coordinator, f"{GERMAN}/orte/neu/room", **room)
    sent(
        coordinator,
        f"{GERMAN}/orte/neu/meeting_point",
        name_de="Rathaus",
        latitude="51,33",
        longitude="12.37",
    )
    sent(coordinator, f"{GERMAN}/geraete/neu", name_de="Beamer", units="2")

    page = coordinator.get(f"{GERMAN}/raeume-und-geraete")

    assert all(name in page.text for name in ("Halle", "Rathaus", "Beamer"))
    assert rows_of(Place.key, Place.people_limit, Place.latitude) == [
        ("halle", 30, None),
        ("rathaus", None, 51.33),
    ]
    assert rows_of(Pool.units) == [(2,)]


def test_absurd_numbers_stand_at_their_field(coordinator):
    bad = {"name_de": "", "people_limit": "-3", "latitude": "91", "longitude": "x", "is_shared": "y"}
    shared = {"name_de": "Saal", "people_limit": "", "is_shared": "y"}

    answer = sent(coordinator, f"{GERMAN}/orte/neu/room", **bad)
    limitless = sent(coordinator, f"{GERMAN}/orte/neu/room", **shared)
    half = sent(coordinator, f"{GERMAN}/orte/neu/meeting_point", name_de="Platz", latitude="51")
    units = sent(coordinator, f"{GERMAN}/geraete/neu", name_de="Beamer", units="99999")

    assert (answer.status, set(errors_of(answer))) == (
        422,
        {"name_de", "people_limit", "latitude", "longitude"},
    )
    assert form_of(answer)["people_limit"] == "-3"
    assert set(errors_of(limitless)) == {"people_limit"}
    assert set(errors_of(half)) == {"longitude"}
    assert set(errors_of(units)) == {"units"}
    assert rows_of(Place.id) == rows_of(Pool.id) == []


def test_not_a_number_is_no_place_on_earth(coordinator):
    answer = sent(
        coordinator, f"{GERMAN}/orte/neu/meeting_point", name_de="X", latitude="nan", longitude="inf"
    )

    assert set(errors_of(answer)) == {"latitude", "longitude"}


def test_fewer_units_than_dates_need_are_refused_and_the_date_is_named(coordinator, clock):
    pool = a_pool(8)
    date = with_headsets(clock, pool)

    answer = sent(coordinator, f"{GERMAN}/geraete/{pool}", units="5")
    retired = sent(coordinator, f"{GERMAN}/geraete/{pool}", is_active=None)

    assert (answer.status, set(errors_of(answer))) == (422, {"units"})
    assert f"{GERMAN}/termine/{date}" in answer.links()
    assert form_of(answer)["units"] == "5"
    assert retired.status == 409
    assert "Rundgang, Dienstag, 12. Januar 2027" in retired.text
    assert rows_of(Pool.units, Pool.is_active) == [(8, True)]


def test_a_coordinator_of_another_programme_sees_the_blocker_without_a_way_to_it(staff, clock):
    pool = a_pool(8)
    date = with_headsets(clock, pool)
    other = staff("coordinator", programmes=[a_programme()])

    answer = sent(other, f"{GERMAN}/geraete/{pool}", units="5")

    assert "Rundgang" in answer.text
    assert f"{GERMAN}/termine/{date}" not in answer.links()


def test_a_room_is_not_made_too_small_for_its_dates(coordinator, clock):
    room = a_room(people_limit=20)
    offering_id = an_offering(needs=(a_need(kind="room", place_id=room),))
    an_occurrence(clock, offering_id=offering_id, place_id=room)

    answer = sent(coordinator, f"{GERMAN}/orte/{room}", people_limit="10")
    shared = sent(coordinator, f"{GERMAN}/orte/{room}", is_shared="y")
    retired = sent(coordinator, f"{GERMAN}/orte/{room}", is_active=None)

    assert (answer.status, set(errors_of(answer))) == (422, {"people_limit"})
    assert answer.text.count("Rundgang") >= 1
    assert (shared.status, retired.status) == (409, 409)
    assert rows_of(Place.people_limit, Place.is_shared, Place.is_active) == [(20, False, True)]


def test_two_who_rename_a_room_see_both_names(coordinator, staff):
    room = a_room()
    mine = form_of(coordinator.get(f"{GERMAN}/orte/{room}"))
    sent(staff("coordinator"), f"{GERMAN}/orte/{room}", name_de="Turm")

    answer = coordinator.post(f"{GERMAN}/orte/{room}", mine | {"name_de": "Keller"})

    assert answer.status == 409
    assert "Turm" in answer.text
    assert form_of(answer)["name_de"] == "Keller"
    assert coordinator.post(f"{GERMAN}/orte/{room}", form_of(answer)).status == 200
    assert rows_of(Place.names) == [({"de": "Keller", "en": "Foyer"},)]


def test_a_topic_is_entered_told_linked_and_read(coordinator, visitor):
    sent(coordinator, f"{GERMAN}/themen/neu", name_de="Energie-Atlas", kind="cooperation", position="4")
    ((topic,),) = rows_of(Topic.id)
    base = f"{GERMAN}/themen/{topic}"
    sent(coordinator, f"{base}/texte/de", lead="Hier.", body="**Viel**", questions="Wer?\n\n Wann? ")
    sent(coordinator, f"{base}/partner/0", name_de="Stadtwerke", part_de="Daten")
    sent(coordinator, f"{base}/links/0", url="https://example.org/atlas", label_de="Der Atlas")
    bad = sent(coordinator, f"{base}/links/1", url="http://unsafe", label_de="")

    read = visitor.get("/de/kooperationen/energie-atlas")
    assert all(text in read.text for text in ("Hier.", "Viel", "Wann?", "Stadtwerke", "Der Atlas"))
    assert (bad.status, set(errors_of(bad))) == (422, {"url", "label_de"})
    assert sent(coordinator, f"{base}/partner/0", name_de="", drop="1").status == 200
    assert rows_of(Topic.partners, Topic.position) == [([], 4)]
    assert coordinator.get(f"{base}/links/3").status == 404
    sent(coordinator, base, is_published=None)
    assert visitor.get("/de/kooperationen/energie-atlas").status == 404


def test_a_topic_or_programme_is_deleted_only_when_nothing_uses_it(coordinator):
    topic, free = a_topic(), a_topic()
    programme, empty = a_programme(), a_programme()
    an_offering(topic_ids=(topic,), programme_id=programme)

    for used in (f"themen/{topic}", f"programme/{programme}"):
        assert "version" not in form_of(coordinator.get(f"{GERMAN}/{used}/loeschen"))
    for unused in (f"themen/{free}", f"programme/{empty}"):
        assert sent(coordinator, f"{GERMAN}/{unused}/loeschen").status == 200

    assert (rows_of(Topic.id), rows_of(Programme.id)) == ([(topic,)], [(programme,)])


def test_programmes_are_entered_renamed_and_show_their_offerings(coordinator):
    sent(coordinator, f"{GERMAN}/programme/neu", name_de="Schulen")
    ((programme,),) = rows_of(Programme.id)
    an_offering(programme_id=programme)

    sent(coordinator, f"{GERMAN}/programme/{programme}", name_de="Für Schulen", name_en="For schools")

    page = coordinator.get(f"{GERMAN}/programme/{programme}")
    assert "Rundgang" in page.text
    assert rows_of(Programme.names) == [({"de": "Für Schulen", "en": "For schools"},)]
    empty = sent(coordinator, f"{GERMAN}/programme/{programme}", name_de=" ")
    assert (empty.status, set(errors_of(empty))) == (422, {"name_de"})
