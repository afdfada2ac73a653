"""Corners of the houses: a house, a programme, a host, and one of each thing that pages name."""

from datetime import timedelta
from functools import cached_property, partial
from itertools import count

from sqlalchemy import insert, select, update

from booking.bookings import desks, walk_in_queries
from booking.bookings.access_models import AccessNeed
from booking.bookings.models import Booking
from booking.bookings.staff_models import BookingNote
from booking.bookings.walk_in_queries import DeskPage
from booking.catalogue.models import Need, Offering, Topic
from booking.db import execute, unit_of_work
from booking.links import queries as links
from booking.messages.models import OutgoingMail
from booking.schedule import service as schedule
from booking.schedule.models import Closure, Occurrence, Repair
from booking.schedule.series_models import Series
from booking.timekit.clock import StoppedClock
from tests.builders import (
    a_booking,
    a_host,
    a_need,
    a_pool,
    a_room,
    a_topic,
    an_occurrence,
    an_offering,
    house_id,
)
from tests.hours import the_house
from tests.staff import a_programme, a_staff
from tests.voices import tell

_numbers = count(1)


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
        needs = (a_need(kind="room", place_id=self.place_id),)
        return an_offering(
            house_id=self.house_id,
            programme_id=self.programme_id,
            topic_ids=[self.topic_id],
            needs=needs,
        )

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
        names, link = (
            {"de": "Stadt", "en": "City"},
            {"url": "https://stadt.example", "labels": {"de": "Stadt"}},
        )
        partner = {"names": names, "part": {"de": "hilft mit", "en": "helps"}}
        return a_topic(house_id=self.house_id, partners=[partner], links=[link])

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
        first = self.clock() + timedelta(days=30)
        last, mine = first + timedelta(days=1), select(Repair.id).where(Repair.pool_id == self.pool_id)

        def deed() -> int:
            schedule.repair(self.pool_id, 1, starts_at=first, ends_at=last, now=self.clock())
            return int(execute(mine).scalar_one())

        return unit_of_work(deed)

    @cached_property
    def series_id(self) -> int:
        day = self.clock().date() + timedelta(days=2)
        row = {"house_id": self.house_id, "offering_id": self.offering_id, "once": f"walk-{next(_numbers)}"}
        row |= {
            "rhythm": "weekly",
            "weekdays": [day.isoweekday()],
            "ordinal": None,
            "times": None,
            "version": 1,
        }
        row |= {"first_day": day, "last_day": day + timedelta(days=28), "created_at": self.clock()}
        row |= {"state_holidays": "skip", "school_holidays": "open"}
        wanted = insert(Series).values(**row).returning(Series.id)
        mine = update(Occurrence).where(Occurrence.id == self.occurrence_id)

        def deed() -> int:
            series_id = int(execute(wanted).scalar_one())
            execute(mine.values(series_id=series_id, series_day=day))
            return series_id

        return unit_of_work(deed)

    @cached_property
    def taken_id(self) -> int:
        """What each date of the offering takes: a room."""
        wanted = select(Need.id).where(Need.offering_id == self.offering_id)
        return unit_of_work(lambda: int(execute(wanted).scalar_one()))

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
