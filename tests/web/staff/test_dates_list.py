"""The list of dates: who sees which, filtered, and several published at once."""

from datetime import timedelta

import pytest

from booking.schedule.models import Occurrence
from tests.builders import a_host, a_room, an_occurrence, an_offering, house_id
from tests.dates import TUESDAY, a_draft, an_offering_in
from tests.deeds.reading import rows_of
from tests.staff import a_programme
from tests.web.staff.date_forms import LIST, filled, values
from tests.web.ways import statements


def test_the_list_shows_drafts_published_and_cancelled_dates_with_who_is_missing(staff, clock):
    room = a_room()
    offering_id = an_offering_in(room)
    a_draft(clock, offering_id=offering_id, place_id=room)
    an_occurrence(clock)

    page = staff("coordinator").get(LIST)

    assert page.status == 200
    assert "2 dates" in page.text or "2 Termine" in page.text
    assert sorted(values(page, "id")) == ["1", "2"]
    assert len(staff("coordinator").get(f"{LIST}?unstaffed=1").all("tbody")[0]) == 1
    assert len(staff("coordinator").get(f"{LIST}?state=published").all("tbody")[0]) == 1


@pytest.mark.parametrize(
    "query",
    [
        "offering=999999&host=1&room=1&spoken=uk&places=full&state=draft",
        "offering=x&host=-1&room=9999999999999&spoken=fr&places=some&state=gone&from=2027-99-99&until=x&page=x",
        "page=99999999&order=places",
        "from=0001-01-01&until=9999-12-31&order=last",
        "programme=1&unstaffed=1&places=free&order=offering",
    ],
)
def test_any_filter_is_answered(staff, clock, query):
    an_occurrence(clock)

    assert staff("coordinator").get(f"{LIST}?{query}").status == 200


def test_the_list_costs_the_same_for_few_dates_and_for_many(app, staff, clock):
    visitor = staff("coordinator")
    offering_id = an_offering()
    costs = []
    for number in (10, 60):
        for hours in range(number):
            an_occurrence(clock, offering_id=offering_id, starts_at=clock() + timedelta(days=1, hours=hours))
        visitor.get(LIST)
        with statements() as seen:
            assert visitor.get(LIST).status == 200
        costs.append(len([one for one in seen if one.startswith("SELECT")]))

    assert costs[0] == costs[1]


def test_a_coordinator_sees_own_programmes_a_guide_own_dates_and_the_desk_all(staff, clock):
    mine, other = a_programme(), a_programme()
    mira = a_host()
    seen = an_occurrence(clock, offering_id=an_offering(programme_id=mine), host_ids=(mira,))
    hidden = an_occurrence(clock, offering_id=an_offering(programme_id=other))

    for visitor in (staff("coordinator", programmes=[mine]), staff("guide", host_id=mira)):
        assert visitor.get(f"{LIST}/{seen}").status == 200
        assert visitor.get(f"{LIST}/{hidden}").status == 404
        assert len(visitor.get(LIST).all("tbody")[0]) == 1
    assert staff("guide").get(f"{LIST}/{seen}").status == 404
    assert staff("desk").get(f"{LIST}/{hidden}").status == 200
    assert staff("desk").get(f"{LIST}/{hidden}/aendern").status == 404
    for path in ("aendern", "absagen", "veroeffentlichen", "loeschen"):
        assert staff("coordinator", programmes=[mine]).get(f"{LIST}/{hidden}/{path}").status == 404


def test_another_house_has_no_such_date(staff, clock):
    library = house_id("library")
    foreign = an_occurrence(clock, house_id=library, offering_id=an_offering(house_id=library))

    assert staff("coordinator").get(f"{LIST}/{foreign}").status == 404
    assert staff("coordinator").get(f"{LIST}/{foreign}/aendern").status == 404


def test_several_drafts_are_published_and_those_that_cannot_say_why(staff, clock):
    room = a_room()
    offering_id = an_offering_in(room)
    good = a_draft(clock, offering_id=offering_id, place_id=room, host_ids=(a_host(),))
    bad = a_draft(clock, offering_id=offering_id, place_id=room, day=TUESDAY + timedelta(days=1))
    visitor = staff("coordinator")
    page = visitor.get(LIST)

    answer = visitor.post(f"{LIST}/mehrere", filled(page, id=[str(good), str(bad)], do="publish"))

    assert answer.status == 409
    assert rows_of(Occurrence.id, Occurrence.state) == [(good, "published"), (bad, "draft")]
    cancelled = visitor.post(f"{LIST}/mehrere", filled(visitor.get(LIST), id=[str(good)], do="cancel"))
    assert cancelled.status == 200
    assert rows_of(Occurrence.state, where=Occurrence.id == good) == [("published",)]
