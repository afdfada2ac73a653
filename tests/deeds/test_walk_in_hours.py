"""When numbers are given out: in the hours of the hosts, unless something closes the house; else when next."""

from datetime import date, timedelta

import pytest

from booking.bookings import walk_in_hours
from booking.bookings.walk_in_refusals import NotOpen
from booking.db import unit_of_work
from booking.schedule import service
from booking.schedule.hours import Of
from booking.schedule.models import Skill
from tests.builders import an_offering, house_id
from tests.deeds.reading import rows_of
from tests.hours import at, away, take, the_house
from tests.walk_ins import MORNING, a_walk_in, draw

TODAY = date(2027, 1, 11)  # a Monday, ten o'clock


def is_refused(offering_id, clock):
    """Return whether nobody can draw a number now."""
    with pytest.raises(NotOpen):
        draw(offering_id, clock)
    return True


def opening(offering_id, clock, language="de"):
    house = the_house()
    return unit_of_work(
        lambda: walk_in_hours.opening(offering_id, house=house, now=clock(), language=language)
    )


def test_before_the_doors_open_it_is_said_when_they_do(app, clock):
    offering_id = a_walk_in("mon 14:00-16:00", "wed 09:00-10:00")

    found = opening(offering_id, clock)

    assert (found.is_open, found.hosts, found.opens_at) == (False, 0, at("2027-01-11 14:00"))
    assert is_refused(offering_id, clock)
    clock.forward(hours=6)
    assert opening(offering_id, clock).opens_at == at("2027-01-13 09:00")


def test_while_somebody_is_there_it_is_known_until_when_and_how_many(app, clock):
    offering_id = a_walk_in(MORNING, hosts=2)

    found = opening(offering_id, clock)

    assert (found.is_open, found.until, found.hosts) == (True, at("2027-01-11 12:00"), 2)


def test_hours_that_follow_one_another_are_one_opening(app, clock):
    offering_id = a_walk_in("mon 09:00-11:00", "mon 11:00-17:00")

    assert opening(offering_id, clock).until == at("2027-01-11 17:00")


def test_a_host_who_is_taken_is_there_but_does_not_count(app, clock):
    offering_id = a_walk_in(hosts=2)
    (host_id, _) = rows_of_hosts(offering_id)
    take(clock(), clock() + timedelta(minutes=30), host_id=host_id)

    assert (opening(offering_id, clock).is_open, opening(offering_id, clock).hosts) == (True, 1)
    clock.forward(minutes=30)
    assert opening(offering_id, clock).hosts == 2


def rows_of_hosts(offering_id):
    return sorted(host for (host,) in rows_of(Skill.host_id, where=Skill.offering_id == offering_id))


def test_nobody_draws_while_the_only_host_is_away(app, clock):
    offering_id = a_walk_in()
    (host_id,) = rows_of_hosts(offering_id)
    away(TODAY, of=Of(host_id=host_id))

    assert is_refused(offering_id, clock)
    assert opening(offering_id, clock).opens_at == at("2027-01-12 09:00")
    assert opening(offering_id, clock).closed_by == ""


def test_a_closed_house_gives_no_numbers_and_says_what_closes_it(app, clock):
    offering_id, leipzig = a_walk_in(), house_id()
    reasons = {"de": "Umbau", "en": "Building works"}
    unit_of_work(lambda: service.close(leipzig, TODAY, TODAY + timedelta(days=1), reasons=reasons))

    assert is_refused(offering_id, clock)
    assert opening(offering_id, clock, "en").closed_by == "Building works"
    assert opening(offering_id, clock).opens_at == at("2027-01-13 09:00")


def test_on_a_state_holiday_the_house_is_closed_unless_it_opens_on_purpose(app, clock):
    offering_id, leipzig = a_walk_in("daily 09:00-12:00"), house_id()
    clock.forward(days=74)  # Good Friday
    assert clock().date() == date(2027, 3, 26)

    assert opening(offering_id, clock).closed_by == "Karfreitag"
    assert is_refused(offering_id, clock)
    unit_of_work(lambda: service.open_on_holiday(leipzig, date(2027, 3, 26)))
    assert draw(offering_id, clock).number == 1


def test_an_offering_without_hosts_never_opens(app, clock):
    found = opening(an_offering(is_walk_in=True), clock)

    assert (found.is_open, found.opens_at, found.hosts) == (False, None, 0)
