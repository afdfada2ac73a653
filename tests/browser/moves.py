"""Ways to the pages on which a booking is moved or its party changed, in each of their states."""

from datetime import timedelta
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from booking.db import unit_of_work
from booking.links.tokens import token
from booking.schedule import expert_queries, listing
from booking.schedule.loading import Asked, slot_queries
from booking.timekit.instants import from_epoch
from booking.web.roof import roof
from tests.browser.demo import an_address
from tests.builders import a_booking
from tests.holds import a_slot_booking
from tests.hours import the_house

if TYPE_CHECKING:
    from booking.schedule.queries import Date
    from tests.browser.demo import Demo
    from tests.browser.surfer import Surfer

CONSULTATION = "sprechstunde-ki"  # of the demo's programme: two experts, in the house, by video, by phone
_numbers = count(1)


def a_visit(demo: "Demo", date: "Date | None" = None) -> str:
    """Book a tour for two as somebody with another browser, and return the secret of the link."""
    wanted = date or demo.with_room(3)  # one more than come, so that their party can grow
    with demo.machine.inside() as clock:
        number = f"surfer {clock().timestamp()} {next(_numbers)}"
        party = {"adults": 1, "children": 1}
        booked = a_booking(wanted.id, clock, once=number, party=party, email=an_address())
        return token(booked.link_id, purpose="manage", key=roof().keys[0])


def a_consultation(demo: "Demo") -> str:
    """Book a consultation as somebody with another browser, and return the secret of the link."""
    with demo.machine.inside() as clock:
        now, house = clock(), the_house()
        until = now + timedelta(days=60)
        found = unit_of_work(
            lambda: expert_queries.consultation(CONSULTATION, house_id=house.id, language="de")
        )
        load = partial(slot_queries, house, [found.id], asked=Asked(), since=now, until=until, now=now)
        slot = listing.soonest(unit_of_work(load)[found.id], most=10)[-1]
        client = f"surfer {now.timestamp()} {next(_numbers)}"
        booked = a_slot_booking(found.id, from_epoch(slot.start), clock, client=client, once=client)
        return token(booked.link_id, purpose="manage", key=roof().keys[0])


def dates(surfer: "Surfer") -> None:
    """The other dates of a tour by day."""
    surfer.visit("move", secret=a_visit(surfer.demo))


def question(surfer: "Surfer") -> None:
    """The page with both times and one button."""
    dates(surfer)
    surfer.follow("main .date__link")


def moved(surfer: "Surfer") -> None:
    """The booking after the button was pressed."""
    question(surfer)
    surfer.send()


def refused(surfer: "Surfer") -> None:
    """The list with the reason why the wanted time is none of it."""
    date = surfer.demo.take()
    secret = a_visit(surfer.demo, date)
    others = [one for some in surfer.demo.dates.values() for one in some]
    other = next(one for one in others if one.offering_id != date.offering_id)
    surfer.go(f"{surfer.path('move', secret=secret)}?to={other.id}", 422)


def late(surfer: "Surfer") -> None:
    """The page of a booking that can no longer be moved, with the reason."""
    date = surfer.demo.take()
    secret = a_visit(surfer.demo, date)
    at = f"{date.starts_at - timedelta(minutes=1):%Y-%m-%dT%H:%M}"
    surfer.go(f"{surfer.path('manage', secret=secret)}?at={at}")


def times(surfer: "Surfer") -> None:
    """The free times of a consultation by day, with the questions how and with whom."""
    surfer.visit("move", secret=a_consultation(surfer.demo))


def call(surfer: "Surfer") -> None:
    """A move to a call that asks for the number, and was sent without it."""
    surfer.visit("move", secret=a_consultation(surfer.demo))
    surfer.follow("main .chips a[href*='medium=phone']")
    for _later in range(6):  # the tests before may have taken all that is near
        if surfer.page.locator("main .time__link").count():
            break
        surfer.follow("main a[rel=next]")
    surfer.follow("main .time__link")
    surfer.send(422)


def party(surfer: "Surfer") -> None:
    """The form for another number of people."""
    surfer.visit("change_party", secret=a_visit(surfer.demo))


def party_with_a_mistake(surfer: "Surfer") -> None:
    """The same with what is no number."""
    party(surfer)
    surfer.type(adults="zwölf")
    surfer.send(422)


def changed(surfer: "Surfer") -> None:
    """The booking after more people were told."""
    party(surfer)
    surfer.type(adults="2")
    surfer.send()
