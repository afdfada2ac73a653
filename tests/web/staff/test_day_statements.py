"""How many statements the pages of a day need: the same for a full house and for an empty one."""

from datetime import date, timedelta

import pytest

from booking.schedule.hours import Of
from tests.builders import a_booking, a_host, a_room, an_occurrence
from tests.hours import away, hours_of
from tests.web.ways import statements

PLAN, CALENDAR = "/de/intern/tag", "/de/intern/kalender.json"
TUESDAY = "2027-01-12"


def a_full_week(clock, number):
    """Let the house have so many dates today, with parties, hosts, hours and absences."""
    for n in range(number):
        host = a_host(first_name=f"Host{n}")
        hours_of(host, "mon-fri 09:00-18:00")
        away(date(2027, 1, 13), of=Of(host_id=host))
        start = clock() + timedelta(minutes=10 * n + 5)
        occurrence = an_occurrence(clock, starts_at=start, host_ids=(host,), place_id=a_room())
        for party in range(3):
            a_booking(occurrence, clock, email=f"{n}-{party}@example.org")


@pytest.mark.parametrize(
    "path",
    [
        "/de/intern/tag",
        "/de/intern/tag?span=week&group=person",
        "/de/intern/tag?span=week&group=room",
        "/de/intern/kalender",
        "/de/intern/kalender.json?span=week",
        "/de/intern/ankunft",
        "/de/intern/tagesliste",
        "/de/intern/tagesliste?group=person&needs=1",
        "/de/intern/tagesliste.pdf",
    ],
)
def test_a_page_asks_as_often_for_a_full_house_as_for_an_empty_one(staff, clock, path):
    visitor = staff("coordinator")
    a_full_week(clock, 1)
    visitor.client.get(path)
    with statements() as few:
        assert visitor.client.get(path).status_code == 200
    a_full_week(clock, 12)
    with statements() as many:
        assert visitor.client.get(path).status_code == 200

    assert len(many) == len(few)
    assert len(many) <= 26
