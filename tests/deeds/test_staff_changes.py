"""What staff do to a booking: past every deadline, never past the guard, and never over somebody else's change."""

from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import (
    calling_off,
    cancelling,
    changing,
    contacting,
    moving,
    moving_slots,
    noting,
    reaching,
)
from booking.bookings.contacting import Reached
from booking.bookings.models import Booking
from booking.bookings.refusals import (
    NotCancellable,
    NotMovable,
    OtherOffering,
    Past,
    TooFewLeft,
    TooLateToMove,
)
from booking.bookings.staff_models import BookingNote, HeldBack
from booking.bookings.staff_refusals import NobodyToTell, NotReachableAlready, ReasonMissing
from booking.db import unit_of_work
from booking.errors import Gone, NotFound, Stale
from booking.journal.models import Event
from booking.links.models import Link
from booking.messages.models import OutgoingMail
from booking.schedule.refusals import Taken
from tests.builders import a_booking, an_occurrence, an_offering
from tests.calls import a_called_booking, hands, hold_back
from tests.deeds.reading import load_of, rows_of
from tests.holds import a_slot_booking, a_slot_wanted
from tests.hours import a_consultation, an_expert, the_house
from tests.staff import a_staff

DEADLINE = 24 * 60


@pytest.fixture
def desk(app):
    return a_staff("desk")


@pytest.fixture
def offering_id(app):
    return an_offering(seats=5, party_max=4, cancel_until_minutes=DEADLINE, notice_minutes=DEADLINE)


@pytest.fixture
def date(clock, offering_id):
    def publish(hours, **wanted):
        starts_at = clock() + timedelta(hours=hours)
        return an_occurrence(
            clock, starts_at=starts_at, **({"offering_id": offering_id, "seats": 5} | wanted)
        )

    return publish


def done(deed, booked, *args, now, **wanted):
    return unit_of_work(partial(deed, booked.booking_id, *args, now=now, **wanted))


def version():
    return rows_of(Booking.version)[0][0]


def kinds():
    return [kind for (kind,) in rows_of(OutgoingMail.kind)]


def actors():
    return rows_of(Event.deed, Event.actor)[-1]


def test_after_the_deadline_staff_move_and_the_booker_cannot(date, desk, clock):
    old, new = date(30), date(32)
    booked = a_booking(old, clock)
    clock.forward(hours=20)

    with pytest.raises(TooLateToMove):
        done(moving.move_to_date, booked, new, now=clock())
    assert done(moving.move_to_date, booked, new, by=hands(desk), now=clock())

    assert (load_of(occurrence_id=old), load_of(occurrence_id=new)) == (0, 3)
    assert actors() == ("booking.moved", desk.actor)
    assert kinds()[-1] == "moved"


def test_a_move_that_shall_not_be_told_sends_nothing(date, desk, clock):
    booked = a_booking(date(30), clock)

    done(moving.move_to_date, booked, date(40), by=hands(desk, tells=False), now=clock())

    assert kinds() == ["confirmation"]


def test_who_missed_the_tram_is_moved_while_the_date_runs_and_not_after_it(date, desk, clock):
    old, new, later = date(30), date(40), date(41)
    booked = a_booking(old, clock)
    clock.forward(hours=30, minutes=59)
    done(moving.move_to_date, booked, new, by=hands(desk), now=clock())

    clock.forward(hours=9, minutes=1, seconds=-1)
    clock.forward(hours=1, seconds=1)
    with pytest.raises(NotMovable):
        done(moving.move_to_date, booked, later, by=hands(desk), now=clock())


def test_nobody_is_moved_to_what_has_begun_or_belongs_to_something_else(date, desk, clock):
    booked = a_booking(date(30), clock)
    begun, other = date(26), date(50, offering_id=an_offering())
    clock.forward(hours=26)

    with pytest.raises(Past):
        done(moving.move_to_date, booked, begun, by=hands(desk), now=clock())
    with pytest.raises(OtherOffering):
        done(moving.move_to_date, booked, other, by=hands(desk), now=clock())


def test_a_move_may_use_what_is_held_back_as_far_as_it_lacks(date, desk, clock):
    old, new = date(30), date(40)
    booked = a_booking(old, clock)
    hold_back(new, 4, desk, clock)

    with pytest.raises(Taken):
        done(moving.move_to_date, booked, new, now=clock())
    done(moving.move_to_date, booked, new, by=hands(desk), now=clock())

    assert rows_of(HeldBack.places) == [(2,)]
    assert load_of(occurrence_id=new) == 5


