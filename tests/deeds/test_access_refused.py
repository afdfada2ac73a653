"""Needs that are refused: too late, steps, a companion who was not counted, what the house does not offer."""

from functools import partial

import pytest

from booking.bookings import confirming
from booking.bookings.access_refusals import (
    CompanionNotCounted,
    NeedNotOffered,
    NeedTooLate,
    NotStepFree,
)
from booking.bookings.access_rules import Asked
from booking.bookings.models import Booking
from booking.bookings.refusals import HoldUsed
from booking.db import unit_of_work
from tests.builders import a_room, an_occurrence, an_offering, house_id
from tests.deeds.reading import rows_of, written
from tests.holds import a_contact, a_hold
from tests.hours import at
from tests.needs import a_signer, booked_with, states

FAR = "2027-02-02 10:00"


@pytest.fixture
def offering_id(app) -> int:
    return an_offering(seats=9, party_max=9, cancel_until_minutes=60)


@pytest.fixture
def date(clock, offering_id):
    """Publish a date, far enough ahead for everything unless told otherwise."""

    def publish(text=FAR, **wanted):
        return an_occurrence(
            clock, **({"offering_id": offering_id, "seats": 9, "starts_at": at(text)} | wanted)
        )

    return publish


@pytest.mark.parametrize(
    ("kind", "last", "visit"),
    [("dgs", "2027-01-12 23:59", "2027-01-26 10:00"), ("quiet", "2027-01-19 23:59", "2027-01-26 10:00")],
)
def test_lead_time_ends_with_its_last_day(date, clock, kind, last, visit):
    occurrence_id = date(visit)
    clock.forward(seconds=(at(last) - clock()).total_seconds())
    booked_with(occurrence_id, clock, kind)
    clock.forward(minutes=1)

    with pytest.raises(NeedTooLate) as refusal:
        booked_with(occurrence_id, clock, kind, email="bruno@example.org")

    assert refusal.value.kind == kind
    assert rows_of(Booking.email) == [("amina@example.org",)], "nothing is booked without what is needed"
    assert states() == [(kind, "open")]


def test_steps_are_refused_whether_the_offering_or_the_place_has_them(app, clock):
    walk = an_occurrence(clock, offering_id=an_offering(is_step_free=False))
    room = an_occurrence(clock, place_id=a_room(is_step_free=False))
    level = an_occurrence(clock, place_id=a_room(is_step_free=True))

    for occurrence_id in (walk, room):
        with pytest.raises(NotStepFree):
            booked_with(occurrence_id, clock, "wheelchair")
    booked_with(level, clock, "wheelchair")

    assert states() == [("wheelchair", "arranged")]


def test_a_companion_is_counted_where_there_is_a_place_for_two(app, clock):
    book = partial(_alone_with, clock=clock)
    shared, for_one = an_occurrence(clock), an_occurrence(clock, seats=1)

    with pytest.raises(CompanionNotCounted):
        book(shared)
    book(for_one)
    booked_with(shared, clock, "companion", email="bruno@example.org")

    assert states() == [("companion", "arranged")] * 2


def _alone_with(occurrence_id, *, clock):
    held = a_hold(occurrence_id, clock, party={"adults": 1})
    asked = Asked(("companion",))
    return unit_of_work(partial(confirming.book_held, held.hold_id, a_contact(), needs=asked, now=clock()))


def test_what_a_house_does_not_offer_is_refused(clock, app):
    library = house_id("library")
    occurrence_id = an_occurrence(
        clock,
        house_id=library,
        offering_id=an_offering(house_id=library, seats=15),
        starts_at=at(FAR),
    )
    held = a_hold(occurrence_id, clock, house_id=library)
    book = partial(confirming.book_held, held.hold_id, a_contact(), now=clock())

    with pytest.raises(NeedNotOffered):
        unit_of_work(partial(book, needs=Asked(("induction_loop",))))


def test_the_same_form_sent_again_asks_once_and_another_need_is_another_form(date, clock):
    a_signer()
    held = a_hold(date(), clock)
    book = partial(confirming.book_held, held.hold_id, a_contact(), now=clock())
    asked = Asked(("dgs",), "Bitte vorne.")
    booked = unit_of_work(partial(book, needs=asked))
    before = written()

    assert unit_of_work(partial(book, needs=asked)) == booked
    for other in (Asked(("dgs", "quiet"), "Bitte vorne."), Asked(("dgs",)), Asked(())):
        with pytest.raises(HoldUsed):
            unit_of_work(partial(book, needs=other))

    assert written() == before
    assert states() == [("dgs", "arranged")]
