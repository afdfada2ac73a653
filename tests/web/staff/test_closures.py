"""Closures and holidays on the page: shown with what they break, opened on purpose, taken back; the page of why."""

from datetime import date, timedelta

import pytest

from booking.schedule.hours import Of
from booking.schedule.models import Closure, HolidayOpening, Occurrence
from tests.builders import a_need, a_room, an_occurrence, house_id
from tests.deeds.reading import rows_of
from tests.hours import a_consultation, an_expert, at, away, hours_of_room
from tests.staff import a_staff, signed_in
from tests.web.staff.hours_forms import is_done, sent_by
from tests.web.ways import statements

LIST, NEW = "/de/intern/schliesstage", "/de/intern/schliesstage/neu"
HOLIDAY = "/de/intern/schliesstage/tag/2027-03-26"  # Good Friday


def send(visitor, address, do="", page=None, **fields):
    base = sent_by(page or visitor.get(address))
    return visitor.post(address, data=base | fields | ({"do": do} if do else {}))


def test_a_closure_shows_what_it_breaks_and_is_then_saved(app, staff, clock):
    visitor = staff("coordinator")
    an_occurrence(clock)
    an_occurrence(clock, house_id=house_id(), starts_at=clock() + timedelta(days=9))
    before = rows_of(Occurrence.id, Occurrence.state, Occurrence.version)

    shown = send(visitor, NEW, "save", first_day="2027-01-12", reason_de="Umbau", reason_ls="Wir bauen um.")
    assert "10:00–11:00 Uhr" in shown.text
    assert "1 Termin oder gebuchte Zeit liegt darin." in shown.text
    assert rows_of(Closure.id) == []
    saved = send(visitor, NEW, "save", shown)

    assert is_done(saved)
    assert "Umbau" in saved.text
    assert "fehlt: Englisch" in visitor.get(LIST).text
    assert rows_of(Closure.first_day, Closure.reasons) == [
        (date(2027, 1, 12), {"de": "Umbau", "ls": "Wir bauen um."})
    ]
    assert rows_of(Occurrence.id, Occurrence.state, Occurrence.version) == before


def test_a_closure_of_some_hours_lasts_so_long(app, staff):
    visitor = staff("coordinator")
    fields = {"first_day": "2027-01-12", "first_time": "12:00", "last_time": "14:00", "reason_de": "Probe"}

    saved = send(visitor, NEW, "save", send(visitor, NEW, "preview", **fields))

    assert is_done(saved)
    assert rows_of(Closure.starts_at, Closure.ends_at) == [(at("2027-01-12 12:00"), at("2027-01-12 14:00"))]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"first_day": "2027-01-12"}, "Geben Sie den Grund auf Deutsch ein"),
        ({"reason_de": "Umbau"}, "Geben Sie den ersten Tag ein."),
        ({"first_day": "2027-01-12", "reason_de": "x" * 201}, "höchstens 200 Zeichen"),
        ({"first_day": "2027-01-12", "last_day": "2027-01-11", "reason_de": "x"}, "vor dem ersten"),
    ],
)
def test_a_closure_that_makes_no_sense_is_told(app, staff, fields, words):
    page = send(staff("coordinator"), NEW, "save", **fields)

    assert page.status == 422
    assert words in page.text
    assert {name: sent_by(page)[name] for name in fields} == fields
    assert rows_of(Closure.id) == []


def test_a_closure_is_taken_back(app, staff):
    visitor = staff("coordinator")
    page = send(visitor, NEW, "preview", first_day="2027-01-12", reason_de="Umbau")
    send(visitor, NEW, "save", page)
    ((number,),) = rows_of(Closure.id)

    done = send(visitor, f"{LIST}/{number}")

    assert is_done(done)
    assert rows_of(Closure.id) == []
    assert visitor.get(f"{LIST}/{number}").status == 404


def test_a_holiday_is_opened_on_purpose_and_closed_again(app, staff, clock):
    visitor = staff("coordinator")
    an_occurrence(clock, starts_at=at("2027-03-26 10:00"))
    assert "Karfreitag" in visitor.get(LIST).text

    opened = send(visitor, HOLIDAY, "open")
    assert is_done(opened)
    assert "mit Absicht geöffnet" in opened.text
    assert rows_of(HolidayOpening.day) == [(date(2027, 3, 26),)]
    page = visitor.get(HOLIDAY)
    assert "10:00–11:00 Uhr" in page.text  # what closing again would break

    assert is_done(send(visitor, HOLIDAY, "close", page))
    assert is_done(send(visitor, HOLIDAY, "close", page))  # pressed twice, done once
    assert rows_of(HolidayOpening.day) == []


