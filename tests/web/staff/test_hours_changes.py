"""Changed days, absences, one's own hours and those of others: shown before they are saved, and taken back."""

import pytest

from booking.bookings.models import Booking
from booking.schedule.availability_models import Absence, AvailabilityOverride, OverrideWindow
from booking.schedule.hours import Of
from booking.schedule.models import Occurrence
from tests.builders import a_host, an_occurrence
from tests.deeds.reading import rows_of
from tests.holds import a_slot_booking
from tests.hours import a_consultation, an_expert, at, away, on
from tests.web.staff.hours_forms import is_done, sent_by

DE = "/de/intern"


def post(visitor, address, do, **fields):
    """Open a form, type into it, and press a button; returns the answer with what it would send next."""
    page = visitor.get(address)
    return visitor.post(address, data=sent_by(page) | fields | {"do": do})


def again(visitor, address, page, **fields):
    return visitor.post(address, data=sent_by(page) | fields | {"do": "save"})


def test_an_absence_shows_what_it_breaks_and_is_then_saved(app, staff, clock):
    offering = a_consultation()
    host, visitor = an_expert(offering, "wed 15:00-19:00"), staff("coordinator")
    a_slot_booking(offering, at("2027-01-13 18:00"), clock)
    ((reference,),) = rows_of(Booking.reference)
    address = f"{DE}/personen/{host}/abwesenheit"
    before = rows_of(Occurrence.id, Occurrence.starts_at, Occurrence.state, Occurrence.version)

    shown = post(visitor, address, "preview", first_day="2027-01-13")
    assert "Mittwoch, 13. Januar 2027, 18:00–18:30 Uhr" in shown.text
    assert reference in shown.text
    assert rows_of(Absence.id) == []
    saved = again(visitor, address, shown)

    assert is_done(saved)
    assert len(rows_of(Absence.id, where=Absence.host_id == host)) == 1
    assert rows_of(Occurrence.id, Occurrence.starts_at, Occurrence.state, Occurrence.version) == before
    assert "Die Abwesenheit ist gespeichert." in saved.text
    assert reference in saved.text


def test_an_absence_breaks_dates_of_somebody_without_hours_too(app, staff, clock):
    host, visitor = a_host(), staff("coordinator")
    an_occurrence(clock, host_ids=(host,))

    shown = post(visitor, f"{DE}/personen/{host}/abwesenheit", "preview", first_day="2027-01-12")

    assert "Dienstag, 12. Januar 2027, 10:00–11:00 Uhr" in shown.text


def test_an_absence_of_some_hours_breaks_only_what_it_touches(app, staff, clock):
    host, visitor = a_host(), staff("coordinator")
    an_occurrence(clock, host_ids=(host,))
    address = f"{DE}/personen/{host}/abwesenheit"

    after = post(visitor, address, "preview", first_day="2027-01-12", first_time="11:00", last_time="12:00")
    shown = post(visitor, address, "preview", first_day="12.01.2027", first_time="10:59", last_time="24:00")

    assert "10:00–11:00 Uhr" not in after.text
    assert "10:00–11:00 Uhr" in shown.text
    assert is_done(again(visitor, address, shown))
    assert rows_of(Absence.starts_at, Absence.ends_at) == [(at("2027-01-12 10:59"), at("2027-01-13 00:00"))]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Geben Sie den ersten Tag ein."),
        ({"first_day": "2027-01-13", "last_day": "2027-01-12"}, "Dieser Tag liegt vor dem ersten."),
        ({"first_day": "2027-01-13", "first_time": "10:00"}, "Geben Sie beide Uhrzeiten ein"),
        ({"first_day": "2027-01-13", "last_time": "10:00"}, "Geben Sie beide Uhrzeiten ein"),
        (
            {"first_day": "2027-01-13", "first_time": "10:00", "last_time": "09:00"},
            "Das Ende liegt vor dem Anfang.",
        ),
        ({"first_day": "2027-01-03"}, "Das ist schon vorbei."),
        ({"first_day": "2027-01-13", "last_day": "2029-01-13"}, "Das ist länger als ein Jahr."),
        ({"first_day": "9999-12-31"}, "in den Jahren 2027 bis 2032"),
        ({"first_day": "31.02.2027"}, "zum Beispiel 24.12.2026"),
        ({"first_day": "2027-01-13", "first_time": "10:00", "last_time": "99"}, "zum Beispiel 15:30"),
    ],
)
def test_an_absence_that_makes_no_sense_is_told_at_its_field(app, staff, fields, words):
    host, visitor = a_host(), staff("coordinator")

    page = post(visitor, f"{DE}/personen/{host}/abwesenheit", "save", **fields)

    assert page.status == 422
    assert words in page.text
    assert {name: sent_by(page)[name] for name in fields} == fields
    assert rows_of(Absence.id) == []


