"""Slots: a free time becomes a date with host, room and equipment, alone or shared, and is free again afterwards."""

from datetime import date
from functools import partial

import pytest

from booking.bookings import changing, holding, retention
from booking.bookings.models import Booking, Hold
from booking.db import unit_of_work
from booking.schedule import choosing
from booking.schedule.models import Claim, Occurrence, OccurrenceHost
from booking.schedule.refusals import SlotGone
from tests.builders import a_need, a_room, an_occurrence
from tests.deeds.reading import load_of, mails, rows_of
from tests.holds import BOUNDS, a_slot_booking, a_slot_hold, a_slot_wanted, booked
from tests.hours import a_consultation, an_expert, at, free, the_house

WEDNESDAY = date(2027, 1, 13)
THREE = at("2027-01-13 15:00")
HALF_PAST = at("2027-01-13 15:30")
HOURS = "wed 15:00-16:00"


def cancel(booking, clock):
    unit_of_work(partial(changing.cancel, booking.booking_id, now=clock()))


def hosts_of_dates():
    return [host_id for (host_id,) in rows_of(OccurrenceHost.host_id)]


def claim_of_date():
    ((expires_at,),) = rows_of(Claim.expires_at, where=Claim.id == Occurrence.claim_id)
    return expires_at


# ------------------------------------------------------------------ private slots


def test_a_held_slot_takes_host_and_room_and_is_free_for_nobody_else(app, clock):
    booth = a_room()
    offering_id = a_consultation(needs=(a_need(kind="room", place_id=booth),))
    expert = an_expert(offering_id, HOURS)

    a_slot_hold(offering_id, THREE, clock)

    assert (load_of(host_id=expert), load_of(place_id=booth)) == (1, 1)
    assert free(offering_id, WEDNESDAY, now=clock()) == "15:30"
    with pytest.raises(SlotGone):
        a_slot_hold(offering_id, THREE, clock)
    assert rows_of(Occurrence.is_slot, Occurrence.seats, Occurrence.place_id) == [(True, 3, booth)]


def test_a_slot_that_nobody_books_is_free_again_after_a_quarter_of_an_hour(app, clock):
    offering_id = a_consultation()
    an_expert(offering_id, HOURS)
    a_slot_hold(offering_id, THREE, clock)
    clock.forward(minutes=15)
    assert free(offering_id, WEDNESDAY, now=clock()) == "15:00 15:30"

    a_slot_booking(offering_id, THREE, clock, client="another")

    assert free(offering_id, WEDNESDAY, now=clock()) == "15:30"


def test_a_booked_slot_stays_and_its_booker_is_told_with_whom(app, clock):
    offering_id = a_consultation()
    an_expert(offering_id, HOURS, first_name="Friederike")

    booking = a_slot_booking(offering_id, THREE, clock, party={"adults": 3})
    clock.forward(hours=2)
    retention.run(now=clock())

    assert free(offering_id, WEDNESDAY, now=clock()) == "15:30"
    assert claim_of_date() is None
    assert rows_of(Booking.starts_at, Booking.ends_at) == [(THREE, HALF_PAST)]
    assert mails() == [("confirmation", "REQUEST", "owed", "amina@example.org")]
    assert booking.link_id


def test_a_cancelled_slot_is_free_again(app, clock):
    booth = a_room()
    offering_id = a_consultation(needs=(a_need(kind="room", place_id=booth),))
    expert = an_expert(offering_id, HOURS)
    booking = a_slot_booking(offering_id, THREE, clock)

    cancel(booking, clock)

    assert (load_of(host_id=expert), load_of(place_id=booth)) == (0, 0)
    assert free(offering_id, WEDNESDAY, now=clock()) == "15:00 15:30"
    a_slot_booking(offering_id, THREE, clock, party={"adults": 2})


def test_erasing_and_giving_up_free_the_slot_as_well(app, clock):
    offering_id = a_consultation()
    expert = an_expert(offering_id, HOURS)
    booking = a_slot_booking(offering_id, THREE, clock)
    held = a_slot_hold(offering_id, HALF_PAST, clock)

    unit_of_work(partial(changing.erase, booking.booking_id, now=clock()))
    unit_of_work(partial(holding.give_up, held.hold_id, now=clock()))

    assert load_of(host_id=expert) == 0


def test_a_slot_lost_while_typing_goes_to_another_date_if_somebody_is_free(app, clock):
    offering_id = a_consultation()
    first, second = (an_expert(offering_id, HOURS) for _ in range(2))
    held = a_slot_hold(offering_id, THREE, clock)
    ((taken,),) = rows_of(OccurrenceHost.host_id)
    clock.forward(minutes=15)
    an_occurrence(clock, starts_at=THREE, ends_at=HALF_PAST, host_ids=(taken,))  # the lab needs this person
    clock.forward(minutes=1)

    with pytest.raises(SlotGone):
        booked(held, clock)  # the one whom the visitor saw is gone, and nobody is foisted on them

    assert {first, second} > {taken}
    assert load_of(host_id=first) + load_of(host_id=second) == 1


