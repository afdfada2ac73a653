"""`make bench` measures everything it promises, here with the smallest figures; times are never asserted."""

import json

import pytest

from tools.bench import staff_pages
from tools.bench.run import run
from tools.bench.sizes import TINY
from tools.bench.table import Findings, Row

pytestmark = pytest.mark.race

PROMISED = {
    "Free times of 90 days": {"1 host"},
    "Free times of 90 days, 200 busy times a host: with": {"1 host, loaded and found", "1 host, page"},
    "A complete booking": {
        "bookings",
        "half of them take at most",
        "19 of 20 take at most",
        "CPU of the web processes",
        "requests, the page of the date included",
    },
    "The request that makes a booking": {"bookings", "the same, the stretch"},
    "Public pages, 8 clients: programme": {"answers, new", "answers, again", "answers, 304", "statements"},
    "Public pages, 8 clients: offering": {"answers, new", "answers, again", "answers, 304", "statements"},
    "Public pages, 8 clients: date": {"answers, new", "answers, again", "answers, 304", "statements"},
    "Public pages, 8 clients: start": {"answers, new", "answers, again", "answers, 304", "statements"},
    **{
        f"Pages of staff, 8 clients: {name}": {"answers", "CPU of the web processes", "statements"}
        for name in staff_pages.PAGES
    },
    "16 people after 4 places": {"people answered", "places sold"},
    "Memory": {
        f"web process {number}, {what}" for number in (1, 2) for what in ("resident", "shared parts divided")
    },
}
GROWS = {
    "hosts": {1, 3},
    "clients at once": {1, 2},
    "dates of a house": {30, 60},
    "bookings of the past": {0, 40},
}


def test_a_run_finds_every_row_and_nothing_broken():
    findings = run(TINY, ["sqlite"])

    assert findings.broken == []
    for subject, promised in PROMISED.items():
        found = {row.what for row in findings.rows if row.subject.startswith(subject)}
        assert promised <= found, subject
    for subject, sizes in GROWS.items():
        series = [one for one in findings.growth if subject in one.subject]
        assert series, subject
        assert all(set(one.values) == sizes for one in series), subject
    assert all(row.value > 0 for row in findings.rows if row.unit == "/s")
    assert json.loads(json.dumps(findings.to_json()))["broken"] == []


def test_what_is_slow_is_told_and_what_breaks_is_an_error():
    findings = Findings()

    findings.add(Row("Pages", "answers", "sqlite", 5, "/s", "at least", 400, limit=50))
    findings.add(Row("Pages", "statements", "sqlite", 5, "", "at most", 5, is_bound=True))
    slow = list(findings.broken)
    findings.add(Row("Pages", "statements", "postgresql", 6, "", "at most", 5, is_bound=True))

    assert slow == []
    assert findings.broken == ["Pages, statements, postgresql: 6"]
    assert "10.0%" in findings.said()
    assert "✗" in findings.said()
