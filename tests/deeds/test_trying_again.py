"""Deeds of staff on the outbox: try again, give up; what it asks about bookings."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from booking.bookings import changing, outbox_queries
from booking.bookings.outbox_queries import Asked, Scope
from booking.bookings.trying_again import try_all_again
from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.errors import NotFound
from booking.journal.models import Event
from booking.messages import outbox, queries, rules, trying_again
from booking.messages.letters import Refused, ServerAway
from booking.messages.models import OutgoingMail
from booking.messages.staff_refusals import Forgotten, NewerHasLeft, NotGiveable, NotTriable
from tests.builders import a_booking, an_occurrence, an_offering, house_id
from tests.deeds.post import Carrier, deliver, leased, owe
from tests.staff import a_programme

ACTOR = "staff:7"


def mail(mail_id):
    return execute(select(OutgoingMail).where(OutgoingMail.id == mail_id)).one()


def again(mail_id, clock, house=None):
    unit_of_work(
        lambda: trying_again.try_again(mail_id, house_id=house or house_id(), actor=ACTOR, now=clock())
    )


def give_up(mail_id, clock, house=None):
    unit_of_work(
        lambda: trying_again.give_up(mail_id, house_id=house or house_id(), actor=ACTOR, now=clock())
    )


def refuse(_letter):
    raise Refused(550, "5.1.1 user unknown")


def away(_letter):
    raise ServerAway("TimeoutError: timed out")


def everything(**wanted):
    return Scope(**({"house_id": house_id(), "programme_ids": None} | wanted))


def test_a_mail_that_failed_leaves_when_it_is_tried_again(app, clock):
    mail_id = owe_booking(clock)
    deliver(Carrier(refuse), clock)
    clock.forward(days=4)

    again(mail_id, clock)
    carrier = Carrier()
    deliver(carrier, clock)

    assert len(carrier.carried) == 1
    assert mail(mail_id).state == "sent"


def owe_booking(clock, **wanted):
    a_booking(an_occurrence(clock), clock, **wanted)
    return execute(select(OutgoingMail.id).order_by(OutgoingMail.id.desc())).scalars().first()


def test_a_mail_that_waits_for_its_next_try_goes_at_once(app, clock):
    mail_id = owe_booking(clock)
    with pytest.raises(ServerAway):
        deliver(Carrier(away), clock)
    assert mail(mail_id).due_at > clock()

    again(mail_id, clock)

    assert deliver(Carrier(), clock) == 1
    assert mail(mail_id).state == "sent"


def test_what_is_tried_again_is_tried_as_long_as_a_new_mail(app, clock):
    mail_id = owe_booking(clock)
    unit_of_work(
        lambda: execute(
            update(OutgoingMail).values(state="failed", tries=rules.TRIES_AT_LEAST, done_at=clock())
        )
    )
    clock.forward(days=3)

    again(mail_id, clock)
    with pytest.raises(ServerAway):
        deliver(Carrier(away), clock)

    assert (mail(mail_id).state, mail(mail_id).tries) == ("owed", 1)


@pytest.mark.parametrize("state", ["sent", "skipped"])
def test_what_has_left_or_need_not_leave_is_not_sent_again(app, clock, state):
    mail_id = owe_booking(clock)
    unit_of_work(lambda: execute(update(OutgoingMail).values(state=state, done_at=clock())))

    with pytest.raises(NotTriable):
        again(mail_id, clock)
    with pytest.raises(NotGiveable):
        give_up(mail_id, clock)
    assert mail(mail_id).state == state


def test_what_is_being_sent_is_left_to_the_worker(app, clock):
    mail_id = owe_booking(clock)
    lease = leased(clock)

    with pytest.raises(NotTriable):
        again(mail_id, clock)
    with pytest.raises(NotGiveable):
        give_up(mail_id, clock)
    unit_of_work(lambda: outbox.mark_sent(lease, now=clock()))
    assert mail(mail_id).state == "sent"


def test_what_is_forgotten_cannot_be_sent_again(app, clock):
    mail_id = owe_booking(clock)
    values = {"state": "failed", "recipient": "", "facts": {}, "done_at": clock()}
    unit_of_work(lambda: execute(update(OutgoingMail).values(**values)))

    with pytest.raises(Forgotten):
        again(mail_id, clock)


def test_an_older_state_is_not_sent_after_a_newer_one(app, clock):
    booked = a_booking(an_occurrence(clock), clock)
    first = execute(select(OutgoingMail.id)).scalar_one()
    deliver(Carrier(refuse), clock)
    unit_of_work(lambda: changing.cancel(booked.booking_id, now=clock()))
    deliver(Carrier(), clock)

    with pytest.raises(NewerHasLeft):
        again(first, clock)
    assert mail(first).state == "failed"


def test_what_is_given_up_is_sent_no_more_and_is_no_trouble(app, clock):
    waits, failed = owe_booking(clock), owe_booking(clock, email="b@example.org")
    unit_of_work(
        lambda: execute(
            update(OutgoingMail).where(OutgoingMail.id == failed).values(state="failed", done_at=clock())
        )
    )

    give_up(waits, clock)
    give_up(failed, clock)

    assert deliver(Carrier(), clock) == 0
    assert (mail(waits).state, mail(failed).state) == ("skipped", "skipped")
    assert outbox_queries.lost(everything()) == {}
    clock.forward(hours=1)
    assert queries.trouble(house_id=house_id(), now=clock()) is None


def test_every_deed_on_the_outbox_is_noted(app, clock):
    mail_id = owe_booking(clock)
    again(mail_id, clock)
    give_up(mail_id, clock)

    noted = execute(select(Event).where(Event.object_kind == "mail").order_by(Event.id)).all()
    assert [(one.deed, one.actor, one.object_id) for one in noted] == [
        ("mail.tried_again", ACTOR, mail_id),
        ("mail.given_up", ACTOR, mail_id),
    ]


def test_a_mail_of_another_house_is_not_found(app, clock):
    mail_id, other = owe_booking(clock), house_id("library")

    for deed in (again, give_up):
        with pytest.raises(NotFound):
            deed(mail_id, clock, house=other)
    assert mail(mail_id).state == "owed"
    assert outbox_queries.mail(everything(house_id=other), mail_id) is None
    assert outbox_queries.mails(everything(house_id=other), Asked(), most=9) == []
    assert queries.trouble(house_id=other, now=clock() + timedelta(days=1)) is None


def test_all_of_a_kind_are_tried_again_and_one_that_cannot_be_stops_no_other(app, clock):
    booked = a_booking(an_occurrence(clock), clock)
    owe_booking(clock, email="b@example.org")
    owe_booking(clock, email="c@example.org")
    deliver(Carrier(refuse), clock)
    unit_of_work(lambda: changing.cancel(booked.booking_id, now=clock()))
    deliver(Carrier(), clock)
    assert outbox_queries.lost(everything()) == {"confirmation": 3}

    done = unit_of_work(lambda: try_all_again("confirmation", everything(), actor=ACTOR, now=clock()))

    assert done == (2, 1)
    assert unit_of_work(lambda: try_all_again("moved", everything(), actor=ACTOR, now=clock())) == (0, 0)


def test_a_programme_sees_the_mails_of_its_bookings_alone(app, clock):
    programme, tour = a_programme(), an_offering()
    unit_of_work(lambda: execute(update(Offering).where(Offering.id == tour).values(programme_id=programme)))
    a_booking(an_occurrence(clock, offering_id=tour), clock)
    mine = execute(select(OutgoingMail.id)).scalar_one()
    foreign, alone = owe_booking(clock, email="b@example.org"), owe("alone:x", clock)
    scope = everything(programme_ids=frozenset({programme}))

    assert [one.id for one in outbox_queries.mails(scope, Asked(), most=9)] == [mine]
    assert outbox_queries.mail(scope, mine) is not None
    assert outbox_queries.mail(scope, foreign) is outbox_queries.mail(scope, alone) is None
    assert outbox_queries.mails(everything(programme_ids=frozenset()), Asked(), most=9) == []
    unit_of_work(lambda: execute(update(OutgoingMail).values(state="failed", done_at=clock())))
    assert outbox_queries.lost(scope) == {"confirmation": 1}
    assert unit_of_work(lambda: try_all_again("confirmation", scope, actor=ACTOR, now=clock())) == (1, 0)
    assert mail(foreign).state == "failed"


def test_the_list_is_filtered_and_continued(app, clock):
    ids = [owe_booking(clock, email=f"{name}@example.org") for name in "abcde"]
    found_first = outbox_queries.mail(everything(), ids[1])
    assert found_first is not None
    reference = found_first.reference
    alone = owe("alone:x", clock, kind="links")

    def found(**asked):
        return [one.id for one in outbox_queries.mails(everything(), Asked(**asked), most=3)]

    assert found() == [alone, ids[4], ids[3]]
    assert found(before=ids[3]) == [ids[2], ids[1], ids[0]]
    assert found(reference=reference) == [ids[1]]
    assert found(kind="links") == [alone]
    assert found(states=("failed",)) == []
    assert found(since=clock() + timedelta(seconds=1)) == []


def test_trouble_is_told_after_a_quarter_of_an_hour_and_for_an_hour_after_a_loss(app, clock):
    owe_booking(clock)
    clock.forward(minutes=14)
    assert queries.trouble(house_id=house_id(), now=clock()) is None
    clock.forward(minutes=1)
    assert queries.trouble(house_id=house_id(), now=clock()) == queries.Trouble(15, 0)

    deliver(Carrier(refuse), clock)
    assert queries.trouble(house_id=house_id(), now=clock()) == queries.Trouble(0, 1)
    clock.forward(hours=1)
    assert queries.trouble(house_id=house_id(), now=clock()) is None
