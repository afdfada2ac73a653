"""Pages of staff ask as often for ten thousand rows as for ten: bookings, mails, dates, events, all on one day."""

import pytest
from sqlalchemy import inspect, text

from booking.db import db, execute, unit_of_work
from tests.builders import a_booking, a_host, an_occurrence
from tests.web.ways import statements

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT :since + 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)"
OWN = {
    "booking": {
        "once": "'o' || i",
        "reference": "'Z' || printf('%07d', i)",
        "uid": "'u' || i",
        "claim_id": "NULL",
    },
    "outgoing_mail": {"thread": "'t' || i"},
    "event": {},
    "occurrence": {"once": "NULL"},
}
PAGES = (
    "/de/intern/",
    "/de/intern/buchungen",
    "/de/intern/buchungen?q=Kaya",
    "/de/intern/termine",
    "/de/intern/tag?day=2027-01-12",
    "/de/intern/tag?day=2027-01-12&span=week&group=room",
    "/de/intern/ankunft?day=2027-01-12",
    "/de/intern/verlauf",
    "/de/intern/postausgang",
)


def copy(table, many, *, since):
    """Write so many more rows like the first of a table, numbered after ``since``."""
    own = OWN[table]
    names = [one["name"] for one in inspect(db.engine).get_columns(table) if one["name"] != "id"]
    values = ", ".join(own.get(name, f"one.{name}") for name in names)
    put = f"""INSERT INTO {table} ({", ".join(names)}) {NUMBERS}
      SELECT {values} FROM n, (SELECT * FROM {table} ORDER BY id LIMIT 1) AS one"""
    execute(text(put), {"many": many, "since": since})


@pytest.fixture
def asked(staff, clock):
    """Return how often each page asks."""
    first = an_occurrence(clock, host_ids=(a_host(),))
    a_booking(first, clock)
    visitor = staff("coordinator")

    def count():
        found = {}
        for page in PAGES:
            visitor.get(page)
            with statements() as seen:
                assert visitor.get(page).status == 200
            found[page] = len(seen)
        return found

    return count


@pytest.mark.parametrize("table", OWN)
def test_a_page_asks_as_often_for_ten_thousand_rows_as_for_ten(asked, table):
    unit_of_work(lambda: copy(table, 10, since=0))
    few = asked()
    unit_of_work(lambda: copy(table, 10_000, since=10))
    many = asked()

    assert {page: (few[page], often) for page, often in many.items() if often > few[page]} == {}
