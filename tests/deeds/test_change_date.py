"""A date is changed by the house: time, room, hosts, seats, language; those who booked it move along and are told."""

from datetime import timedelta

import pytest

from booking.bookings.models import Booking
from booking.db import unit_of_work
from booking.errors import NotFound, Stale
from booking.journal.models import Event
from booking.messages.models import OutgoingMail
from booking.schedule import service
from booking.schedule.models import Allocation, Occurrence, OccurrenceHost, Resource
from booking.schedule.staff_refusals import DateBlocked, DateInPast, DateOver, SeatsBooked
from booking.timekit.instants import to_epoch
from tests.builders import a_booking, a_host, a_need, a_pool, a_room, an_occurrence, an_offering, house_id
from tests.dates import a_change, a_draft, changed, planned
from tests.deeds.reading import load_of, mails, rows_of, written
from tests.holds import a_hold

HOUR = timedelta(hours=1)
KIND = "date_changed"


def of_bookings():
    return rows_of(Booking.starts_at, Booking.ends_at, Booking.sequence)


def last_facts():
    return rows_of(OutgoingMail.facts)[-1][0]


def test_who_booked_a_date_moves_along_with_it_and_is_told(app, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    starts_at = clock() + timedelta(days=1)

    assert changed(clock, a_change(occurrence_id, later=2 * HOUR)) == 1

    assert of_bookings() == [(starts_at + 2 * HOUR, starts_at + 3 * HOUR, 1)]
    assert mails()[1:] == [(KIND, "REQUEST", "owed", "amina@example.org")]
    facts = last_facts()
    assert (facts["former_starts_at"], facts["starts_at"]) == (
        to_epoch(starts_at),
        to_epoch(starts_at + 2 * HOUR),
    )
    assert facts["sequence"] == 1
    seats = rows_of(
        Allocation.starts_at,
        Allocation.ends_at,
        Allocation.quantity,
    )
    assert seats == [(to_epoch(starts_at + 2 * HOUR), to_epoch(starts_at + 3 * HOUR), 3)]


def test_without_a_mail_the_entry_in_the_calendar_is_counted_on_all_the_same(app, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)

    assert changed(clock, a_change(occurrence_id, later=HOUR), tells=False) == 0
    assert changed(clock, a_change(occurrence_id, language="en")) == 1

    assert [row[2] for row in of_bookings()] == [2]
    assert last_facts()["sequence"] == 2
    assert len(mails()) == 2


def test_other_hosts_and_more_seats_tell_nobody_unless_it_is_wanted(app, clock):
    occurrence_id, mira = an_occurrence(clock), a_host()
    a_booking(occurrence_id, clock)

    assert changed(clock, a_change(occurrence_id, host_ids=(mira,), seats=20), tells=False) == 0

    assert [row[2] for row in of_bookings()] == [0]
    assert rows_of(OccurrenceHost.host_id) == [(mira,)]
    assert rows_of(Occurrence.seats, Occurrence.planned_seats, Occurrence.version) == [(20, 20, 2)]
    assert rows_of(Resource.capacity, where=Resource.occurrence_id == occurrence_id) == [(20,)]
    assert changed(clock, a_change(occurrence_id, host_ids=(a_host(),)), tells=True) == 1
    assert [row[2] for row in of_bookings()] == [1]


def test_fewer_seats_than_are_booked_are_refused_with_how_many_are(app, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    a_hold(occurrence_id, clock, party={"adults": 2})
    before = written()

    with pytest.raises(SeatsBooked) as refused:
        changed(clock, a_change(occurrence_id, seats=4))

    assert refused.value.facts == {"booked": 5}
    assert written() == before
    clock.forward(minutes=30)  # the hold is over
    changed(clock, a_change(occurrence_id, seats=3))
    assert rows_of(Occurrence.seats) == [(3,)]


def test_what_a_date_took_is_free_and_what_it_takes_now_is_not(app, clock):
    here, there, mira, noor = a_room(), a_room(), a_host(), a_host()
    offering_id = an_offering(
        needs=(a_need(kind="host", before_minutes=15), a_need(kind="room", place_id=here))
    )
    occurrence_id = an_occurrence(clock, offering_id=offering_id, place_id=here, host_ids=(mira,))

    changed(clock, a_change(occurrence_id, later=HOUR, place_id=there, host_ids=(noor,)))

    assert [load_of(place_id=here), load_of(host_id=mira)] == [0, 0]
    start = clock() + timedelta(days=1) + HOUR
    assert sorted(rows_of(Allocation.starts_at, Allocation.ends_at)) == [
        (to_epoch(start - timedelta(minutes=15)), to_epoch(start + HOUR)),
        (to_epoch(start), to_epoch(start + HOUR)),
    ]
    assert [load_of(place_id=there), load_of(host_id=noor)] == [1, 1]


def test_a_host_who_is_taken_stops_the_whole_change(app, clock):
    mira = a_host()
    an_occurrence(clock, host_ids=(mira,))
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    before = (written(), of_bookings())

    with pytest.raises(DateBlocked):
        changed(clock, a_change(occurrence_id, later=timedelta(minutes=30), host_ids=(mira,)))

    assert (written(), of_bookings()) == before
    changed(clock, a_change(occurrence_id, later=HOUR, host_ids=(mira,)))


def test_several_dates_change_together_or_not_at_all(app, clock):
    mira, room = a_host(), a_room()
    first = an_occurrence(clock, host_ids=(mira,), place_id=room)
    second = an_occurrence(clock, host_ids=(mira,), place_id=room, starts_at=clock() + timedelta(days=2))
    an_occurrence(clock, host_ids=(mira,), starts_at=clock() + timedelta(days=2, hours=3))
    before = rows_of(Occurrence.starts_at)

    with pytest.raises(DateBlocked):
        changed(clock, a_change(first, later=3 * HOUR), a_change(second, later=3 * HOUR))
    assert rows_of(Occurrence.starts_at) == before

    changed(clock, a_change(first, later=24 * HOUR), a_change(second, later=-24 * HOUR))
    assert rows_of(Occurrence.starts_at)[:2] == [before[1], before[0]]


def test_the_second_of_two_coordinators_is_told_that_somebody_was_faster(app, clock):
    occurrence_id = an_occurrence(clock)
    mine, theirs = a_change(occurrence_id, later=HOUR), a_change(occurrence_id, seats=20)

    changed(clock, mine)
    with pytest.raises(Stale):
        changed(clock, theirs)

    assert rows_of(Occurrence.seats, Occurrence.version) == [(15, 2)]


def test_equipment_gives_fewer_seats_and_says_so(app, clock):
    pool_id = a_pool(8)
    needs = (a_need(kind="pool", pool_id=pool_id, people_per_unit=1),)
    offering_id = an_offering(seats=8, party_max=8, needs=needs)
    occurrence_id = an_occurrence(clock, offering_id=offering_id, seats=4)
    a_booking(occurrence_id, clock)
    later = clock() + timedelta(days=1)
    unit_of_work(lambda: service.repair(pool_id, 2, starts_at=later, ends_at=later + HOUR, now=clock()))

    changed(clock, a_change(occurrence_id, seats=8))

    assert rows_of(Occurrence.seats, Occurrence.planned_seats, Occurrence.limited_by_pool_id) == [
        (6, 8, pool_id)
    ]
    unit_of_work(
        lambda: service.repair(pool_id, 6, starts_at=later + 5 * HOUR, ends_at=later + 6 * HOUR, now=clock())
    )
    with pytest.raises(SeatsBooked):
        changed(clock, a_change(occurrence_id, later=5 * HOUR))


def test_a_draft_changes_without_taking_anything(app, clock):
    mira = a_host()
    an_occurrence(clock, host_ids=(mira,))
    occurrence_id = a_draft(clock, starts_at=clock() + timedelta(days=3))

    changed(clock, a_change(occurrence_id, later=-timedelta(days=2), host_ids=(mira,), seats=7))

    plan, row = planned(occurrence_id)
    assert (plan.host_ids, plan.seats, row.state, row.seats) == ((mira,), 7, "draft", 7)
    assert load_of(host_id=mira) == 1


def test_what_is_over_or_would_be_in_the_past_is_refused(app, clock):
    occurrence_id = an_occurrence(clock)

    with pytest.raises(DateInPast):
        changed(clock, a_change(occurrence_id, later=-timedelta(days=2)))
    with pytest.raises(NotFound):
        changed(clock, a_change(occurrence_id, later=HOUR), house=house_id("library"))
    clock.forward(days=2)
    with pytest.raises(DateOver):
        changed(clock, a_change(occurrence_id, seats=20))


def test_nothing_new_changes_nothing(app, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)
    before = (written(), rows_of(Occurrence.version))

    assert changed(clock, a_change(occurrence_id)) == 0

    assert (written(), rows_of(Occurrence.version)) == before


def test_the_journal_holds_what_was_and_what_is(app, clock):
    occurrence_id = an_occurrence(clock)
    a_booking(occurrence_id, clock)

    changed(clock, a_change(occurrence_id, seats=20, language="en"))

    deed, actor, changes, counts = rows_of(Event.deed, Event.actor, Event.changes, Event.counts)[-1]
    assert (deed, actor) == ("occurrence.changed", "staff:7")
    assert changes == {"language": ["de", "en"], "seats": [15, 20]}
    assert counts == {"bookings": 1, "mails": 1}


def test_a_booking_keeps_how_its_date_was_before_the_house_changed_it(app, clock):
    occurrence_id = an_occurrence(clock)
    booked = a_booking(occurrence_id, clock)
    starts_at = clock() + timedelta(days=1)

    changed(clock, a_change(occurrence_id, later=HOUR, seats=12))

    of_booking = Event.deed.in_(["booking.date_changed"])
    ((actor, number, changes),) = rows_of(Event.actor, Event.object_id, Event.changes, where=of_booking)
    assert (actor, number) == ("staff:7", booked.booking_id)
    assert changes["starts_at"] == [to_epoch(starts_at), to_epoch(starts_at + HOUR)]
    assert "seats" not in changes, "who booked need not know"

    changed(clock, a_change(occurrence_id, seats=11))
    assert len(rows_of(Event.id, where=of_booking)) == 1
