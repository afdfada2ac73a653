"""Deed of the worker: send what is owed, one mail after the other, and note how each went."""

import logging
from datetime import datetime
from typing import Protocol

from booking.bookings import queries, reaching
from booking.crew import resetting
from booking.db import unit_of_work
from booking.messages import facts, outbox, rules
from booking.messages.facts import LINKS, STAFF_KINDS, BookingFacts, StaffFacts, Told
from booking.messages.letters import Letter, Refused, ServerAway, Transport, TryLater
from booking.messages.outbox import Leased
from booking.timekit.clock import Clock

log = logging.getLogger(__name__)


class Renderer(Protocol):
    """What writes a letter from facts; the roof hands one in."""

    def letter(self, mail: Leased, told: Told) -> Letter:
        """Return the letter of a mail; any exception means that it cannot be made."""
        ...


def deliver_due(transport: Transport, renderer: Renderer, *, clock: Clock, most: int = 200) -> int:
    """Send due mails, at most ``most``, and return how many were dealt with.

    Each mail is leased in a transaction of its own, sent outside of any, and
    marked in another: a worker that is killed in between leaves a lease that
    ends.  Raises ServerAway when the mail server is away: nothing else would
    get through either, and the caller waits.
    """
    for number in range(most):
        mail = unit_of_work(lambda: outbox.lease_next(now=clock()))
        if mail is None:
            return number
        _deliver(mail, transport, renderer, clock=clock)
    return most


def _deliver(mail: Leased, transport: Transport, renderer: Renderer, *, clock: Clock) -> None:
    letter = _letter(mail, renderer, now=clock())
    if letter is None:
        return
    try:
        transport.send(letter)
    except Refused as fault:
        _give_up(mail, str(fault), now=clock())
    except TryLater as fault:
        _later(mail, str(fault), now=clock())
    except ServerAway as fault:
        _later(mail, str(fault), now=clock())
        raise
    except Exception as fault:  # one broken letter never stops the others
        log.exception("mail %s cannot be sent", mail.id)
        _poison(mail, fault, now=clock())
    else:
        unit_of_work(lambda: outbox.mark_sent(mail, remark=letter.remark, now=clock()))
        log.info("mail %s sent: %s", mail.id, mail.kind)


def _letter(mail: Leased, renderer: Renderer, *, now: datetime) -> Letter | None:
    """Return the letter, or None when the mail was skipped, put off or parked."""
    try:
        told = unit_of_work(lambda: _told_if_wanted(mail, now=now))
        return renderer.letter(mail, told) if told else None
    except Exception as fault:  # one broken template or fact never stops the others
        log.exception("mail %s cannot be written", mail.id)
        _poison(mail, fault, now=now)
        return None


def _told_if_wanted(mail: Leased, *, now: datetime) -> Told:
    """Return what to tell of; without anything, the mail is skipped."""
    told: Told
    if mail.kind == LINKS:
        told = _facts_of_address(mail, now=now)
    elif mail.kind in STAFF_KINDS and "staff_id" not in mail.facts:
        told = _facts_of_staff(mail, now=now)
    else:
        told = [] if outbox.is_overtaken(mail) else facts.read(mail.kind, mail.facts)
    if not told:
        outbox.mark_skipped(mail, now=now)
    return told


def _facts_of_staff(mail: Leased, *, now: datetime) -> list[StaffFacts]:
    found = resetting.told(mail.kind, mail.recipient, mail.facts, house_id=mail.house_id, now=now)
    return [found] if found else []


def _facts_of_address(mail: Leased, *, now: datetime) -> list[BookingFacts]:
    found = queries.ahead_of(mail.recipient, house_id=mail.house_id, now=now)
    return [
        queries.booking(booking_id, language=mail.language).facts(
            link_id=link_id, stamp=now, language=mail.language
        )
        for booking_id, link_id in found
    ]


def _poison(mail: Leased, fault: Exception, *, now: datetime) -> None:
    told = f"{type(fault).__name__}: {fault}"
    if mail.tries >= rules.POISON_TRIES:
        unit_of_work(lambda: outbox.mark_parked(mail, told, now=now))
    else:
        unit_of_work(lambda: outbox.mark_later(mail, told, now=now))


def _later(mail: Leased, fault: str, *, now: datetime) -> None:
    if rules.is_given_up(mail.created_at, tries=mail.tries, now=now):
        _give_up(mail, fault, now=now)
    else:
        unit_of_work(lambda: outbox.mark_later(mail, fault, now=now))


def _give_up(mail: Leased, fault: str, *, now: datetime) -> None:
    log.warning("mail %s is undeliverable", mail.id)
    unit_of_work(lambda: _fail(mail, fault, now=now))


def _fail(mail: Leased, fault: str, *, now: datetime) -> None:
    reaching.mark_unreachable(
        mail.thread, recipient=mail.recipient, now=now
    )  # the booking before the mail: the order of all deeds
    outbox.mark_failed(mail, fault, now=now)
