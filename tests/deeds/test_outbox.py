"""The outbox: who sends what, in which order, how often, and what is forgotten when."""

from dataclasses import replace
from functools import partial
from typing import Any

from booking.db import unit_of_work
from booking.messages import outbox, rules
from booking.messages.models import OutgoingMail
from booking.messages.outbox import Owed
from booking.messages.queries import oldest_owed
from tests.builders import house_id
from tests.deeds.post import lease, leased, owe
from tests.deeds.reading import rows_of


def test_the_mails_of_a_booking_leave_in_order_and_others_need_not_wait(app, clock):
    first, second, other = owe("booking:1", clock), owe("booking:1", clock), owe("booking:2", clock)

    one, two = leased(clock), leased(clock)
    assert (one.id, two.id, lease(clock)) == (first, other, None)
    assert (one.replies_to, two.replies_to) == (None, None)

    unit_of_work(lambda: outbox.mark_sent(one, now=clock()))
    assert (leased(clock).id, lease(clock)) == (second, None)


def test_a_later_mail_answers_the_first_of_its_thread(app, clock):
    first = owe("booking:1", clock)
    for _ in range(2):
        owe("booking:1", clock)
        mail = leased(clock)
        unit_of_work(partial(outbox.mark_sent, mail, now=clock()))

    assert leased(clock).replies_to == first


def test_a_mail_that_waits_for_its_next_try_holds_back_the_rest_of_its_thread(app, clock):
    first, second = owe("booking:1", clock), owe("booking:1", clock)
    mail = leased(clock)
    unit_of_work(lambda: outbox.mark_later(mail, "451 try later", now=clock()))

    assert lease(clock) is None
    clock.forward(minutes=1)
    again = leased(clock)
    assert (again.id, again.tries) == (first, 2)
    unit_of_work(lambda: outbox.mark_failed(again, "550 unknown", now=clock()))
    assert leased(clock).id == second


def test_a_lease_is_taken_over_when_it_ends_and_the_slow_worker_changes_nothing_any_more(app, clock):
    owe("booking:1", clock)
    slow = leased(clock)
    clock.forward(seconds=rules.LEASE.total_seconds() - 1)
    assert lease(clock) is None

    clock.forward(seconds=1)
    quick = leased(clock)
    assert (quick.id, quick.tries) == (slow.id, 2)
    assert quick.lease != slow.lease

    before = rows_of(OutgoingMail.state, OutgoingMail.lease, OutgoingMail.recipient, OutgoingMail.done_at)
    for deed in (outbox.mark_sent, outbox.mark_skipped):
        unit_of_work(partial(deed, slow, now=clock()))
    for told in (outbox.mark_later, outbox.mark_failed, outbox.mark_parked):
        unit_of_work(partial(told, slow, "too slow", now=clock()))
    assert (
        rows_of(OutgoingMail.state, OutgoingMail.lease, OutgoingMail.recipient, OutgoingMail.done_at)
        == before
    )
    unit_of_work(lambda: outbox.mark_sent(quick, now=clock()))
    assert rows_of(OutgoingMail.state, OutgoingMail.lease, OutgoingMail.leased_until) == [
        ("sent", None, None)
    ]


def test_a_mail_that_is_to_be_forgotten_is_so_by_whoever_holds_the_lease(app, clock):
    proof = Owed(house_id(), "booking:1", "erased", "de", "amina@example.org", {"name": "Amina"})
    unit_of_work(lambda: outbox.owe(replace(proof, forget_when_sent=True), now=clock()))
    slow = leased(clock)
    clock.forward(minutes=3)
    quick = leased(clock)

    unit_of_work(lambda: outbox.mark_sent(slow, now=clock()))
    assert rows_of(OutgoingMail.recipient, OutgoingMail.facts) == [("amina@example.org", {"name": "Amina"})]
    unit_of_work(lambda: outbox.mark_later(quick, "451 try later", now=clock()))
    assert rows_of(OutgoingMail.recipient) == [("amina@example.org",)]
    clock.forward(minutes=5)
    last = leased(clock)
    unit_of_work(lambda: outbox.mark_sent(last, now=clock()))

    assert rows_of(OutgoingMail.recipient, OutgoingMail.facts, OutgoingMail.state) == [("", {}, "sent")]


NOTHING_LEFT: list[tuple[Any, ...]] = [("skipped", "", {}, "")]


def left():
    return rows_of(OutgoingMail.state, OutgoingMail.recipient, OutgoingMail.facts, OutgoingMail.fault)


