"""The log of the house, filtered and leafed through."""

import pytest

from tests.staff import a_staff
from tests.web.staff.history_ways import LOG, record, shown


def test_the_log_is_filtered_by_who_what_which_and_when(clock, staff):
    dana = a_staff("coordinator", name="Dana Roth")
    record(clock, of=("offering", 3), actor=dana.actor)
    clock.forward(days=1)
    record(clock, of=("offering", 4), actor="visitor")
    record(clock, of=("place", 3), actor="desk:1")
    visitor = staff("auditor")

    def count(query):
        return len(shown(visitor.get(f"{LOG}?{query}")))

    assert count("") == 3
    assert count(f"who={dana.actor}") == count("who=staff") == 1
    assert count("who=visitor") == count("who=desk") == 1
    assert count("kind=offering") == 2
    assert count("kind=offering&id=4") == 1
    assert count("from=2027-01-12") == 2
    assert count("until=2027-01-11") == 1
    assert count("from=2027-01-11&until=2027-01-12") == 3
    assert "Nothing was found." in visitor.get(f"{LOG}?who=system").text


@pytest.mark.parametrize(
    "query",
    [
        "who=%27%20OR%201",
        "who=staff%3Ax",
        "kind=nothing",
        "id=1",
        "kind=offering&id=-1",
        "kind=offering&id=99999999999",
        "from=2027-13-01",
        "until=yesterday",
        "before=x",
        "before=99999999999999999-1",
        "from=0001-01-01",
    ],
)
def test_a_filter_that_is_not_known_is_passed_over_with_a_note(clock, staff, query):
    record(clock, of=("offering", 1))

    page = staff("auditor").get(f"{LOG}?{query}")

    assert page.status == 200
    assert "A filter in the address is not known here and was passed over." in page.text
    assert len(shown(page)) == 1


def test_the_pages_of_the_log_show_each_event_once_also_those_of_one_second(clock, staff):
    for number in range(120):
        record(clock, of=("offering", number + 1))
        if number % 50 == 0:
            clock.forward(seconds=1)
    visitor, found, href = staff("auditor"), [], LOG

    while href:
        page = visitor.get(href)
        found += [one.rpartition("Offering ")[2] for one in shown(page)]
        older = [one.get("href") for one in page.all("a") if "".join(one.itertext()).strip() == "Older"]
        href = older[0] if older else ""

    assert found == [str(number) for number in range(120, 0, -1)]