def test_a_slot_lost_while_typing_is_taken_again_if_it_is_still_free(app, clock):
    offering_id = a_consultation()
    expert = an_expert(offering_id, HOURS)
    held = a_slot_hold(offering_id, THREE, clock)
    clock.forward(minutes=20)
    retention.run(now=clock())
    assert load_of(host_id=expert) == 0

    booked(held, clock)

    assert load_of(host_id=expert) == 1
    assert free(offering_id, WEDNESDAY, now=clock()) == "15:30"
    assert rows_of(Booking.occurrence_id) == rows_of(Hold.occurrence_id)


def test_extending_a_slot_keeps_its_host_as_long(app, clock):
    offering_id = a_consultation()
    an_expert(offering_id, HOURS)
    held = a_slot_hold(offering_id, THREE, clock)
    clock.forward(minutes=14)

    unit_of_work(partial(holding.extend, held.hold_id, bounds=BOUNDS, now=clock()))

    clock.forward(minutes=10)
    assert free(offering_id, WEDNESDAY, now=clock()) == "15:30"


def test_changing_the_number_or_the_time_replaces_the_own_hold(app, clock):
    offering_id = a_consultation()
    expert = an_expert(offering_id, HOURS)
    first = a_slot_hold(offering_id, THREE, clock, once="one")

    same = a_slot_hold(offering_id, THREE, clock, once="one", party={"adults": 3})
    a_slot_hold(offering_id, HALF_PAST, clock, replaces=(first.hold_id,))

    assert first == same
    assert load_of(host_id=expert) == 1
    assert free(offering_id, WEDNESDAY, now=clock()) == "15:00"


def test_work_is_shared_out_among_those_who_are_free(app, clock):
    offering_id = a_consultation()
    experts = {an_expert(offering_id, HOURS) for _ in range(2)}

    for once in ("one", "two"):
        a_slot_hold(offering_id, THREE, clock, once=once)

    assert set(hosts_of_dates()) == experts
    with pytest.raises(SlotGone):
        a_slot_hold(offering_id, THREE, clock)


def test_a_visitor_can_choose_with_whom_and_in_which_language(app, clock):
    offering_id = a_consultation()
    an_expert(offering_id, HOURS, languages=("de",))
    iryna = an_expert(offering_id, HOURS, languages=("de", "uk"))

    a_slot_hold(offering_id, THREE, clock, slot={"language": "uk"})
    a_slot_hold(offering_id, HALF_PAST, clock, slot={"host_id": iryna})

    assert hosts_of_dates() == [iryna, iryna]
    assert rows_of(Occurrence.language) == [("uk",), ("de",)]
    with pytest.raises(SlotGone):
        a_slot_hold(offering_id, THREE, clock, slot={"language": "uk"})


def test_one_of_two_booths_is_found_and_the_third_finds_none(app, clock):
    booths = [a_room(), a_room()]
    needs = tuple(a_need(kind="room", place_id=booth, choice=1) for booth in booths)
    offering_id = a_consultation(needs=needs)
    for _ in range(3):
        an_expert(offering_id, HOURS)

    for once in ("one", "two"):
        a_slot_hold(offering_id, THREE, clock, once=once)

    assert {place for (place,) in rows_of(Occurrence.place_id)} == set(booths)
    with pytest.raises(SlotGone):
        a_slot_hold(offering_id, THREE, clock)


def test_choosing_changes_nothing(app, clock):
    offering_id = a_consultation()
    an_expert(offering_id, HOURS)

    team = unit_of_work(
        partial(choosing.choose, a_slot_wanted(offering_id, THREE), house=the_house(), now=clock())
    )

    assert team.ends_at == HALF_PAST
    assert rows_of(Occurrence.id) == []


def test_the_same_form_with_another_expert_or_language_is_another_wish(app, clock):
    offering_id = a_consultation()
    mira = an_expert(offering_id, HOURS, languages=("de",))
    tom = an_expert(offering_id, HOURS, languages=("de", "en"))
    a_slot_hold(offering_id, THREE, clock, once="form", slot={"host_id": mira})

    a_slot_hold(offering_id, THREE, clock, once="form", slot={"host_id": tom})
    assert (load_of(host_id=mira), load_of(host_id=tom)) == (0, 1)

    a_slot_hold(offering_id, THREE, clock, once="form", slot={"host_id": mira})
    a_slot_hold(offering_id, THREE, clock, once="form", slot={"language": "en"})
    assert (load_of(host_id=mira), load_of(host_id=tom)) == (0, 1)

    a_slot_hold(offering_id, THREE, clock, once="form")
    assert (load_of(host_id=mira), load_of(host_id=tom)) == (0, 1), "with anybody: what is held will do"