def test_what_is_forgotten_on_its_way_is_not_tried_again_after_a_passing_fault(app, clock):
    owe("voice:1", clock)
    mail = leased(clock)
    unit_of_work(lambda: outbox.forget_thread("voice:1"))
    assert rows_of(OutgoingMail.state, OutgoingMail.recipient) == [("leased", "")]

    unit_of_work(lambda: outbox.mark_later(mail, "451 amina@example.org: later", now=clock()))

    assert left() == NOTHING_LEFT
    clock.forward(days=1)
    assert lease(clock) is None


def test_what_is_forgotten_while_its_worker_dies_is_not_sent_by_the_next(app, clock):
    owe("voice:1", clock)
    leased(clock)
    unit_of_work(lambda: outbox.forget_thread("voice:1"))
    other = owe("voice:2", clock)
    assert leased(clock).id == other
    last = owe("voice:1", clock)
    assert lease(clock) is None, "it keeps its place until its lease ends"

    clock.forward(seconds=rules.LEASE.total_seconds())

    assert {leased(clock).id for _ in range(2)} == {last, other}
    assert left()[:1] == NOTHING_LEFT


def test_a_proof_that_is_on_its_way_when_all_is_forgotten_is_tried_again(app, clock):
    proof = Owed(house_id(), "booking:1", "erased", "de", "amina@example.org", {"name": "Amina"})
    unit_of_work(lambda: outbox.owe(replace(proof, forget_when_sent=True), now=clock()))
    mail = leased(clock)
    unit_of_work(lambda: outbox.forget_thread("booking:1"))
    unit_of_work(lambda: outbox.mark_later(mail, "451 try later", now=clock()))
    clock.forward(minutes=5)

    again = leased(clock)

    assert (again.recipient, again.facts) == ("amina@example.org", {"name": "Amina"})
    unit_of_work(lambda: outbox.mark_sent(again, now=clock()))
    assert left() == [("sent", "", {}, "")]


def test_a_mail_that_is_to_leave_all_the_same_is_forgotten_once_it_has_left(app, clock):
    owe("arrange:1", clock)
    mail = leased(clock)
    unit_of_work(lambda: outbox.forget_thread("arrange:1", leaves=True))
    unit_of_work(lambda: outbox.mark_later(mail, "451 try later", now=clock()))
    clock.forward(minutes=5)
    again = leased(clock)
    assert again.recipient == "amina@example.org"

    unit_of_work(lambda: outbox.mark_sent(again, now=clock()))

    assert left() == [("sent", "", {}, "")]


def test_a_request_that_a_cancel_overtakes_is_not_sent(app, clock):
    owe("booking:1", clock, method="REQUEST")
    on_its_way = leased(clock)
    owe("booking:1", clock, method="REQUEST")
    owe("booking:2", clock, method="REQUEST")
    assert unit_of_work(lambda: outbox.is_overtaken(on_its_way)) is False

    owe("booking:1", clock, method="CANCEL", kind="cancellation")

    assert unit_of_work(lambda: outbox.is_overtaken(on_its_way)) is True
    assert [state for (state,) in rows_of(OutgoingMail.state)] == ["leased", "skipped", "owed", "owed"]


def test_pauses_between_tries_grow(app, clock):
    owe("booking:1", clock)
    for steady in (30, 60, 120, 240, 480):
        unit_of_work(partial(outbox.mark_later, leased(clock), "451 try later", now=clock()))
        ((due_at,),) = rows_of(OutgoingMail.due_at)

        assert 0.75 * steady - 1 <= (due_at - clock()).total_seconds() <= 1.25 * steady
        clock.forward(seconds=(due_at - clock()).total_seconds() - 1)
        assert lease(clock) is None
        clock.forward(seconds=1)


def test_the_age_of_the_oldest_owed_mail_is_known(app, clock):
    assert unit_of_work(lambda: oldest_owed(clock())) is None
    owe("booking:1", clock)
    owe("booking:2", clock)
    leased(clock)

    assert unit_of_work(lambda: oldest_owed(clock.forward(minutes=2))) == 120


def test_what_a_house_withdraws_stays_owed_by_the_other(app, clock):
    owe("booking:1", clock)
    other = Owed(house_id("library"), "booking:2", "confirmation", "de", "bruno@example.org", {})
    unit_of_work(lambda: outbox.owe(other, now=clock()))
    leipzig = house_id()

    unit_of_work(lambda: outbox.withdraw_unsent(house_id=leipzig, now=clock()))

    assert rows_of(OutgoingMail.state) == [("skipped",), ("owed",)]