def test_staff_move_a_consultation_to_the_host_they_choose(clock, desk):
    offering_id = a_consultation(cancel_until_minutes=DEADLINE, notice_minutes=60)
    first = an_expert(offering_id, "daily 00:00-24:00")
    second = an_expert(offering_id, "daily 00:00-24:00")
    start = clock() + timedelta(hours=4)
    booked = a_slot_booking(offering_id, start, clock, slot={"host_id": first})
    clock.forward(hours=2)

    wanted = a_slot_wanted(offering_id, start, host_id=second)
    assert done(moving_slots.move_to_slot, booked, wanted, house=the_house(), by=hands(desk), now=clock())


def test_the_party_grows_past_the_bounds_when_that_is_said_and_never_past_the_seats(date, desk, clock):
    booked = a_booking(date(30), clock)
    by = hands(desk, overrules=True)

    done(moving.change_party, booked, {"adults": 5}, by=by, now=clock())

    with pytest.raises(TooFewLeft):
        done(moving.change_party, booked, {"adults": 6}, by=by, now=clock())


def test_a_growing_party_may_use_what_is_held_back(date, desk, clock):
    day = date(30)
    booked = a_booking(day, clock, party={"adults": 1})
    hold_back(day, 4, desk, clock)

    done(moving.change_party, booked, {"adults": 3}, by=hands(desk), now=clock())

    assert rows_of(HeldBack.places) == [(2,)]
    assert load_of(occurrence_id=day) == 5


@pytest.mark.parametrize(
    ("state", "mail"),
    [(cancelling.BY_VISITOR, "cancellation"), (cancelling.BY_HOUSE, "cancelled_by_house")],
)
def test_the_two_kinds_of_cancelling_are_told_and_counted_apart(date, desk, clock, state, mail):
    day = date(30)
    booked = a_booking(day, clock)
    clock.forward(hours=29)

    deed = partial(cancelling.cancel, booked.booking_id, state, by=hands(desk), staff_id=desk.staff_id)
    assert unit_of_work(partial(deed, reason="Mira ist krank.", now=clock()))
    assert not unit_of_work(partial(deed, reason="Mira ist krank.", now=clock())), (
        "a second time changes nothing"
    )

    assert rows_of(Booking.state) == [(state,)]
    assert (kinds().count(mail), load_of(occurrence_id=day)) == (1, 0)
    assert actors() == (f"booking.{state}", desk.actor)
    (facts,) = rows_of(OutgoingMail.facts)[-1]
    assert facts["reason"] == ("Mira ist krank." if state == cancelling.BY_HOUSE else "")


def test_the_house_says_why(date, desk, clock):
    booked = a_booking(date(30), clock)

    with pytest.raises(ReasonMissing):
        done(
            cancelling.cancel,
            booked,
            cancelling.BY_HOUSE,
            by=hands(desk),
            staff_id=desk.staff_id,
            reason=" ",
            now=clock(),
        )


def test_after_the_date_nothing_is_cancelled(date, desk, clock):
    booked = a_booking(date(30), clock)
    clock.forward(hours=31)

    with pytest.raises(NotCancellable):
        done(
            cancelling.cancel,
            booked,
            cancelling.BY_VISITOR,
            by=hands(desk),
            staff_id=desk.staff_id,
            now=clock(),
        )


def test_who_did_not_see_the_last_change_changes_nothing(date, desk, clock):
    old, new = date(30), date(40)
    booked = a_booking(old, clock)
    seen = version()
    done(moving.change_party, booked, {"adults": 1}, now=clock())  # by the booker, meanwhile
    by = hands(desk, seen=seen)
    wanted = Reached("Amina K.", "amina@example.org", "")

    with pytest.raises(Stale):
        done(moving.move_to_date, booked, new, by=by, now=clock())
    with pytest.raises(Stale):
        done(moving.change_party, booked, {"adults": 2}, by=by, now=clock())
    with pytest.raises(Stale):
        done(contacting.change_contact, booked, wanted, by=by, now=clock())
    with pytest.raises(Stale):
        done(cancelling.cancel, booked, cancelling.BY_VISITOR, by=by, staff_id=desk.staff_id, now=clock())
    assert load_of(occurrence_id=old) == 1


def test_what_the_system_notes_overtakes_nobody(date, desk, clock):
    booked = a_booking(date(30), clock)
    seen = version()

    unit_of_work(
        partial(
            reaching.mark_unreachable,
            f"booking:{booked.booking_id}",
            recipient="amina@example.org",
            now=clock(),
        )
    )

    assert version() == seen
    done(moving.change_party, booked, {"adults": 1}, by=hands(desk, seen=seen), now=clock())


