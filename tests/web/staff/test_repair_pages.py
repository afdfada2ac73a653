"""Pages of repairs: what one would break is shown first, and it ends earlier."""

from datetime import timedelta

import pytest

from booking.schedule.models import Repair
from tests.builders import a_need, a_pool, an_occurrence, an_offering
from tests.deeds.reading import rows_of
from tests.web.staff.catalogue_ways import GERMAN, errors_of, form_of, sent


@pytest.fixture
def coordinator(staff):
    """Somebody who runs every programme, in front of a browser."""
    return staff("coordinator")


def with_headsets(clock, pool, *, seats=6):
    need = a_need(kind="pool", pool_id=pool, people_per_unit=1)
    offering_id = an_offering(seats=seats, party_max=seats, needs=(need,))
    return an_occurrence(clock, offering_id=offering_id, seats=seats)


def test_a_repair_shows_first_what_it_breaks_and_then_is_refused(coordinator, clock):
    pool = a_pool(8)
    with_headsets(clock, pool)
    path = f"{GERMAN}/geraete/{pool}/reparatur"
    span = {"units": "3", "first_day": "2027-01-11", "last_day": "2027-01-14", "note": "Bügel"}

    shown = sent(coordinator, path, **span, check="1")
    refused = sent(coordinator, path, **span)
    fits = sent(coordinator, path, **span | {"units": "2"}, check="1")
    many = sent(coordinator, path, **span | {"units": "9"})

    assert (shown.status, refused.status, fits.status) == (200, 409, 200)
    for page in (shown, refused):
        assert "Rundgang, Dienstag, 12. Januar 2027" in page.text
        assert form_of(page)["note"] == "Bügel"
    assert (many.status, set(errors_of(many))) == (422, {"units"})
    assert rows_of(Repair.id) == []


def test_a_repair_is_entered_listed_and_ended_earlier(coordinator, clock):
    pool = a_pool(8)
    path = f"{GERMAN}/geraete/{pool}/reparatur"

    done = sent(coordinator, path, units="2", first_day="2027-01-01", last_day="2027-06-30", note="Linse")
    date = with_headsets(clock, pool, seats=8)
    ((repair,),) = rows_of(Repair.id)
    ending = coordinator.get(f"{GERMAN}/reparaturen/{repair}/beenden")

    assert done.status == 200
    assert "Linse" in coordinator.get(f"{GERMAN}/reparaturen").text
    assert date
    assert "6" in ending.text
    assert "Rundgang" in ending.text  # publishes fewer places because of it
    clock.forward(hours=1)
    assert sent(coordinator, f"{GERMAN}/reparaturen/{repair}/beenden").status == 200
    assert rows_of(Repair.ends_at) == [(clock(),)]
    again = coordinator.post(
        f"{GERMAN}/reparaturen/{repair}/beenden", {"csrf_token": form_of(ending)["csrf_token"]}
    )
    assert again.status == 410


def test_a_repair_that_makes_no_sense_stands_at_its_field(coordinator):
    path = f"{GERMAN}/geraete/{a_pool(8)}/reparatur"

    backwards = sent(coordinator, path, first_day="2027-02-02", last_day="2027-02-01")
    unreal = sent(coordinator, path, first_day="2027-02-30", last_time="25:00", units="0")
    endless = sent(coordinator, path, first_day="2027-01-01", last_day="2037-01-01")

    assert (backwards.status, set(errors_of(backwards))) == (422, {"last_day"})
    assert set(errors_of(unreal)) == {"first_day", "last_time", "units"}
    assert set(errors_of(endless)) == {"last_day"}
    assert form_of(unreal)["first_day"] == "2027-02-30"
    assert rows_of(Repair.id) == []


def test_a_date_a_day_later_is_not_in_the_way_of_a_repair(coordinator, clock):
    pool = a_pool(8)
    need = a_need(kind="pool", pool_id=pool, people_per_unit=1)
    offering_id = an_offering(seats=8, party_max=8, needs=(need,))
    an_occurrence(clock, offering_id=offering_id, seats=8, starts_at=clock() + timedelta(days=2))

    done = sent(
        coordinator,
        f"{GERMAN}/geraete/{pool}/reparatur",
        units="8",
        first_day="2027-01-11",
        last_day="2027-01-12",
    )

    assert done.status == 200
    assert len(rows_of(Repair.id)) == 1


def test_dates_with_fewer_places_than_planned_stand_at_the_equipment(coordinator, clock):
    pool = a_pool(8)
    sent(
        coordinator,
        f"{GERMAN}/geraete/{pool}/reparatur",
        units="2",
        first_day="2027-01-11",
        last_day="2027-01-20",
    )
    with_headsets(clock, pool, seats=8)

    page = coordinator.get(f"/en/staff/equipment/{pool}")

    assert "6 of 8 places" in page.text
