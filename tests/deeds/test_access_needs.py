"""What people need to take part: taken where it is free, else a task of staff with a deadline."""

from datetime import timedelta

import pytest

from booking.bookings.access_models import AccessNeed
from booking.bookings.models import Booking
from booking.db import unit_of_work
from booking.messages.models import OutgoingMail
from booking.schedule import service
from booking.schedule.hours import Of
from booking.schedule.models import Allocation, Claim
from booking.timekit.instants import to_epoch
from tests.builders import a_host, a_need, a_pool, an_occurrence, an_offering
from tests.deeds.reading import events, load_of, mails, rows_of
from tests.hours import at, away, busy, hours_of
from tests.needs import a_loop, a_signer, booked_with, states

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


def test_a_booking_without_needs_writes_nothing_of_them(date, clock):
    booked_with(date(), clock)

    assert states() == []
    assert not [deed for deed in events() if deed.startswith("access.")]


def test_a_free_interpreter_is_taken_with_the_buffers_of_the_hosts(app, clock):
    ada = a_signer()
    buffered = an_offering(needs=(a_need(kind="host", before_minutes=15, after_minutes=10),))
    starts_at = at(FAR)
    occurrence_id = an_occurrence(clock, offering_id=buffered, starts_at=starts_at, host_ids=(a_host(),))

    booked_with(occurrence_id, clock, "dgs", words="Bitte vorne sitzen.")

    ((kind, state, due_at, claim_id, words, consent_at),) = rows_of(
        AccessNeed.kind,
        AccessNeed.state,
        AccessNeed.due_at,
        AccessNeed.claim_id,
        AccessNeed.words,
        AccessNeed.consent_at,
    )
    assert (kind, state, due_at, words, consent_at) == (
        "dgs",
        "arranged",
        None,
        "Bitte vorne sitzen.",
        clock(),
    )
    assert load_of(host_id=ada) == 1
    begin, end = to_epoch(starts_at) - 900, to_epoch(starts_at) + 3600 + 600
    assert rows_of(Allocation.starts_at, Allocation.ends_at, where=Allocation.claim_id == claim_id) == [
        (begin, end)
    ]
    assert rows_of(Claim.expires_at, where=Claim.id == claim_id) == [(None,)]
    assert [kind for kind, *_ in mails()] == ["confirmation"], "the house has nothing to do"


def test_who_interprets_is_asked_before_guides_who_sign(date, clock):
    guide, ada = a_signer(kind="guide"), a_signer()

    booked_with(date(), clock, "dgs")

    assert (load_of(host_id=guide), load_of(host_id=ada)) == (0, 1)


def test_somebody_who_signs_and_is_taken_away_busy_or_elsewhere_is_not_asked(date, clock):
    elsewhere, absent, calendar, wrong_day, other = (a_signer() for _ in range(5))
    date(FAR, host_ids=(elsewhere,))
    away(at(FAR).date(), of=Of(host_id=absent))
    busy(calendar, ("2027-02-02 10:30", "2027-02-02 11:30"))
    hours_of(wrong_day, "wed 09:00-17:00")
    hours_of(other, "tue 09:00-11:00")
    a_signer(languages=("de", "uk"))

    booked_with(date(), clock, "dgs")

    loads = [load_of(host_id=one) for one in (elsewhere, absent, calendar, wrong_day, other)]
    assert loads == [1, 0, 0, 0, 1]


def test_without_an_interpreter_staff_have_a_task_with_a_deadline_and_hear_of_it(date, clock):
    a_signer(languages=("de",))
    booked = booked_with(date(), clock, "dgs")

    ((state, due_at, claim_id),) = rows_of(AccessNeed.state, AccessNeed.due_at, AccessNeed.claim_id)
    assert (state, due_at, claim_id) == ("open", at("2027-01-25 23:59"), None)
    ((kind, recipient, facts, thread),) = rows_of(
        OutgoingMail.kind, OutgoingMail.recipient, OutgoingMail.facts, OutgoingMail.thread, where=TASKS
    )
    assert (kind, recipient) == ("task", "lab@leipzig.example")
    assert thread == f"arrange:{booked.booking_id}"
    assert facts["due_at"] == to_epoch(due_at)
    assert facts["reference"] == rows_of(Booking.reference)[0][0]
    for name in ("name", "phone", "link_id", "uid", "with_whom"):
        assert facts[name] == ""
    assert facts["party"] == {}


def test_one_mail_tells_of_all_that_is_to_be_arranged_by_the_first_deadline(date, clock):
    booked_with(date(), clock, "dgs", "quiet", "wheelchair")

    assert states() == [("dgs", "open"), ("quiet", "open"), ("wheelchair", "arranged")]
    assert [facts["due_at"] for (facts,) in rows_of(OutgoingMail.facts, where=TASKS)] == [
        to_epoch(at("2027-01-18 23:59"))
    ]


def test_a_unit_of_equipment_is_taken_and_the_next_one_is_a_task(date, clock, app):
    loop = a_loop(1)
    booked_with(date(), clock, "induction_loop")
    elsewhere = an_occurrence(clock, starts_at=at(FAR) + timedelta(minutes=30))

    booked_with(elsewhere, clock, "induction_loop", email="bruno@example.org")

    assert states() == [("induction_loop", "arranged"), ("induction_loop", "open")]
    assert load_of(pool_id=loop) == 1


def test_what_a_date_brings_along_is_there_however_late_somebody_asks(app, clock):
    ada, loop = a_signer(), a_loop()
    talk = an_offering(needs=(a_need(kind="pool", pool_id=loop, quantity=1),))
    tomorrow = an_occurrence(clock, offering_id=talk, language="dgs")

    booked_with(tomorrow, clock, "dgs", "induction_loop")

    assert states() == [("dgs", "arranged"), ("induction_loop", "arranged")]
    assert (load_of(host_id=ada), load_of(pool_id=loop)) == (0, 1)
    assert rows_of(AccessNeed.claim_id) == [(None,), (None,)]


def test_equipment_in_repair_is_not_promised(date, clock):
    pool = a_loop(1)
    begins = at("2027-02-02 00:00")
    unit_of_work(
        lambda: service.repair(pool, 1, starts_at=begins, ends_at=begins + timedelta(days=1), now=clock())
    )
    a_pool(3)

    booked_with(date(), clock, "induction_loop")

    assert states() == [("induction_loop", "open")]
