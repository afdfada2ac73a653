"""Needs of a booking that stands: changed with consent anew, withdrawn at once, marked as arranged by staff."""

from functools import partial

import pytest

from booking.bookings import access_tasks, changing
from booking.bookings.access_models import AccessNeed
from booking.bookings.access_refusals import CompanionNotCounted, NeedTooLate
from booking.bookings.refusals import NotMovable
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.messages.models import OutgoingMail
from booking.timekit.instants import to_epoch
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.deeds.post import Carrier, deliver
from tests.deeds.reading import events, load_of, mails, rows_of
from tests.hours import at
from tests.needs import a_signer, booked_with, change, states

FAR, FURTHER = "2027-02-02 10:00", "2027-02-09 10:00"
TASKS = OutgoingMail.kind == "task"


@pytest.fixture
def offering_id(app) -> int:
    return an_offering(seats=9, party_max=9, cancel_until_minutes=60)


@pytest.fixture
def date(clock, offering_id):
    """Publish a date, far enough ahead for everything unless told otherwise."""

    def publish(text=FAR, **wanted):
        details = {"offering_id": offering_id, "seats": 9, "starts_at": at(text)} | wanted
        return an_occurrence(clock, **details)

    return publish


def done(kind, clock, **wanted):
    ((need_id,),) = rows_of(AccessNeed.id, where=AccessNeed.kind == kind)
    wanted = {"house_id": house_id(), "actor": "system", "now": clock()} | wanted
    return unit_of_work(partial(access_tasks.done, need_id, **wanted))


def told():
    """Return state and deadline of each mail to the house."""
    rows = rows_of(OutgoingMail.state, OutgoingMail.facts, where=TASKS)
    return [(state, facts.get("due_at")) for state, facts in rows]


def test_what_is_added_later_is_arranged_and_what_was_there_stays_as_it_is(date, clock):
    ada = a_signer()
    booked = booked_with(date(), clock, "dgs", words="Bitte vorne.")
    before = rows_of(AccessNeed.id, AccessNeed.claim_id)

    change(booked, clock, "dgs", "quiet", words="Bitte hinten.")

    assert states() == [("dgs", "arranged"), ("quiet", "open")]
    assert rows_of(AccessNeed.id, AccessNeed.claim_id)[:1] == before
    assert rows_of(AccessNeed.words) == [("Bitte hinten.",)] * 2
    assert load_of(host_id=ada) == 1
    assert events()[-1] == "booking.confirmed", "no row beside that of the booking tells that it has needs"


def test_the_consent_is_that_of_the_last_time(date, clock):
    booked = booked_with(date(), clock, "quiet")

    change(booked, clock, "quiet", words=clock.forward(hours=3) and "Bitte hinten.")

    assert rows_of(AccessNeed.consent_at, AccessNeed.words) == [(clock(), "Bitte hinten.")]
    assert told() == [("owed", to_epoch(at("2027-01-18 23:59")))], "the task is the same"


def test_what_is_withdrawn_is_gone_at_once_and_free_for_others(date, clock):
    ada = a_signer()
    booked = booked_with(date(), clock, "dgs", "companion")

    change(booked, clock, "companion")
    assert (states(), load_of(host_id=ada)) == ([("companion", "arranged")], 0)

    change(booked, clock)
    assert rows_of(AccessNeed.id) == []
    assert told() == []


def test_staff_who_know_of_a_task_hear_that_it_is_none_any_more(date, clock):
    booked = booked_with(date(), clock, "quiet")
    deliver(Carrier(), clock)

    change(booked, clock)

    assert told() == [("sent", to_epoch(at("2027-01-18 23:59"))), ("owed", None)]
    assert states() == []


def test_withdrawing_is_possible_until_the_visit_begins_however_late(date, clock):
    booked = booked_with(date(), clock, "quiet", "dgs")
    clock.forward(seconds=(at(FAR) - clock()).total_seconds() - 60)

    change(booked, clock, "quiet")
    assert states() == [("quiet", "open")], "who kept it need not tell it in time again"

    clock.forward(minutes=1)
    with pytest.raises(NotMovable):
        change(booked, clock)


def test_what_is_new_must_be_told_in_time(date, clock):
    booked = booked_with(date("2027-01-19 10:00"), clock, "quiet")

    with pytest.raises(NeedTooLate):
        change(booked, clock, "quiet", "dgs")

    assert states() == [("quiet", "open")]


def test_who_came_alone_counts_the_companion_first(app, clock):
    booked = a_booking(an_occurrence(clock, starts_at=at(FAR)), clock, party={"adults": 1})

    with pytest.raises(CompanionNotCounted):
        change(booked, clock, "companion")


def test_a_cancelled_booking_needs_nothing_any_more(date, clock):
    booked = booked_with(date(), clock)
    unit_of_work(partial(changing.cancel, booked.booking_id, now=clock()))

    with pytest.raises(NotMovable):
        change(booked, clock, "quiet")


def test_a_need_that_staff_have_arranged_is_told_to_its_booker_once(date, clock):
    booked_with(date(), clock, "quiet", words="Ein ruhiger Platz.")

    done("quiet", clock)
    done("quiet", clock)

    assert states() == [("quiet", "arranged")]
    assert [(kind, recipient) for kind, _, _, recipient in mails()] == [
        ("confirmation", "amina@example.org"),
        ("task", "lab@leipzig.example"),
        ("arranged", "amina@example.org"),
    ]
    ((facts,),) = rows_of(OutgoingMail.facts, where=OutgoingMail.kind == "arranged")
    assert "ruhig" not in str(facts)
    assert events().count("access.arranged") == 1


def test_what_staff_have_called_off_leaves_their_list(date, clock):
    booked = booked_with(date(), clock, "quiet")
    deliver(Carrier(), clock)
    unit_of_work(partial(changing.cancel, booked.booking_id, now=clock()))
    assert states() == [("quiet", "cancelled")]

    done("quiet", clock)

    assert states() == []
    assert "arranged" not in [kind for kind, *_ in mails()]


def test_staff_of_another_house_cannot_mark_anything(date, clock):
    booked_with(date(), clock, "quiet")

    with pytest.raises(NotFound):
        done("quiet", clock, house_id=house_id("library"))
    assert states() == [("quiet", "open")]
