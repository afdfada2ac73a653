"""Every route of the staff area, filled in with what belongs to this or that corner of the houses.

A new placeholder of an address needs a line in ARGUMENTS: what it names, and whose that is.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import insert, select
from werkzeug.routing import AnyConverter, Rule

from booking.bookings import desks, walk_in_queries
from booking.bookings.access_models import AccessNeed
from booking.bookings.models import Booking
from booking.bookings.staff_models import BookingNote
from booking.bookings.walk_in_queries import DeskPage
from booking.catalogue.models import Offering, Topic
from booking.db import execute, unit_of_work
from booking.links import queries as links
from booking.messages.models import OutgoingMail
from booking.people.permissions import Acting
from booking.schedule import service as schedule
from booking.schedule.models import Allocation, Closure
from booking.timekit.clock import StoppedClock
from booking.web.access import ACCESS
from booking.web.staff.gate import LINK
from tests.builders import a_booking, a_host, a_pool, a_room, a_topic, an_occurrence, an_offering, house_id
from tests.hours import the_house
from tests.staff import a_programme, a_staff
from tests.voices import tell

_numbers = count(1)
UNKNOWN_SECRET = "A" * 44


class Corner:
    """A house with a programme, a host and one of each thing that pages name; made when it is asked for."""

    def __init__(self, clock: StoppedClock, *, key: str = "leipzig") -> None:
        self.clock, self.key, self.house_id = clock, key, house_id(key)

    @cached_property
    def programme_id(self) -> int:
        return a_programme(house_id=self.house_id)

    @cached_property
    def host_id(self) -> int:
        return a_host(house_id=self.house_id, kind="expert")

    @cached_property
    def offering_id(self) -> int:
        return an_offering(house_id=self.house_id, programme_id=self.programme_id, topic_ids=[self.topic_id])

    @cached_property
    def offering_key(self) -> str:
        wanted = select(Offering.key).where(Offering.id == self.offering_id)
        return unit_of_work(lambda: str(execute(wanted).scalar_one()))

    @cached_property
    def occurrence_id(self) -> int:
        return an_occurrence(
            self.clock,
            house_id=self.house_id,
            offering_id=self.offering_id,
            host_ids=(self.host_id,),
            starts_at=self.clock() + timedelta(days=1, hours=2 * next(_numbers)),
        )

    @cached_property
    def booking_id(self) -> int:
        return a_booking(self.occurrence_id, self.clock, house_id=self.house_id).booking_id

    @cached_property
    def topic_id(self) -> int:
        return a_topic(house_id=self.house_id)

    @cached_property
    def topic_key(self) -> str:
        return unit_of_work(
            lambda: str(execute(select(Topic.key).where(Topic.id == self.topic_id)).scalar_one())
        )

    @cached_property
    def place_id(self) -> int:
        return a_room(house_id=self.house_id)

    @cached_property
    def pool_id(self) -> int:
        return a_pool(8, house_id=self.house_id)

    @cached_property
    def repair_id(self) -> int:
        day = self.clock() + timedelta(days=30)

        def deed() -> int:
            schedule.repair(self.pool_id, 1, starts_at=day, ends_at=day + timedelta(days=1), now=self.clock())
            return int(execute(select(Allocation.id).order_by(Allocation.id.desc()).limit(1)).scalar_one())

        return unit_of_work(deed)

    @cached_property
    def voice_id(self) -> int:
        return tell(self.clock, key=self.key).voice_id

    @cached_property
    def closure_id(self) -> int:
        day = self.clock().date() + timedelta(days=90)

        def deed() -> int:
            schedule.close(self.house_id, day, day, reasons={"de": "Umbau"})
            wanted = select(Closure.id).where(Closure.house_id == self.house_id)
            return int(execute(wanted.order_by(Closure.id.desc()).limit(1)).scalar_one())

        return unit_of_work(deed)

    @cached_property
    def need_id(self) -> int:
        row = {"booking_id": self.booking_id, "kind": "companion", "words": "", "consent_at": self.clock()}
        row |= {"state": "open", "due_at": self.clock() + timedelta(days=1)}
        wanted = insert(AccessNeed).values(**row).returning(AccessNeed.id)
        return unit_of_work(lambda: int(execute(wanted).scalar_one()))

    @cached_property
    def reference(self) -> str:
        wanted = select(Booking.reference).where(Booking.id == self.booking_id)
        return unit_of_work(lambda: str(execute(wanted).scalar_one()))

    @cached_property
    def note_id(self) -> int:
        row = {
            "booking_id": self.booking_id,
            "kind": "note",
            "words": "Called us.",
            "written_at": self.clock(),
        }
        wanted = insert(BookingNote).values(**row, staff_id=self.person_id).returning(BookingNote.id)
        return unit_of_work(lambda: int(execute(wanted).scalar_one()))

    @cached_property
    def desk(self) -> DeskPage:
        def deed() -> DeskPage:
            house = the_house(self.key)
            link_id = desks.set_up(self.offering_id, "", house=house, now=self.clock())
            desk_id = links.subject_of(link_id, purpose="desk", house_id=house.id, now=self.clock())
            return walk_in_queries.desk(desk_id, language="de")

        return unit_of_work(deed)

    @cached_property
    def ticket_id(self) -> int:
        deed = partial(desks.draw, self.desk, house=the_house(self.key), once=f"draw-{next(_numbers)}")
        return unit_of_work(partial(deed, now=self.clock())).ticket_id

    @cached_property
    def mail_id(self) -> int:
        wanted = select(OutgoingMail.id).where(OutgoingMail.thread == f"booking:{self.booking_id}")
        return unit_of_work(lambda: int(execute(wanted.order_by(OutgoingMail.id).limit(1)).scalar_one()))

    @cached_property
    def person_id(self) -> int:
        return a_staff("desk", house_id=self.house_id, password_hash="x").staff_id


@dataclass(frozen=True, slots=True)
class Argument:
    """What a placeholder names, and whose it is.

    ``by_programme``  only whoever runs its programme may see it
    ``by_host``       guides and experts may see it only if they are the host
    ``by_house``      False for what no house owns, such as a day
    """

    of: Callable[[Corner], Any]
    by_programme: bool = False
    by_host: bool = False
    by_house: bool = True


ARGUMENTS: Mapping[str, Argument] = {
    "booking_id": Argument(lambda corner: corner.booking_id, by_programme=True, by_host=True),
    "closure_id": Argument(lambda corner: corner.closure_id),
    "day": Argument(lambda _corner: str(date(2027, 1, 13)), by_house=False),
    "host_id": Argument(lambda corner: corner.host_id, by_host=True),
    "kind": Argument(lambda _corner: "confirmation", by_house=False),
    "mail_id": Argument(lambda corner: corner.mail_id),
    "need_id": Argument(lambda corner: corner.need_id, by_programme=True),
    "note_id": Argument(lambda corner: corner.note_id, by_programme=True),
    "occurrence_id": Argument(lambda corner: corner.occurrence_id, by_programme=True, by_host=True),
    "desk_id": Argument(lambda corner: corner.desk.id, by_programme=True),
    "offering_key": Argument(lambda corner: corner.offering_key, by_programme=True),
    "ticket_id": Argument(lambda corner: corner.ticket_id, by_programme=True),
    "offering_id": Argument(lambda corner: corner.offering_id, by_programme=True),
    "person_id": Argument(lambda corner: corner.person_id),
    "place_id": Argument(lambda corner: corner.place_id),
    "pool_id": Argument(lambda corner: corner.pool_id),
    "programme_id": Argument(lambda corner: corner.programme_id),
    "reference": Argument(lambda corner: corner.reference, by_programme=True, by_host=True),
    "secret": Argument(lambda _corner: UNKNOWN_SECRET, by_house=False),
    "spoken": Argument(lambda _corner: "de", by_house=False),
    "topic_id": Argument(lambda corner: corner.topic_id),
    "voice_id": Argument(lambda corner: corner.voice_id),
}
"""Every placeholder of the staff area, by its name."""


@dataclass(frozen=True, slots=True)
class Door:
    """A route with the permission that it declares."""

    rule: Rule
    permission: str

    @property
    def names(self) -> set[str]:
        """The placeholders, but for the language."""
        return self.rule.arguments - {"language"}

    @property
    def takes_form(self) -> bool:
        return "POST" in (self.rule.methods or ())

    def argument(self, name: str) -> Argument:
        """Return what a placeholder names: one of a given list names nothing of anybody."""
        converter = self.rule._converters[name]
        if isinstance(converter, AnyConverter):
            return Argument(lambda _corner: min(converter.items), by_house=False)
        return ARGUMENTS[name]

    @property
    def unknown(self) -> set[str]:
        """The placeholders that this walk does not know."""
        given = {name for name, one in self.rule._converters.items() if isinstance(one, AnyConverter)}
        return self.names - given - ARGUMENTS.keys()

    def path(self, app: Flask, corner: Corner) -> str:
        """Return the address, filled in with what belongs to a corner."""
        values = {name: self.argument(name).of(corner) for name in self.names}
        adapter = app.url_map.bind("localhost")
        return adapter.build(self.rule.endpoint, values | dict(self.rule.defaults or {}))

    def is_of(self, what: str) -> bool:
        """Return whether a placeholder belongs to a house, a programme or a host: ``by_house`` and so on."""
        return any(getattr(self.argument(name), what) for name in self.names)


def doors(app: Flask, language: str = "de") -> Iterator[Door]:
    """Yield every route of the staff area in a language."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if rule.endpoint.startswith("staff.") and (rule.defaults or {}).get("language") == language:
            yield Door(rule, ACCESS[rule.endpoint].permission)


def inner_doors(app: Flask) -> list[Door]:
    """Return the routes behind the sign-in whose placeholders are known; a test of its own names the others."""
    inner = [one for one in doors(app) if one.permission != "public" and not one.permission.endswith(LINK)]
    return [one for one in inner if not one.unknown]


def somebody(role: str, corner: Corner, *, runs_all: bool = True) -> Acting:
    """Return somebody with a role in a corner; a coordinator runs everything, or the corner's programme alone."""
    if role == "coordinator":
        return a_staff(role, house_id=corner.house_id, programmes=None if runs_all else [corner.programme_id])
    host_id = corner.host_id if role in ("guide", "expert") else None
    return a_staff(role, house_id=corner.house_id, host_id=host_id)
