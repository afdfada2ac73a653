"""What people needed is free and forgotten with their booking: unconfirmed, cancelled, erased, or over."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import access_queries, calling_off, changing, confirming, retention
from booking.bookings.access_models import AccessNeed
from booking.bookings.models import Booking
from booking.db import unit_of_work
from booking.journal.models import Event
from booking.messages.models import OutgoingMail
from tests.builders import an_occurrence, an_offering, house_id
from tests.deeds.post import Carrier, deliver
from tests.deeds.reading import load_of, rows_of
from tests.hours import at
from tests.needs import a_signer, booked_with, states

FAR = "2027-02-02 10:00"
TASKS = OutgoingMail.kind == "task"


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


def test_people_on_one_date_share_the_interpreter_until_the_last_one_leaves(date, clock):
    ada, occurrence_id = a_signer(), date()
    first, second = (booked_with(occurrence_id, clock, "dgs", email=f"{n}@example.org") for n in range(2))

    assert states() == [("dgs", "arranged")] * 2
    assert load_of(host_id=ada) == 1

    unit_of_work(partial(changing.cancel, first.booking_id, now=clock()))
    assert (states(), load_of(host_id=ada)) == ([("dgs", "arranged")], 1)

    unit_of_work(partial(changing.cancel, second.booking_id, now=clock()))
    assert (states(), load_of(host_id=ada)) == ([], 0)


def test_nothing_is_taken_before_the_address_is_confirmed(clock, app):
    ada, checked = a_signer(), an_offering(address_check="on")
    occurrence_id = an_occurrence(clock, offering_id=checked, starts_at=at(FAR))
    booked = booked_with(occurrence_id, clock, "dgs", "quiet")

    assert states() == [("dgs", "open"), ("quiet", "open")]
    assert load_of(host_id=ada) == 0
    assert rows_of(OutgoingMail.id, where=TASKS) == []
    assert unit_of_work(lambda: access_queries.tasks(house_id(), language="de")) == []

    unit_of_work(partial(confirming.confirm, booked.booking_id, now=clock.forward(minutes=5)))

    assert states() == [("dgs", "arranged"), ("quiet", "open")]
    assert load_of(host_id=ada) == 1
    assert len(rows_of(OutgoingMail.id, where=TASKS)) == 1


def test_who_never_confirms_leaves_nothing_behind(clock, app):
    occurrence_id = an_occurrence(clock, offering_id=an_offering(address_check="on"), starts_at=at(FAR))
    booked_with(occurrence_id, clock, "quiet", words="Ein ruhiger Platz.")

    retention.run(now=clock.forward(hours=2))

    assert states() == []
    assert rows_of(OutgoingMail.id, where=TASKS) == []


def test_cancelling_frees_what_was_taken_and_staff_call_off_what_they_began(date, clock):
    ada = a_signer()
    booked = booked_with(date(), clock, "dgs", "quiet", "companion", words="Bitte vorne.")
    deliver(Carrier(), clock)

    unit_of_work(partial(changing.cancel, booked.booking_id, now=clock.forward(hours=1)))

    assert load_of(host_id=ada) == 0
    assert rows_of(AccessNeed.kind, AccessNeed.state, AccessNeed.words) == [("quiet", "cancelled", "")]
    told = rows_of(OutgoingMail.state, OutgoingMail.facts, where=TASKS)
    assert [(state, facts["due_at"] is None) for state, facts in told] == [("sent", False), ("owed", True)]


def test_staff_who_have_not_heard_of_a_task_hear_nothing_of_its_end(date, clock):
    booked = booked_with(date(), clock, "quiet")

    unit_of_work(partial(changing.cancel, booked.booking_id, now=clock()))

    assert states() == []
    assert rows_of(OutgoingMail.state, where=TASKS) == [("skipped",)]


def test_a_date_that_the_house_cancels_frees_the_interpreter_for_another(date, clock):
    ada, occurrence_id = a_signer(), date()
    booked_with(occurrence_id, clock, "dgs")
    call_off = partial(calling_off.cancel_occurrence, reasons={"de": "x"}, actor="system", now=clock())

    unit_of_work(partial(call_off, occurrence_id))

    assert (states(), load_of(host_id=ada)) == ([], 0)


def test_erasing_deletes_needs_at_once_and_empties_what_the_house_was_told(date, clock):
    ada = a_signer()
    booked = booked_with(date(), clock, "dgs", "quiet")
    deliver(Carrier(), clock)

    unit_of_work(partial(changing.erase, booked.booking_id, now=clock()))

    assert (states(), load_of(host_id=ada)) == ([], 0)
    told = rows_of(OutgoingMail.state, OutgoingMail.facts, where=TASKS)
    assert [(state, facts == {}) for state, facts in told] == [("sent", True), ("owed", False)]


def test_needs_are_deleted_a_day_after_the_visit_and_not_a_second_later(date, clock):
    booked_with(date(), clock, "quiet", "wheelchair", words="Bitte vorne.")
    kept_until = at(FAR) + timedelta(hours=1, days=1)

    retention.run(now=kept_until - timedelta(seconds=1))
    assert [kind for kind, _ in states()] == ["quiet", "wheelchair"]

    retention.run(now=kept_until)
    assert states() == []
    assert rows_of(Booking.name) == [("Amina Kaya",)], "the booking itself is kept a week"
    assert rows_of(OutgoingMail.state, OutgoingMail.facts, where=TASKS) == [("skipped", {})]


def test_what_was_taken_for_a_visit_that_has_begun_stays_taken(date, clock):
    ada = a_signer()
    booked = booked_with(date(), clock, "dgs")
    clock.forward(seconds=(at(FAR) - clock()).total_seconds() + 60)

    unit_of_work(partial(changing.erase, booked.booking_id, now=clock()))

    assert (states(), load_of(host_id=ada)) == ([], 1)


def test_the_journal_of_a_booking_with_needs_is_that_of_one_without(date, clock):
    booked_with(date(), clock)
    without = rows_of(Event.deed, Event.object_kind, Event.counts)
    booked_with(date(), clock, "dgs", "quiet")

    rows = rows_of(Event.deed, Event.object_kind, Event.counts)

    assert rows == without + without, "nobody can tell from the rows beside it that a booking has needs"
    assert not {"dgs", "quiet"} & set(str(rows).replace("'", " ").split())
