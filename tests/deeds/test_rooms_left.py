"""A room that the house has given up takes no further date, whatever a form that was opened before says."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from booking.catalogue.models import Place
from booking.db import execute, unit_of_work
from booking.schedule import planning
from booking.schedule.models import Occurrence
from booking.schedule.staff_refusals import PlaceLeft
from tests.builders import a_host, a_room, an_occurrence, house_id
from tests.dates import STAFF, a_change, a_draft, a_plan, an_offering_in, changed, taught
from tests.deeds.reading import rows_of


@pytest.fixture
def forum(app):
    return a_room()


def leave(place_id):
    unit_of_work(lambda: execute(update(Place).where(Place.id == place_id).values(is_active=False)))


@pytest.mark.parametrize("deed", [planning.draft, planning.publish_now])
def test_no_date_is_drafted_or_published_in_it(app, clock, forum, deed):
    offering_id = an_offering_in(forum)
    host = taught(a_host(), offering_id)
    leave(forum)

    plan = a_plan(place_id=forum, offering_id=offering_id, host_ids=(host,))
    with pytest.raises(PlaceLeft):
        unit_of_work(lambda: deed(plan, actor=STAFF, now=clock()))

    assert rows_of(Occurrence.id) == []


def test_a_draft_in_it_is_not_published(app, clock, forum):
    offering_id = an_offering_in(forum)
    host = taught(a_host(), offering_id)
    occurrence_id = a_draft(clock, place_id=forum, offering_id=offering_id, host_ids=(host,))
    leave(forum)

    with pytest.raises(PlaceLeft):
        unit_of_work(
            lambda: planning.publish_draft(
                occurrence_id, house_id=house_id(), version=1, actor=STAFF, now=clock()
            )
        )

    assert rows_of(Occurrence.state) == [("draft",)]


def test_no_date_moves_into_it_and_one_that_is_there_can_still_be_changed(app, clock, forum):
    there = an_occurrence(clock, place_id=forum)
    elsewhere = an_occurrence(clock, starts_at=clock() + timedelta(days=9))
    leave(forum)

    with pytest.raises(PlaceLeft):
        changed(clock, a_change(elsewhere, place_id=forum))

    changed(clock, a_change(there, seats=5))
    assert rows_of(Occurrence.place_id, Occurrence.seats) == [(forum, 5), (None, 15)]
