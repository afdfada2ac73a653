"""flask worker: sends what is owed and due, erases what is over."""

import logging
import random
import signal
import threading
from datetime import timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from booking.bookings import closing_lists, reminding, retention
from booking.bookings.delivering import Renderer, deliver_due
from booking.cli import lifeline
from booking.crew import retention as crew
from booking.db import db
from booking.journal import retention as journal
from booking.messages.letters import ServerAway
from booking.voices import retention as voices
from booking.web.roof import roof

log = logging.getLogger(__name__)

PAUSE = 1.0
LONGEST_PAUSE = 60.0
HOUSEKEEPING_EVERY = timedelta(minutes=10)
REMINDERS_EVERY = timedelta(minutes=1)


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due and end, instead of going on.")
@click.option("--attended", is_flag=True, help="End when standard input ends: whoever started it is gone.")
@with_appcontext
def command(once: bool, attended: bool) -> None:  # noqa: FBT001 - click hands flags over
    """Send owed mail, release expired holds, erase what has been kept long enough."""
    stop = threading.Event()
    if once:
        _remind()
        _deliver(stop)
        _keep_house()
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if attended:
        lifeline.end_when_cut()
    _go_on(stop)


def _go_on(stop: threading.Event) -> None:
    """Work until told to stop; a fault makes the pauses longer, success makes them short again."""
    pause, next_housekeeping = PAUSE, roof().clock()
    next_reminders = roof().clock()
    while not stop.is_set():
        try:
            if roof().clock() >= next_housekeeping:
                next_housekeeping = roof().clock() + HOUSEKEEPING_EVERY
                _keep_house()
            if roof().clock() >= next_reminders:
                next_reminders = roof().clock() + REMINDERS_EVERY
                _remind()
            pause = PAUSE if _deliver(stop) else min(pause * 2, LONGEST_PAUSE)
        except SQLAlchemyError:
            log.exception("the database does not answer")
            pause = min(pause * 2, LONGEST_PAUSE)
        except Exception:  # the worker goes on whatever one round meets
            log.exception("a round failed")
            pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            db.session.remove()
        stop.wait(pause * random.uniform(0.8, 1.2))  # noqa: S311 - spreads load, guards nothing


def _deliver(stop: threading.Event) -> bool:
    """Send what is due, until told to stop, and return whether the mail server was there."""
    renderer: Renderer = current_app.extensions["booking_letters"]
    transport = roof().transport
    try:
        while not stop.is_set() and deliver_due(transport, renderer, clock=roof().clock, most=1):
            pass
    except ServerAway as fault:
        log.warning("the mail server is away: %s", fault)
        return False
    finally:
        transport.close()
    return True


def _remind() -> None:
    told = reminding.send_video_addresses(now=roof().clock())
    if told:
        log.info("owed the address of %s video calls", told)


def _keep_house() -> None:
    journal.run(now=roof().clock())
    missed = closing_lists.close_lists(now=roof().clock())
    if missed:
        log.info("closed lists on which %s parties did not come", missed)
    erased, told = retention.run(now=roof().clock()), voices.run(now=roof().clock())
    left = crew.run(now=roof().clock())
    if erased.bookings or erased.mails or erased.holds or told or left:
        counts = (erased.bookings, erased.mails, erased.holds, told, left)
        log.info(
            "erased %s bookings, %s mails, %s holds, %s ideas and barrier reports, %s who worked here",
            *counts,
        )
