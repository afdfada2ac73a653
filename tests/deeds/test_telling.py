"""Before an action that mails people: whom it would tell, and one mail as it would be owed."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from booking.bookings import changing, telling_queries
from booking.bookings.models import Booking
from booking.db import db, execute, unit_of_work
from booking.errors import NotFound
from booking.messages.facts import CANCELLED_BY_HOUSE, MOVED
from booking.messages.models import OutgoingMail
from booking.timekit.instants import to_epoch
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.staff import a_programme


def mark(booking_id: int, **values: object) -> None:
    unit_of_work(lambda: execute(update(Booking).where(Booking.id == booking_id).values(**values)))


def test_those_without_an_address_are_counted_apart(app, clock):
    date = an_occurrence(clock)
    first, phoned, lost = (a_booking(date, clock, email=f"{name}@example.org").booking_id for name in "abc")
    mark(phoned, email="", phone="0341 123")
    mark(lost, unreachable_at=clock())

    found = telling_queries.of_dates([date], house_id=house_id())

    assert (found.mails, found.nobody, found.came_back, found.sample_id) == (2, 1, 1, first)
    assert telling_queries.of_bookings([first, phoned, lost], house_id=house_id()) == found


def test_who_has_cancelled_or_deleted_their_data_is_not_told(app, clock):
    date = an_occurrence(clock)
    cancelled, erased = (a_booking(date, clock, email=f"{name}@example.org").booking_id for name in "ab")
    unit_of_work(lambda: changing.cancel(cancelled, now=clock()))
    unit_of_work(lambda: changing.erase(erased, now=clock()))

    found = telling_queries.of_dates([date], house_id=house_id())

    assert (found.mails, found.nobody, found.came_back, found.sample_id) == (0, 0, 0, None)


def test_an_offering_tells_those_of_its_dates_that_are_not_over(app, clock):
    tour = an_offering()
    soon = an_occurrence(clock, offering_id=tour)
    a_booking(soon, clock)
    later = an_occurrence(clock, offering_id=tour, starts_at=clock() + timedelta(days=9))
    a_booking(later, clock)
    a_booking(an_occurrence(clock), clock)
    after = clock() + timedelta(days=3)

    assert telling_queries.of_offering(tour, house_id=house_id(), now=clock()).mails == 2
    assert telling_queries.of_offering(tour, house_id=house_id(), now=after).mails == 1
    assert telling_queries.of_dates([soon, later], house_id=house_id(), ends_after=after).mails == 1


def test_another_house_counts_nobody_of_ours_and_reads_nothing(app, clock):
    date = an_occurrence(clock)
    booking_id = a_booking(date, clock).booking_id
    other = house_id("library")

    assert telling_queries.of_dates([date], house_id=other).mails == 0
    assert telling_queries.of_bookings([booking_id], house_id=other).mails == 0
    with pytest.raises(NotFound):
        telling_queries.one_mail(booking_id, CANCELLED_BY_HOUSE, house_id=other, now=clock())


def test_the_mail_tells_what_the_deed_would_change_and_is_owed_by_nobody(app, clock):
    booking_id = a_booking(an_occurrence(clock), clock, language="en").booking_id
    before = execute(select(func.count()).select_from(OutgoingMail)).scalar()
    starts_at = to_epoch(clock() + timedelta(days=4))

    mail = telling_queries.one_mail(
        booking_id, MOVED, house_id=house_id(), method="REQUEST", now=clock(), starts_at=starts_at
    )

    db.session.rollback()
    assert (mail.language, mail.recipient, mail.method) == ("en", "amina@example.org", "REQUEST")
    assert mail.facts["starts_at"] == starts_at
    assert mail.facts["link_id"] == telling_queries.NO_LINK
    assert execute(select(func.count()).select_from(OutgoingMail)).scalar() == before


def test_the_example_is_the_newest_booking_of_ones_own_programmes_or_that_with_a_reference(app, clock):
    programme = a_programme()
    mine = an_offering(programme_id=programme)
    first = a_booking(an_occurrence(clock, offering_id=mine), clock).booking_id
    foreign = a_booking(an_occurrence(clock), clock, email="b@example.org").booking_id
    reference = execute(select(Booking.reference).where(Booking.id == foreign)).scalar_one()

    def found(programmes=None, house=None, **asked):
        run = None if programmes is None else frozenset(programmes)
        return telling_queries.example(house_id=house or house_id(), programme_ids=run, **asked)

    assert found() == found(reference=reference) == foreign
    assert found([programme]) == found(offering_id=mine) == first
    assert found([programme], reference=reference) is found([]) is None
    assert found(house=house_id("library"), reference=reference) is None
