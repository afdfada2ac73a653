"""The log of the house and the history of an object: in words, with names, within what the reader may see."""

from datetime import timedelta

import pytest

from booking.bookings import calling_off, changing
from booking.db import unit_of_work
from booking.journal import service as journal
from tests.builders import TEXTS, a_booking, a_host, a_room, an_occurrence, an_offering, house_id
from tests.staff import a_programme, a_staff, signed_in
from tests.voices import tell
from tests.web.ways import statements

LOG = "/en/staff/history"


def record(clock, deed="occurrence.published", *, of=("occurrence", 1), actor="system", house=None, **more):
    """Write one event."""
    house = house or house_id()
    about = {"object_kind": of[0], "object_id": of[1]}
    unit_of_work(lambda: journal.record(deed, house_id=house, actor=actor, now=clock(), **about, **more))


def shown(page):
    """Return the sentences of the log, newest first."""
    return [
        " ".join("".join(one.itertext()).split())
        for one in page.all("li")
        if "history__row" in (one.get("class") or "")
    ]


def test_somebody_reads_who_changed_the_seats_of_which_date(app, clock, staff):
    occurrence_id, dana = an_occurrence(clock), a_staff("coordinator", name="Dana Roth")
    record(clock, of=("occurrence", occurrence_id), actor=dana.actor, changes={"seats": [15, 12]})

    page = staff("coordinator").get(LOG)

    assert "Dana Roth published the date." in shown(page)[0]
    assert "Date: Guided tour, Tuesday, 12 January 2027, 10:00" in shown(page)[0]
    assert "Seats: before 15 → now 12" in shown(page)[0]
    assert "Monday, 11 January 2027, 10:00" in shown(page)[0]


def test_the_same_in_german(clock, staff):
    record(
        clock,
        of=("occurrence", an_occurrence(clock)),
        actor="visitor",
        changes={"is_step_free": [True, False]},
    )

    page = staff("coordinator").get("/de/intern/verlauf")

    assert "Ein Gast hat den Termin veröffentlicht." in shown(page)[0]
    assert "Montag, 11. Januar 2027, 10:00\N{NO-BREAK SPACE}Uhr" in page.response.get_data(as_text=True)
    assert "Stufenlos: vorher ja → jetzt nein" in shown(page)[0]
