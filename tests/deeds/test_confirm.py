"""Confirming an address: places are kept for an hour, and the booking is firm after one press of a button."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import changing, confirming, queries, retention
from booking.bookings.models import Booking, Hold
from booking.bookings.refusals import NotConfirmable, Past
from booking.bookings.rules import Bounds
from booking.db import unit_of_work
from booking.links.models import Link
from booking.messages.models import OutgoingMail
from booking.schedule.models import Claim
from booking.schedule.refusals import Taken
from booking.timekit.instants import to_epoch
from tests.builders import a_booking, an_occurrence, an_offering
from tests.deeds.reading import events, load_of, mails, rows_of
from tests.holds import a_hold, a_slot_booking, booked
from tests.hours import a_consultation, an_expert, at

MINUTE = timedelta(minutes=1)
QUIET = Bounds(at_once=100, per_client=1000, rush=3)


def a_checked_date(clock, mode="on", **wanted):
    offering_id = an_offering(address_check=mode)
    return an_occurrence(clock, offering_id=offering_id, **wanted)


def confirm(booking, clock):
    unit_of_work(partial(confirming.confirm, booking.booking_id, now=clock()))


def state_of(booking):
    ((state,),) = rows_of(Booking.state, where=Booking.id == booking.booking_id)
    return state


def test_a_booking_waits_for_its_address_and_is_firm_when_it_is_confirmed(app, clock):
    occurrence_id = a_checked_date(clock)

    booking = booked(a_hold(occurrence_id, clock), clock)

    assert state_of(booking) == "to_be_confirmed"
    assert rows_of(Claim.expires_at, where=Claim.id == Booking.claim_id) == [
        (to_epoch(clock() + 60 * MINUTE),)
    ]
    assert mails() == [("confirm_address", None, "owed", "amina@example.org")]
    clock.forward(minutes=59)
    retention.run(now=clock())

    confirm(booking, clock)

    assert state_of(booking) == "confirmed"
    assert rows_of(Claim.expires_at, where=Claim.id == Booking.claim_id) == [(None,)]
    assert [(kind, method) for kind, method, *_ in mails()] == [
        ("confirm_address", None),
        ("confirmation", "REQUEST"),
    ]
    assert load_of(occurrence_id=occurrence_id) == 2
    assert [deed for deed in events() if deed.startswith("booking")] == [
        "booking.to_be_confirmed",
        "booking.confirmed",
    ]


def test_the_mail_opens_the_page_that_confirms_and_nothing_else(app, clock):
    booking = booked(a_hold(a_checked_date(clock), clock), clock)

    ((facts,),) = rows_of(OutgoingMail.facts)

    links = dict(rows_of(Link.purpose, Link.id, where=Link.subject_id == booking.booking_id))
    assert facts["link_id"] == links["confirm"] != links["manage"] == booking.link_id
    assert facts["confirm_until"] == to_epoch(clock() + 60 * MINUTE)


def test_confirming_twice_is_once(app, clock):
    booking = booked(a_hold(a_checked_date(clock), clock), clock)

    confirm(booking, clock)
    confirm(booking, clock)

    assert len(mails()) == 2


def test_nobody_confirms_and_the_places_go_back_without_a_word(app, clock):
    occurrence_id = a_checked_date(clock)
    booking = booked(a_hold(occurrence_id, clock), clock)
    clock.forward(minutes=60)

    retention.run(now=clock())

    assert state_of(booking) == "expired"
    assert load_of(occurrence_id=occurrence_id) == 0
    assert mails() == [("confirm_address", None, "skipped", "amina@example.org")]
    with pytest.raises(NotConfirmable):
        confirm(booking, clock)


def test_late_but_still_free_is_in_time(app, clock):
    occurrence_id = a_checked_date(clock)
    booking = booked(a_hold(occurrence_id, clock), clock)
    clock.forward(minutes=61)  # and nobody has swept yet

    confirm(booking, clock)

    assert state_of(booking) == "confirmed"
    assert load_of(occurrence_id=occurrence_id) == 2


def test_late_and_taken_by_others_is_told(app, clock):
    occurrence_id = a_checked_date(clock, seats=2)
    booking = booked(a_hold(occurrence_id, clock), clock)
    clock.forward(minutes=61)
    a_booking(occurrence_id, clock, party={"adults": 1})

    with pytest.raises(Taken):
        confirm(booking, clock)

    assert state_of(booking) == "to_be_confirmed"
    assert load_of(occurrence_id=occurrence_id) == 1


def test_a_date_that_began_meanwhile_is_not_confirmed(app, clock):
    occurrence_id = a_checked_date(clock, starts_at=clock() + 30 * MINUTE)
    booking = booked(a_hold(occurrence_id, clock), clock)
    clock.forward(minutes=30)

    with pytest.raises((NotConfirmable, Past)):
        confirm(booking, clock)


def test_a_corrected_address_is_asked_anew_and_the_old_mail_opens_nothing(app, clock):
    booking = booked(a_hold(a_checked_date(clock), clock), clock)
    deed = partial(changing.change_address, booking.booking_id, "amina@example.net", now=clock())

    unit_of_work(deed)

    assert [(state, to) for _, _, state, to in mails()] == [
        ("skipped", "amina@example.org"),
        ("owed", "amina@example.net"),
    ]
    live = rows_of(Link.id, where=(Link.purpose == "confirm") & Link.revoked_at.is_(None))
    assert len(live) == 1
    confirm(booking, clock)
    assert state_of(booking) == "confirmed"


@pytest.mark.parametrize("deed", [changing.cancel, changing.erase])
def test_who_changes_their_mind_gives_the_places_back_at_once(app, clock, deed):
    occurrence_id = a_checked_date(clock)
    booking = booked(a_hold(occurrence_id, clock), clock)

    unit_of_work(partial(deed, booking.booking_id, now=clock()))

    assert state_of(booking) == "expired"
    assert load_of(occurrence_id=occurrence_id) == 0


def test_a_slot_is_kept_with_its_host_until_it_is_confirmed(app, clock):
    offering_id = a_consultation(address_check="on")
    expert = an_expert(offering_id, "wed 15:00-16:00")
    booking = a_slot_booking(offering_id, at("2027-01-13 15:00"), clock)
    clock.forward(minutes=30)
    retention.run(now=clock())
    assert load_of(host_id=expert) == 1

    confirm(booking, clock)
    clock.forward(hours=2)
    retention.run(now=clock())

    assert load_of(host_id=expert) == 1


def test_a_slot_that_nobody_confirms_is_free_again(app, clock):
    offering_id = a_consultation(address_check="on")
    expert = an_expert(offering_id, "wed 15:00-16:00")
    a_slot_booking(offering_id, at("2027-01-13 15:00"), clock)
    clock.forward(hours=1)

    retention.run(now=clock())

    assert load_of(host_id=expert) == 0


# ----------------------------------------------------------------------- suspicion


def suspicions():
    return [suspicion for (suspicion,) in rows_of(Hold.suspicion)]


def test_in_a_rush_addresses_are_confirmed_within_a_quarter_of_an_hour(app, clock):
    occurrence_id = a_checked_date(clock, mode="when_suspicious")
    held = [
        a_hold(occurrence_id, clock, client=f"client-{n}", party={"adults": 1}, bounds=QUIET)
        for n in range(4)
    ]

    bookings = [booked(one, clock, email=f"visitor-{n}@example.org") for n, one in enumerate(held)]

    assert suspicions() == ["", "", "", "rush"]
    assert [state_of(one) for one in bookings] == ["confirmed"] * 3 + ["to_be_confirmed"]
    page = unit_of_work(lambda: queries.booking(bookings[3].booking_id, language="de"))
    assert page.confirm_until == clock() + 15 * MINUTE
    clock.forward(minutes=11)  # the rush is over
    a_hold(occurrence_id, clock, client="late", party={"adults": 1}, bounds=QUIET)
    assert suspicions()[-1] == ""


def test_one_client_with_many_forms_is_asked_for_an_hour(app, clock):
    bounds = Bounds(at_once=100, per_client=12, rush=1000)
    occurrence_id = a_checked_date(clock, mode="when_suspicious")

    for _ in range(4):
        booking = booked(a_hold(occurrence_id, clock, party={"adults": 1}, bounds=bounds), clock)

    assert suspicions() == ["", "", "", "client"]
    page = unit_of_work(lambda: queries.booking(booking.booking_id, language="de"))
    assert page.confirm_until == clock() + 60 * MINUTE


def test_an_offering_that_never_asks_never_asks(app, clock):
    occurrence_id = a_checked_date(clock, mode="off")
    bounds = Bounds(at_once=100, per_client=12, rush=0)

    booking = booked(a_hold(occurrence_id, clock, bounds=bounds), clock)

    assert suspicions() == ["rush"]
    assert state_of(booking) == "confirmed"


def test_offerings_ask_only_where_it_is_suspicious_unless_they_say_otherwise(app, clock):
    occurrence_id = an_occurrence(clock)

    booking = booked(a_hold(occurrence_id, clock), clock)
    other = booked(a_hold(occurrence_id, clock, bounds=Bounds(100, per_client=1000, rush=1)), clock)

    assert (state_of(booking), state_of(other)) == ("confirmed", "to_be_confirmed")
