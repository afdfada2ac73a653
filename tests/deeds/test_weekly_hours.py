"""Weekly hours are saved as one: by whoever saw what is there, for what belongs to the house, told in the journal."""

from datetime import date
from functools import partial

import pytest

from booking.db import unit_of_work
from booking.errors import NotFound, Stale
from booking.journal.models import Event
from booking.schedule import weekly
from booking.schedule.availability_models import AvailabilityRule
from booking.schedule.hours import Of, Rule
from booking.schedule.models import Allocation
from booking.schedule.refusals import NoSuchTime, UnfitHours
from booking.schedule.staff_refusals import TooManyRules
from tests.builders import a_host, a_room, house_id
from tests.conftest import MONDAY
from tests.deeds.reading import events, rows_of
from tests.holds import a_slot_booking
from tests.hours import a_consultation, an_expert, at, hours_of, hours_of_room, rules

WEDNESDAY, THURSDAY, FRIDAY = (next(rules(f"{day} 15:00-19:00")) for day in ("wed", "thu", "fri"))


def known(of, key="leipzig"):
    house = house_id(key)
    return unit_of_work(lambda: weekly.rules_of(of, house_id=house))


def save(of, *wanted, version=None, key="leipzig"):
    """Save weekly hours; of the version that is there, unless told otherwise."""
    seen = weekly.version_of(known(of, key)) if version is None else version
    deed = partial(weekly.save_rules, wanted, of=of, house_id=house_id(key), version=seen)
    unit_of_work(partial(deed, now=MONDAY, actor="staff:7"))


def stored():
    return rows_of(AvailabilityRule.id, AvailabilityRule.weekday)


def test_what_stays_keeps_its_row_and_the_rest_is_replaced(app):
    of = Of(host_id=a_host())
    save(of, WEDNESDAY, THURSDAY)
    ((wednesday, _), _) = stored()

    save(of, FRIDAY, WEDNESDAY)

    assert known(of) == [WEDNESDAY, FRIDAY]
    assert (wednesday, 2) in stored()
    assert len(stored()) == 2


def test_the_journal_tells_what_went_and_what_came(app):
    of = Of(host_id=a_host())
    save(of, WEDNESDAY)
    save(of, Rule(3, 540, 600, parity=1, ordinal=-1, valid_from=date(2027, 2, 1), school_holidays="never"))

    (*_, (deed, kind, number, actor, changes)) = rows_of(
        Event.deed, Event.object_kind, Event.object_id, Event.actor, Event.changes
    )
    assert (deed, kind, number, actor) == ("hours.changed", "host", of.host_id, "staff:7")
    assert changes == {
        "rules": [
            ["wed 15:00-19:00"],
            ["thu 09:00-10:00 odd ordinal -1 from 2027-02-01 school holidays never"],
        ]
    }


def test_saving_what_is_there_changes_nothing_and_tells_nothing(app):
    of = Of(host_id=a_host())
    save(of, WEDNESDAY)
    before = stored()

    save(of, WEDNESDAY, WEDNESDAY)

    assert stored() == before
    assert events() == ["hours.changed"]


def test_of_two_who_save_the_second_is_told_and_nothing_is_lost(app):
    of = Of(host_id=a_host())
    save(of, WEDNESDAY)
    seen = weekly.version_of(known(of))
    save(of, THURSDAY, version=seen)

    with pytest.raises(Stale):
        save(of, FRIDAY, version=seen)

    assert known(of) == [THURSDAY]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (Rule(7, 540, 600), NoSuchTime),
        (Rule(0, 540, 1441), NoSuchTime),
        (Rule(0, 540, 600, parity=3), NoSuchTime),
        (Rule(0, 540, 600, valid_from=date(2027, 2, 2), valid_until=date(2027, 2, 1)), UnfitHours),
    ],
)
def test_hours_at_no_time_leave_all_as_it_was(app, wrong, refusal):
    of = Of(host_id=a_host())
    save(of, WEDNESDAY)

    with pytest.raises(refusal):
        save(of, THURSDAY, wrong)

    assert known(of) == [WEDNESDAY]


def test_more_rows_than_anybody_reads_are_refused(app):
    of = Of(host_id=a_host())
    many = [Rule(0, minute, minute + 1) for minute in range(weekly.MOST_RULES + 1)]

    with pytest.raises(TooManyRules):
        save(of, *many)
    save(of, *many[:-1])

    assert len(stored()) == weekly.MOST_RULES


def test_hosts_rooms_and_offerings_of_another_house_are_not_found(app):
    for of in (Of(host_id=a_host()), Of(place_id=a_room()), Of(host_id=999_999)):
        with pytest.raises(NotFound):
            save(of, WEDNESDAY, key="library", version=weekly.version_of([]))
    foreign = a_consultation(house_id=house_id("library"))
    with pytest.raises(NotFound):
        save(Of(host_id=a_host()), Rule(0, 540, 600, offering_id=foreign))

    assert stored() == []


def test_a_house_reads_no_hours_of_another(app):
    of = Of(host_id=a_host())
    save(of, WEDNESDAY)

    assert known(of, "library") == []


def test_a_meeting_point_has_no_hours(app):
    with pytest.raises(NotFound):
        save(Of(place_id=a_room(kind="meeting_point")), WEDNESDAY)


def test_hours_of_others_stay(app):
    offering = a_consultation()
    other, room = an_expert(offering, "mon 09:00-10:00"), a_room()
    hours_of_room(room, "tue 09:00-10:00")

    save(Of(host_id=a_host()))
    save(Of(host_id=an_expert(offering, "wed 09:00-10:00")))

    assert len(known(Of(host_id=other))) == len(known(Of(place_id=room))) == 1


def test_what_is_booked_stays_when_the_hours_go(app, clock):
    offering = a_consultation()
    host = an_expert(offering, "wed 15:00-19:00")
    a_slot_booking(offering, at("2027-01-13 15:00"), clock)
    before = rows_of(Allocation.resource_id, Allocation.starts_at, Allocation.ends_at)

    save(Of(host_id=host))

    assert rows_of(Allocation.resource_id, Allocation.starts_at, Allocation.ends_at) == before
    assert len(before) == 2


def test_the_version_does_not_ask_for_the_order():
    assert weekly.version_of([WEDNESDAY, FRIDAY]) == weekly.version_of([FRIDAY, WEDNESDAY])
    assert weekly.version_of([WEDNESDAY]) != weekly.version_of([FRIDAY])
    assert 0 < weekly.version_of([]) < 1_000_000_000


def test_every_field_of_a_rule_is_kept(app):
    offering = a_consultation()
    rule = Rule(5, 660, 0, date(2027, 1, 1), date(2027, 12, 31), 0, 1, offering, "video", "only")
    host = a_host()
    of = Of(host_id=host)
    hours_of(host, "mon 09:00-10:00")

    save(of, rule)

    assert known(of) == [rule]
