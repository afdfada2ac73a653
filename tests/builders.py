"""Builders: each makes one thing and names only what the test is about."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from booking.bookings import service as bookings
from booking.bookings.service import Booked, Wish
from booking.catalogue import service as catalogue
from booking.catalogue.service import NeedDetails, OfferingDetails, PlaceDetails, TopicDetails
from booking.db import db, unit_of_work
from booking.houses.models import House
from booking.people import service as people
from booking.people.service import HostDetails
from booking.schedule import publishing
from booking.schedule import service as schedule
from booking.schedule.publishing import Plan
from booking.timekit.clock import StoppedClock

_numbers = count(1)
TEXTS = {
    "de": {"title": "Rundgang", "summary": "Das Lab in 60 Minuten.", "description": "Wir zeigen alles."},
    "en": {
        "title": "Guided tour",
        "summary": "The lab in 60 minutes.",
        "description": "We show you everything.",
    },
}


def house_id(key: str = "leipzig") -> int:
    """Return the id of a house that the template holds."""
    return unit_of_work(lambda: db.session.execute(select(House.id).where(House.key == key)).scalar_one())


def an_offering(**wanted: Any) -> int:
    """Write a published offering of Leipzig and return its id; a tour of an hour with 15 places."""
    house = wanted.pop("house_id", None) or house_id()
    details: dict[str, Any] = {
        "key": f"tour-{next(_numbers)}",
        "kind": "tour",
        "minutes": 60,
        "seats": 15,
        "party_max": 15,
        "texts": TEXTS,
    }
    return unit_of_work(
        lambda: catalogue.enter_offering(OfferingDetails(**(details | wanted)), house_id=house)
    )


def a_topic(**wanted: Any) -> int:
    """Write a topic of Leipzig with a page and return its id."""
    house = wanted.pop("house_id", None) or house_id()
    details: dict[str, Any] = {
        "key": f"topic-{next(_numbers)}",
        "names": {"de": "Künstliche Intelligenz", "en": "Artificial intelligence"},
        "texts": {"de": {"lead": "Wo nutzt die Stadt sie?", "body": "Und wo könnte sie?"}},
    }
    return unit_of_work(
        lambda: catalogue.enter_topic_page(TopicDetails(**(details | wanted)), house_id=house)
    )


def a_room(**wanted: Any) -> int:
    """Write a room with its resource and return the id of the place."""
    key, house = f"room-{next(_numbers)}", wanted.pop("house_id", None) or house_id()
    details = {"key": key, "kind": "room", "names": {"de": "Foyer", "en": "Foyer"}} | wanted

    def deed() -> int:
        place_id = catalogue.enter_place(PlaceDetails(**details), house_id=house)
        schedule.add_resource(house_id=house, capacity=1, place_id=place_id)
        return place_id

    return unit_of_work(deed)


def a_pool(units: int, **wanted: Any) -> int:
    """Write a pool with its resource and return its id."""
    names = wanted.get("names", {"de": "VR-Brillen", "en": "VR headsets"})
    house = wanted.get("house_id") or house_id()

    def deed() -> int:
        pool_id = catalogue.enter_pool(f"pool-{next(_numbers)}", names, units, house_id=house)
        schedule.add_resource(house_id=house, capacity=units, pool_id=pool_id)
        return pool_id

    return unit_of_work(deed)


def a_host(**wanted: Any) -> int:
    """Write a host with a resource and return the id."""
    key, house = f"host-{next(_numbers)}", wanted.pop("house_id", None) or house_id()
    details = {
        "key": key,
        "kind": "guide",
        "first_name": "Mira",
        "last_name": "Vogt",
        "languages": ("de",),
    } | wanted

    def deed() -> int:
        host_id = people.enter_host(HostDetails(**details), house_id=house)
        schedule.add_resource(house_id=house, capacity=1, host_id=host_id)
        return host_id

    return unit_of_work(deed)


def a_need(**wanted: Any) -> NeedDetails:
    """Return a need."""
    return NeedDetails(**wanted)


def an_occurrence(clock: StoppedClock, **wanted: Any) -> int:
    """Publish a date, tomorrow at the same time unless told otherwise, and return its id."""
    seats = wanted.pop("seats", 15)
    offering_id = wanted.pop("offering_id", None) or an_offering(seats=seats, party_max=seats)
    starts_at: datetime = wanted.pop("starts_at", clock() + timedelta(days=1))
    plan = {
        "house_id": wanted.pop("house_id", None) or house_id(),
        "offering_id": offering_id,
        "starts_at": starts_at,
        "ends_at": wanted.pop("ends_at", starts_at + timedelta(hours=1)),
        "seats": seats,
        "language": "de",
        "host_ids": (),
        "place_id": None,
    } | wanted
    return unit_of_work(lambda: publishing.publish(Plan(**plan), now=clock()))


def a_wish(occurrence_id: int, **wanted: Any) -> Wish:
    """Return what Amina asks for: three people."""
    details: dict[str, Any] = {
        "house_id": wanted.pop("house_id", None) or house_id(),
        "occurrence_id": occurrence_id,
        "language": "de",
        "name": "Amina Kaya",
        "email": "amina@example.org",
        "phone": "",
        "note": "",
        "party": {"adults": 2, "children": 1},
    }
    return Wish(**(details | wanted))


def a_booking(occurrence_id: int, clock: StoppedClock, **wanted: Any) -> Booked:
    """Book as Amina does, and return the booking."""
    once = wanted.pop("once", f"once-{next(_numbers)}")
    wish = a_wish(occurrence_id, **wanted)
    return unit_of_work(lambda: bookings.book(wish, once=once, now=clock()))
