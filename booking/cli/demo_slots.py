"""The consultations of the demo: some of their free times are booked already."""

from datetime import datetime, timedelta

import click

from booking.bookings import confirming, holding, service
from booking.bookings.confirming import Contact
from booking.bookings.holding import Ask
from booking.bookings.rules import Bounds
from booking.db import unit_of_work
from booking.houses.facts import House
from booking.messages import outbox
from booking.schedule import expert_queries
from booking.schedule.choosing import Wanted
from booking.schedule.expert_queries import Consultation
from booking.schedule.loading import Asked, slot_queries
from booking.schedule.slots import free_slots
from booking.timekit.instants import from_epoch

AHEAD, EARLIER = timedelta(days=21), timedelta(hours=1)
FIRST, EACH = 1, 5  # the second of the free times, and each fifth after it
NOBODY_IS_SUSPICIOUS = Bounds(at_once=1000, per_client=1000, rush=100_000)
NAMES = ("Amina K.", "Bruno T.", "Chiara M.", "Dana W.")


def fill(house: House, *, now: datetime) -> None:
    """Let invented people book some free times of each consultation; no mail leaves for them."""
    offerings = unit_of_work(lambda: expert_queries.consultations(house.id, language="de"))
    for offering in offerings:  # one after the other: they share experts and booths
        wanted = unit_of_work(lambda: _wanted(offering, house, now=now))  # noqa: B023 - called at once
        for number, one in enumerate(wanted):
            unit_of_work(lambda: _book(one, number, house, now=now - EARLIER))  # noqa: B023
        click.echo(f"{offering.title}: {len(wanted)} bookings")


def _wanted(offering: Consultation, house: House, *, now: datetime) -> list[Wanted]:
    medium = offering.media[0]
    queries = slot_queries(house, [offering.id], asked=Asked(medium), since=now, until=now + AHEAD, now=now)
    starts = [slot.start for slot in free_slots(queries[offering.id])] if queries else []
    return [
        Wanted(house.id, offering.id, from_epoch(start), medium, None, None, people=1 + number % 2)
        for number, start in enumerate(starts[FIRST::EACH])
    ]


def _book(wanted: Wanted, number: int, house: House, *, now: datetime) -> None:
    name, key = NAMES[number % len(NAMES)], f"demo-slot-{house.key}-{wanted.offering_id}-{number}"
    ask = Ask(house.id, {"adults": wanted.people}, once=key, client=key)
    held = holding.hold_slot(wanted, ask, house=house, bounds=NOBODY_IS_SUSPICIOUS, now=now)
    email = f"{name.split(maxsplit=1)[0].lower()}@demo.example"
    contact = Contact(language="de", name=name, email=email, phone="+49 341 000000", note="")
    booked = confirming.book_held(held.hold_id, contact, now=now)
    outbox.withdraw(service.thread_of(booked.booking_id), now=now)
