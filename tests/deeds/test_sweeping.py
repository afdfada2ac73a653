"""Housekeeping: what a hold leaves behind that became nothing is deleted, and nothing else."""

from datetime import date, timedelta
from functools import partial

from booking.bookings import changing, holding, retention, sweeping
from booking.bookings.models import Booking, Hold
from booking.db import db, unit_of_work
from booking.reports.invariants import broken
from booking.schedule import taking
from booking.schedule.models import Claim, Occurrence, OccurrenceHost, Resource
from booking.schedule.taking import Share
from booking.timekit.instants import to_epoch
from tests.builders import an_occurrence, house_id
from tests.deeds.reading import load_of, rows_of
from tests.holds import BOUNDS, a_hold, a_slot_booking, a_slot_hold, booked
from tests.hours import a_consultation, an_expert, at, free

HOURS = "wed 15:00-17:00"
THREE = at("2027-01-13 15:00")
SHARED = {"seats": 4, "party_max": 2, "is_shared": True}
IN_USE = Resource.occurrence_id.is_not(None)


def keep_house(clock):
    """The worker's rounds: one forgets the holds, the next one deletes what they leave."""
    for _ in range(2):
        retention.run(now=clock())
    assert unit_of_work(lambda: broken(db.session.connection())) == []


def what_is_left():
    tables = (Occurrence.id, OccurrenceHost.occurrence_id, Claim.id, Hold.id)
    return [len(rows_of(one)) for one in tables] + [len(rows_of(Resource.id, where=IN_USE))]


def test_a_slot_that_was_held_and_never_booked_leaves_nothing_behind(app, clock):
    offering_id = a_consultation()
    an_expert(offering_id, HOURS)
    a_slot_hold(offering_id, THREE, clock)
    given_up = a_slot_hold(offering_id, THREE + timedelta(hours=1), clock, client="another")
    unit_of_work(partial(holding.give_up, given_up.hold_id, now=clock()))
    clock.forward(hours=25)

    keep_house(clock)

    assert what_is_left() == [0, 0, 0, 0, 0]
    assert free(offering_id, date(2027, 1, 13), now=clock()) == "15:00 15:30 16:00 16:30"


def test_a_slot_whose_hold_is_remembered_stays_for_whoever_presses_the_button_late(app, clock):
    offering_id = a_consultation()
    expert = an_expert(offering_id, HOURS)
    held = a_slot_hold(offering_id, THREE, clock)
    clock.forward(hours=23)
    keep_house(clock)

    booked(held, clock)

    assert load_of(host_id=expert) == 1


def test_a_date_outlives_the_round_in_which_its_hold_is_forgotten(app, clock):
    offering_id = a_consultation()
    an_expert(offering_id, HOURS)
    a_slot_hold(offering_id, THREE, clock)
    clock.forward(hours=25)

    retention.run(now=clock())

    assert what_is_left()[0] == 1, "who has just read the hold still finds its date"


def test_a_slot_that_was_booked_stays_also_when_it_is_cancelled(app, clock):
    offering_id = a_consultation()
    an_expert(offering_id, HOURS)
    booking = a_slot_booking(offering_id, THREE, clock)
    unit_of_work(partial(changing.cancel, booking.booking_id, now=clock()))
    clock.forward(hours=49)

    keep_house(clock)

    ((occurrence_id,),) = rows_of(Booking.occurrence_id)
    assert rows_of(Occurrence.id) == [(occurrence_id,)]


def test_dates_of_the_programme_stay_though_nobody_comes(app, clock):
    occurrence_id = an_occurrence(clock)
    a_hold(occurrence_id, clock)
    clock.forward(hours=49)

    keep_house(clock)

    assert rows_of(Occurrence.id) == [(occurrence_id,)]


def test_a_shared_date_that_is_held_again_meanwhile_stays(app, clock):
    offering_id = a_consultation(**SHARED)
    expert = an_expert(offering_id, HOURS)
    a_slot_hold(offering_id, THREE, clock)
    clock.forward(hours=25)
    retention.run(now=clock())
    (seen,) = unit_of_work(sweeping.left_behind)
    a_slot_hold(offering_id, THREE, clock, client="another")

    unit_of_work(partial(sweeping.delete_slot, seen))

    assert rows_of(Occurrence.id) == [(seen,)]
    assert load_of(host_id=expert) == 1


def test_a_shared_time_is_held_again_after_its_date_was_deleted(app, clock):
    offering_id = a_consultation(**SHARED)
    expert = an_expert(offering_id, HOURS)
    a_slot_hold(offering_id, THREE, clock)
    clock.forward(hours=25)
    keep_house(clock)

    a_slot_booking(offering_id, THREE, clock)

    assert load_of(host_id=expert) == 1


def test_the_claim_of_places_that_were_lost_and_taken_again_is_deleted(app, clock):
    occurrence_id = an_occurrence(clock, seats=2, starts_at=clock() + timedelta(days=9))
    lost = a_hold(occurrence_id, clock)
    clock.forward(minutes=16)
    other = a_hold(occurrence_id, clock, client="another")
    unit_of_work(partial(holding.give_up, other.hold_id, now=clock()))
    booking = booked(lost, clock)
    keep_house(clock)

    ((claim_id,),) = rows_of(Booking.claim_id, where=Booking.id == booking.booking_id)
    ((of_date,),) = rows_of(Occurrence.claim_id)
    assert {one for (one,) in rows_of(Claim.id)} == {claim_id, of_date} | other_claims(other)


def other_claims(held):
    """Return the claim of a hold that is remembered: whoever gave it up may take it again."""
    return {one for (one,) in rows_of(Hold.claim_id, where=Hold.id == held.hold_id) if one}


def test_a_claim_of_old_that_never_ends_and_is_nobodys_is_deleted(app, clock):
    house = house_id()
    unit_of_work(lambda: taking.new_claim(house_id=house, now=clock()))
    assert len(unit_of_work(lambda: broken(db.session.connection()))) == 1

    keep_house(clock)

    assert rows_of(Claim.id) == []


def test_a_repair_keeps_what_it_takes_though_it_belongs_to_nobody(app, clock):
    expert = an_expert(a_consultation(), HOURS)
    ((resource_id,),) = rows_of(Resource.id, where=Resource.host_id == expert)
    house, start = house_id(), to_epoch(clock())

    def repair():
        claim_id = taking.new_claim(house_id=house, now=clock())
        taking.take([Share(resource_id, start, start + 3600, 1)], claim_id=claim_id, now=clock())

    unit_of_work(repair)
    keep_house(clock)

    assert load_of(host_id=expert) == 1


def test_a_hold_that_is_extended_late_leaves_no_claim_behind(app, clock):
    occurrence_id = an_occurrence(clock, seats=2, starts_at=clock() + timedelta(days=9))
    lost = a_hold(occurrence_id, clock)
    clock.forward(minutes=16)
    other = a_hold(occurrence_id, clock, client="another")
    unit_of_work(partial(holding.give_up, other.hold_id, now=clock()))

    unit_of_work(partial(holding.extend, lost.hold_id, bounds=BOUNDS, now=clock()))

    assert unit_of_work(lambda: broken(db.session.connection())) == []
    keep_house(clock)
    assert load_of(occurrence_id=occurrence_id) == 2
