"""Staff plan single dates: drafts take nothing and are seen by nobody; publishing checks what is missing."""

from datetime import timedelta

import pytest

from booking.db import unit_of_work
from booking.errors import NotFound, Stale
from booking.schedule import planning, queries, readiness
from booking.schedule.models import Claim, Occurrence, OccurrenceHost, Resource
from booking.schedule.staff_refusals import DateBlocked, DateInPast, DateNotReady, DateOver
from tests.builders import a_host, a_need, a_room, an_occurrence, an_offering, house_id
from tests.dates import STAFF, a_draft, a_plan, published
from tests.deeds.reading import events, load_of, rows_of


def publish(occurrence_id, clock, *, version=1):
    unit_of_work(
        lambda: planning.publish_draft(
            occurrence_id, house_id=house_id(), version=version, actor=STAFF, now=clock()
        )
    )


def seen(occurrence_id, clock):
    return unit_of_work(lambda: queries.date(occurrence_id, house_id=house_id(), language="de", now=clock()))


def test_a_draft_takes_nothing_and_nobody_sees_it_until_it_is_published(app, clock):
    mira = a_host()
    occurrence_id = a_draft(clock, host_ids=(mira,), seats=9)

    with pytest.raises(NotFound):
        seen(occurrence_id, clock)
    assert load_of(host_id=mira) == 0

    clock.forward(hours=1)
    publish(occurrence_id, clock)

    assert (seen(occurrence_id, clock).seats, load_of(host_id=mira)) == (9, 1)
    assert rows_of(Occurrence.version, Occurrence.changed_at) == [(2, clock())]
    assert rows_of(Claim.created_at) == [(clock(),)]
    assert events() == ["occurrence.drafted", "occurrence.published"]


def test_publishing_twice_changes_nothing(app, clock):
    occurrence_id = a_draft(clock)
    publish(occurrence_id, clock)
    publish(occurrence_id, clock)

    assert events() == ["occurrence.drafted", "occurrence.published"]


def test_a_form_that_is_sent_twice_makes_one_date(app, clock):
    first = published(clock, once="the same", offering_id=an_offering())
    again = published(clock, once="the same")

    assert first == again
    assert len(rows_of(Occurrence.id)) == 1


def test_publishing_names_all_that_is_missing(app, clock):
    offering_id = an_offering(
        needs=(a_need(kind="host", quantity=2),),
        texts={"de": {"title": "Rundgang", "summary": "", "description": ""}},
    )
    plan = a_plan(offering_id=offering_id, host_ids=(a_host(),))

    lacks = unit_of_work(lambda: readiness.lacks(plan))

    assert [(one.kind, one.wanted, one.given) for one in lacks] == [
        ("texts", 0, 0),
        ("hosts", 2, 1),
        ("room", 0, 0),
    ]
    occurrence_id = a_draft(clock, offering_id=offering_id)
    with pytest.raises(DateNotReady):
        publish(occurrence_id, clock)
    assert rows_of(Occurrence.state) == [("draft",)]


def test_what_is_taken_stops_publishing_and_leaves_the_draft(app, clock):
    room, offering_id = a_room(), an_offering()
    published(clock, offering_id=offering_id, place_id=room)
    draft = a_draft(clock, offering_id=offering_id, place_id=room)

    with pytest.raises(DateBlocked):
        publish(draft, clock)

    assert rows_of(Occurrence.state) == [("published",), ("draft",)]
    assert load_of(place_id=room) == 1


def test_a_draft_that_somebody_changed_is_not_published_unseen(app, clock):
    occurrence_id = a_draft(clock)

    with pytest.raises(Stale):
        publish(occurrence_id, clock, version=7)


def test_a_dropped_draft_leaves_nothing_behind(app, clock):
    occurrence_id = a_draft(clock, host_ids=(a_host(),))

    def drop():
        planning.drop_draft(occurrence_id, house_id=house_id(), actor=STAFF, now=clock())

    unit_of_work(drop)

    assert rows_of(Occurrence.id) == rows_of(OccurrenceHost.host_id) == rows_of(Claim.id) == []
    assert rows_of(Resource.id, where=Resource.occurrence_id.is_not(None)) == []
    with pytest.raises(NotFound):
        unit_of_work(drop)


def test_a_published_date_is_not_dropped(app, clock):
    occurrence_id = published(clock, place_id=a_room())

    with pytest.raises(DateOver):
        unit_of_work(
            lambda: planning.drop_draft(occurrence_id, house_id=house_id(), actor=STAFF, now=clock())
        )


def test_nothing_is_planned_in_the_past_or_with_what_belongs_to_others(app, clock):
    with pytest.raises(DateInPast):
        a_draft(clock, starts_at=clock())
    for foreign in (
        {"host_ids": (a_host(house_id=house_id("library")),)},
        {"place_id": a_room(house_id=house_id("library"))},
        {"offering_id": an_offering(house_id=house_id("library"))},
    ):
        with pytest.raises(NotFound):
            a_draft(clock, **foreign)


def test_another_house_knows_nothing_of_a_date_and_nobody_of_a_slot(app, clock):
    occurrence_id = an_occurrence(clock, starts_at=clock() + timedelta(days=2))

    with pytest.raises(NotFound):
        unit_of_work(lambda: planning.plan_of(occurrence_id, house_id=house_id("library")))