def test_another_address_gets_the_confirmation_and_the_old_links_end(date, desk, clock):
    booked = a_booking(date(30), clock)

    wanted = Reached("Amina Kaya-Weber", "weber@example.org", "0341 1")
    assert done(contacting.change_contact, booked, wanted, by=hands(desk, seen=version()), now=clock())

    assert rows_of(Booking.name, Booking.email, Booking.phone) == [
        ("Amina Kaya-Weber", "weber@example.org", "0341 1")
    ]
    owed = rows_of(OutgoingMail.kind, OutgoingMail.recipient, OutgoingMail.state)
    assert owed == [
        ("confirmation", "amina@example.org", "skipped"),
        ("confirmation", "weber@example.org", "owed"),
    ]
    assert len(rows_of(Link.id, where=Link.revoked_at.is_(None))) == 1


def test_who_has_no_address_any_more_is_owed_nothing(date, desk, clock):
    old, new = date(30), date(40)
    booked = a_booking(old, clock)
    done(contacting.change_contact, booked, Reached("Amina", "", "0341 1"), by=hands(desk), now=clock())

    done(moving.move_to_date, booked, new, by=hands(desk), now=clock())
    with pytest.raises(NobodyToTell):
        done(contacting.resend, booked, by=hands(desk), now=clock())
    unit_of_work(
        lambda: calling_off.cancel_occurrence(new, reasons={"de": "Krank"}, actor=desk.actor, now=clock())
    )

    assert {recipient for (recipient,) in rows_of(OutgoingMail.recipient)} == {"amina@example.org"}
    assert rows_of(OutgoingMail.state) == [("skipped",)]


def test_an_erasure_owes_no_proof_to_nobody(date, desk, clock):
    booked = a_called_booking(date(30), desk, clock, contact={"email": ""})

    done(changing.erase, booked, now=clock())

    assert rows_of(OutgoingMail.id) == []


def test_the_confirmation_is_sent_once_more(date, desk, clock):
    booked = a_booking(date(30), clock)

    done(contacting.resend, booked, by=hands(desk), now=clock())

    assert kinds() == ["confirmation", "confirmation"]
    assert actors() == ("booking.resent", desk.actor)


def test_somebody_who_was_phoned_is_off_the_list(date, desk, clock):
    booked = a_booking(date(30), clock)
    unit_of_work(
        partial(
            reaching.mark_unreachable,
            f"booking:{booked.booking_id}",
            recipient="amina@example.org",
            now=clock(),
        )
    )

    done(contacting.reached, booked, by=hands(desk), now=clock())

    assert rows_of(Booking.unreachable_at) == [(None,)]
    with pytest.raises(NotReachableAlready):
        done(contacting.reached, booked, by=hands(desk), now=clock())


def test_notes_are_erased_with_the_booking_and_nobody_writes_beside_an_erased_one(date, desk, clock):
    booked = a_booking(date(30), clock)
    done(noting.write, booked, "Ruft morgen an.", staff_id=desk.staff_id, now=clock())

    done(changing.erase, booked, now=clock())

    assert rows_of(BookingNote.id) == []
    with pytest.raises(Gone):
        done(noting.write, booked, "Noch eine.", staff_id=desk.staff_id, now=clock())


def test_a_note_stands_in_no_mail_and_no_journal(date, desk, clock):
    booked = a_booking(date(30), clock)

    done(noting.write, booked, "Ruft morgen an.", staff_id=desk.staff_id, now=clock())
    done(contacting.resend, booked, by=hands(desk), now=clock())

    assert "Ruft morgen" not in str(rows_of(OutgoingMail.facts) + rows_of(Event.counts, Event.changes))


def test_people_take_back_their_own_notes_alone(date, desk, clock):
    booked, other = a_booking(date(30), clock), a_staff("desk")
    done(noting.write, booked, "Ruft morgen an.", staff_id=desk.staff_id, now=clock())
    ((note_id,),) = rows_of(BookingNote.id)
    take = partial(noting.take_back, note_id, booking_id=booked.booking_id, now=clock())

    with pytest.raises(NotFound):
        unit_of_work(partial(take, staff_id=other.staff_id))
    unit_of_work(partial(take, staff_id=desk.staff_id))
    unit_of_work(partial(take, staff_id=desk.staff_id))

    assert rows_of(BookingNote.id) == []
