"""A year that was mistyped is told at its field; nothing is planned where no calendar reaches."""

from datetime import timedelta

import pytest

from booking.db import unit_of_work
from booking.schedule import planning
from booking.schedule.models import Occurrence, Repair
from booking.schedule.staff_refusals import DateTooFar
from tests.builders import a_pool, an_occurrence, an_offering
from tests.dates import STAFF, a_plan
from tests.deeds.reading import rows_of
from tests.web.staff.date_forms import LIST, SERIES, filled, here, sent

FAR = ("3027-03-01", "9999-12-31", "31.12.9998", "0001-01-01", "2200-01-01")
HUGE = "9" * 20


@pytest.mark.parametrize("day", FAR)
def test_a_date_stays_where_it_is(staff, clock, day):
    occurrence_id = an_occurrence(clock)
    before = rows_of(Occurrence.starts_at, Occurrence.version)
    visitor = staff("coordinator")

    page = sent(visitor, visitor.get(f"{LIST}/{occurrence_id}/aendern"), day=day)

    assert page.status == 422
    assert filled(page)["day"] == day
    assert rows_of(Occurrence.starts_at, Occurrence.version) == before


@pytest.mark.parametrize("day", FAR)
def test_no_series_begins_there(staff, clock, day):
    offering_id = an_offering()
    visitor = staff("coordinator")
    page = visitor.get(f"{SERIES}/neu?offering={offering_id}")

    answer = visitor.post(here(page), filled(page, day=day, weekdays=["1"]))

    assert answer.status == 422
    assert rows_of(Occurrence.id) == []


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_no_repair_is_then(staff, clock, day):
    pool_id = a_pool(8)
    visitor = staff("coordinator")
    path = f"/de/intern/geraete/{pool_id}/reparatur"
    form = visitor.get(path).fields()

    answer = visitor.post(path, form | {"first_day": day, "last_day": day})

    assert answer.status == 422
    assert answer.fields()["first_day"] == day
    assert rows_of(Repair.id) == []


def test_a_deed_without_a_form_plans_nothing_there_either(app, clock):
    plan = a_plan(starts_at=clock() + timedelta(days=40 * 365))

    with pytest.raises(DateTooFar):
        unit_of_work(lambda: planning.draft(plan, actor=STAFF, now=clock()))

    assert rows_of(Occurrence.id) == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{LIST}/neu?offering={HUGE}", 404),
        (f"{SERIES}/neu?offering={HUGE}", 404),
        ("/de/intern/zurueckhalten?from=9999-12-31", 200),
        ("/de/intern/zurueckhalten?from=0001-01-01", 200),
    ],
)
def test_an_address_that_names_nothing_is_answered(staff, clock, path, status):
    assert staff("coordinator").get(path).status == status
