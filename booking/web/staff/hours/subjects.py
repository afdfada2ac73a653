"""Whose hours a page is about: a host, a room, or the one who is signed in; and the addresses of their pages."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from booking.errors import NotFound
from booking.schedule import host_queries, hours_queries
from booking.schedule.hours import Of
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.roof import roof
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address

_VIEWS = {
    "host": ("hours_page", "hours_week", "hours_day", "hours_absence"),
    "room": ("hours_room", "hours_room_week", "hours_room_day", "hours_room_absence"),
    "own": ("hours_own", "hours_own_week", "hours_own_day", "hours_own_absence"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A host or a room with hours; ``kind`` says by which addresses: of a host, of a room, one's own."""

    of: Of
    name: str
    kind: str
    is_active: bool = True

    @property
    def page_href(self) -> str:
        """The page with all hours."""
        return self._href(0)

    @property
    def week_href(self) -> str:
        """The form of the weekly hours."""
        return self._href(1)

    @property
    def day_href(self) -> str:
        """The form of a day with other hours."""
        return self._href(2)

    @property
    def absence_href(self) -> str:
        """The form of an absence."""
        return self._href(3)

    @property
    def heading(self) -> str:
        """What the page with all hours is called."""
        return _("My hours") if self.kind == "own" else _("Hours: %(name)s", name=self.name)

    def _href(self, number: int) -> str:
        ids = {"host": {"host_id": self.of.host_id}, "room": {"place_id": self.of.place_id}, "own": {}}
        return staff_address(_VIEWS[self.kind][number], **ids[self.kind])


def of_host(host_id: int) -> Subject:
    """Return a host of the house of whoever is signed in; raises NotFound."""
    found = host_queries.host(host_id, house_id=acting().house_id)
    return Subject(Of(host_id=found.id), found.name, "host", found.is_active)


def of_room(place_id: int) -> Subject:
    """Return a room of the house; raises NotFound."""
    name = hours_queries.room_name(place_id, house_id=acting().house_id, language=language())
    return Subject(Of(place_id=place_id), name, "room")


def own() -> Subject:
    """Return the host who is signed in; raises NotFound for staff who are no host."""
    host_id = acting().host_id
    if host_id is None:
        raise NotFound
    found = host_queries.host(host_id, house_id=acting().house_id)
    return Subject(Of(host_id=found.id), found.name, "own", found.is_active)


def today() -> date:
    """Return the local day of the house."""
    return local_date(roof().clock(), house().zone)