def test_a_day_gets_other_hours_after_a_look(app, staff, clock):
    offering = a_consultation()
    host, visitor = an_expert(offering, "wed 15:00-19:00"), staff("coordinator")
    a_slot_booking(offering, at("2027-01-13 18:00"), clock)
    address = f"{DE}/personen/{host}/tag"
    fields = {
        "day": "2027-01-13",
        "w0-start": "10:00",
        "w0-end": "12:00",
        "w1-start": "14",
        "w1-end": "16.30",
    }

    shown = post(visitor, address, "preview", **fields)
    assert "10:00–12:00, 14:00–16:30" in shown.text
    assert "18:00–18:30 Uhr" in shown.text
    saved = again(visitor, address, shown)

    assert is_done(saved)
    assert rows_of(OverrideWindow.start_minute, OverrideWindow.end_minute) == [(600, 720), (840, 990)]
    assert "10:00–12:00, 14:00–16:30" in saved.text


def test_a_day_without_hours_must_be_said(app, staff):
    host, visitor = a_host(), staff("coordinator")
    address = f"{DE}/personen/{host}/tag"

    neither = post(visitor, address, "preview", day="2027-01-13")
    both = post(
        visitor,
        address,
        "preview",
        **{"day": "2027-01-13", "is_closed": "y", "w0-start": "9", "w0-end": "10"},
    )
    shown = post(visitor, address, "preview", day="2027-01-13", is_closed="y")

    assert (neither.status, both.status, shown.status) == (422, 422, 200)
    assert "eines von beiden" in neither.text
    assert is_done(again(visitor, address, shown))
    assert len(rows_of(AvailabilityOverride.id)) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"w0-start": "09:00", "w0-end": "10:00"}, "Geben Sie den Tag ein."),
        ({"day": "2027-01-10", "is_closed": "y"}, "Dieser Tag ist schon vorbei."),
        ({"day": "2027-01-13", "w0-start": "12:00", "w0-end": "10:00"}, "Das Ende liegt vor dem Anfang."),
        ({"day": "2027-01-13", "w2-start": "12:00"}, "Geben Sie ein, bis wann."),
        ({"day": "2027-01-13", "w2-start": "12:00", "w2-end": "late"}, "zum Beispiel 15:30"),
    ],
)
def test_a_day_that_makes_no_sense_is_told_at_its_field(app, staff, fields, words):
    host, visitor = a_host(), staff("coordinator")

    page = post(visitor, f"{DE}/personen/{host}/tag", "save", **fields)

    assert page.status == 422
    assert words in page.text
    assert {name: sent_by(page)[name] for name in fields if name != "is_closed"} == {
        name: value for name, value in fields.items() if name != "is_closed"
    }
    assert rows_of(AvailabilityOverride.id) == []


def test_of_two_who_change_a_day_the_second_sees_both(app, staff):
    host = a_host()
    one, two = staff("coordinator"), staff("coordinator")
    address = f"{DE}/personen/{host}/tag"
    wish = {"day": "2027-01-13", "w0-end": "12:00"}
    first = post(one, address, "preview", **wish, **{"w0-start": "10:00"})
    second = post(two, address, "preview", **wish, **{"w0-start": "11:00"})
    assert is_done(again(one, address, first))

    page = again(two, address, second)

    assert page.status == 409
    assert "10:00–12:00" in page.text
    assert "11:00–12:00" in page.text
    assert is_done(again(two, address, page))
    assert rows_of(OverrideWindow.start_minute) == [(660,)]


def test_what_was_entered_is_taken_back_by_its_button(app, staff):
    of_host, visitor = a_host(), staff("coordinator")
    override = on(at("2027-01-13 10:00").date(), of=Of(host_id=of_host))
    absence = away(at("2027-01-14 10:00").date(), of=Of(host_id=of_host))
    address = f"{DE}/personen/{of_host}"

    for value in (f"override:{override}", f"absence:{absence}"):
        token = visitor.get(address).fields()["csrf_token"]
        assert is_done(visitor.post(address, data={"csrf_token": token, "remove": value}))
    assert rows_of(AvailabilityOverride.id) == rows_of(Absence.id) == []
    for value in (f"override:{override}", "absence:999999", "closure:1", ""):
        token = visitor.get(f"{DE}/personen/{of_host}/tag").fields()["csrf_token"]
        assert visitor.post(address, data={"csrf_token": token, "remove": value}).status == 404
