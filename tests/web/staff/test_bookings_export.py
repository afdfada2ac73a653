"""Pages of staff: the list of bookings as a file for spreadsheets."""

import csv
import io
from functools import partial

import pytest
from sqlalchemy import update

from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.journal.models import Event
from booking.web.staff.bookings.csv_files import safe
from tests.builders import a_booking, an_offering
from tests.deeds.reading import rows_of
from tests.staff import a_programme
from tests.web.staff.booking_ways import AREA, dates_of


@pytest.fixture
def offering_id(app):
    return an_offering(key="rundgang", seats=10, party_max=4, notice_minutes=120)


@pytest.fixture
def date(clock, offering_id):
    return dates_of(clock, offering_id)


def test_the_export_holds_the_list_and_is_noted_in_the_journal(staff, date, clock):
    a_booking(
        date(), clock, name="=HYPERLINK('http://evil')", phone="+49 341 12345", note="-1+2\nzweite Zeile"
    )
    coordinator = staff("coordinator")
    form = coordinator.get(f"{AREA}/bookings").fields()

    answer = coordinator.post(f"{AREA}/bookings/list.csv", form).response

    heads, row = csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline=""), delimiter=";")
    cells = dict(zip(heads, row, strict=True))
    assert cells["Name"] == "'=HYPERLINK('http://evil')"
    assert cells["Phone number"] == "'+49 341 12345"
    assert cells["Question or wish"] == "'-1+2\nzweite Zeile"
    assert cells["People"] == "3"
    assert rows_of(Event.deed, Event.counts)[-1] == ("bookings.exported", {"bookings": 1})


def test_an_export_is_of_own_programmes_alone_and_nobody_else_gets_one(staff, date, clock, offering_id):
    a_booking(date(), clock)
    own = a_programme()
    programmed = update(Offering).where(Offering.id == offering_id).values(programme_id=a_programme())
    unit_of_work(partial(execute, programmed))
    stranger = staff("coordinator", "desk", programmes=[own])
    form = stranger.get(f"{AREA}/bookings").fields()

    assert stranger.get(f"{AREA}/bookings/list.csv").response.mimetype == "text/html", (
        "a link hands out nothing"
    )
    rows = stranger.post(f"{AREA}/bookings/list.csv", form).response.get_data(as_text=True)
    assert rows.count("\n") == 1, "the heads alone: the desk sees it, and takes nothing along"
    for role in ("desk", "auditor", "guide", "expert", "admin"):
        visitor = staff(role)
        assert visitor.post(f"{AREA}/bookings/list.csv", visitor.get(AREA).fields()).status == 404


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\x00=1"]
)
def test_no_cell_is_a_formula(cell):
    assert safe(cell).startswith("'")


@pytest.mark.parametrize("cell", ["", "Amina", "3", "a=1", "'quoted'"])
def test_other_cells_stay_as_they_are(cell):
    assert safe(cell) == cell