@pytest.mark.parametrize(
    "day", ["2027-03-25", "2027-02-31", "1900-12-25", "2099-12-25", "2027-3-26x", "20270326xx"]
)
def test_a_day_that_nothing_closes_has_no_page(app, staff, day):
    assert staff("coordinator").get(f"{LIST}/tag/{day}").status == 404


def test_what_another_house_closes_is_not_there(app, staff, clock):
    visitor = staff("coordinator")
    send(visitor, NEW, "save", send(visitor, NEW, "preview", first_day="2027-01-12", reason_de="Umbau"))
    ((number,),) = rows_of(Closure.id)
    send(visitor, HOLIDAY, "open")

    other = signed_in(
        app, a_staff("coordinator", house_id=house_id("library")), clock, host="bibliothek.localhost"
    )

    assert other.get(f"{LIST}/{number}").status == 404
    assert "Umbau" not in other.get(LIST).text
    assert "mit Absicht geöffnet" not in other.get(LIST).text


def test_the_list_costs_the_same_for_many_closures(app, staff):
    visitor = staff("coordinator")
    visitor.get(LIST)
    with statements() as few:
        visitor.get(LIST)
    for day in range(12, 32):
        page = send(visitor, NEW, "preview", first_day=f"2027-01-{day}", reason_de="Umbau")
        send(visitor, NEW, "save", page)
    with statements() as many:
        visitor.get(LIST)

    assert len(many) == len(few)


def test_school_holidays_say_until_when_they_are_known(app, staff, clock):
    visitor = staff("coordinator")
    assert "laufen bald aus" not in visitor.get(LIST).text
    assert "Sie sind bekannt bis" in visitor.get(LIST).text

    clock.forward(days=365)

    assert "laufen bald aus" in staff("coordinator").get(LIST).text


# ---- Why is nothing free? ----------------------------------------------------


def why(visitor, offering, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return visitor.get(f"/de/intern/warum-nichts-frei?offering={offering}&{query}")


def test_the_reason_is_told_with_a_way_to_mend_it(app, staff, clock):
    offering = a_consultation()
    host = an_expert(offering, "wed 15:00-19:00", first_name="Ada")
    visitor = staff("coordinator")

    free = why(visitor, offering, day="2027-01-13")
    no_hours = why(visitor, offering, day="2027-01-14")
    holiday = why(visitor, offering, day="2027-11-17")
    away(date(2027, 1, 20), of=Of(host_id=host))
    absent = why(visitor, offering, day="2027-01-20", time="15:00")

    assert "15:00, 15:30" in free.text
    assert "Buß- und Bettag" in holiday.text
    assert any(link.endswith("/schliesstage") for link in holiday.links())
    for page in (no_hours, absent):
        assert "Es ist nichts frei, denn:" in page.text
        assert any(link.endswith(f"/personen/{host}") for link in page.links())
    assert "Ada" in absent.text


def test_a_closed_room_is_named_with_its_hours(app, staff):
    room = a_room()
    offering = a_consultation(needs=(a_need(kind="host"), a_need(kind="room", place_id=room)))
    an_expert(offering, "wed 15:00-19:00")
    hours_of_room(room, "mon 08:00-09:00")

    page = why(staff("coordinator"), offering, day="2027-01-13")

    assert any(link.endswith(f"/raumzeiten/{room}") for link in page.links())


def test_a_question_that_makes_no_sense_is_told_at_its_field(app, staff):
    offering, visitor = a_consultation(), staff("coordinator")

    page = why(visitor, 999_999, day="soon", time="25:61", people="-3", medium="pigeon", language="tlh")

    assert page.status == 422
    for words in (
        "Wählen Sie ein Angebot.",
        "zum Beispiel 24.12.2026",
        "zum Beispiel 15:30",
        "von 1 bis 999",
    ):
        assert words in page.text
    assert why(visitor, offering, day="2027-01-13", people="9" * 400).status == 422
    assert why(visitor, offering, day="0001-01-01").status == 422
    assert visitor.get("/de/intern/warum-nichts-frei").status == 200


def test_another_way_of_taking_part_is_suggested(app, staff):
    offering = a_consultation(media=("video",))

    page = why(staff("coordinator"), offering, day="2027-01-13", medium="on_site")

    assert "gibt es auf diese Weise nicht" in page.text
