"""Rooms and equipment for the slot engine: what an offering needs, and the resources that serve it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from booking.schedule.calendars import Calendars
from booking.schedule.openings import Need, Resource
from booking.schedule.rules import units_for
from booking.schedule.taken import Takings


@dataclass(frozen=True, slots=True)
class Things:
    """What was loaded, in the medium and with names in the language that were asked for."""

    medium: str
    language: str
    calendars: Calendars
    takings: Takings

    def needs(self, offering_id: int, rows: Sequence[Row[Any]], *, people: int) -> Iterator[Need]:
        """Yield a need for each thing, or for the things of which one suffices.

        A meeting point is always there.  Of alternatives that want unlike numbers those that want as many
        as the first are looked at: the engine, like the guard, counts in one unit.
        """
        choices: dict[tuple[str, int], list[Row[Any]]] = {}
        for number, row in enumerate(rows):
            if row.kind != "host":
                key = ("one", number) if row.choice is None else ("choice", row.choice)
                choices.setdefault(key, []).append(row)
        for alike in choices.values():
            if all(row.resource_id is not None for row in alike):
                yield self._need(offering_id, alike, people)

    def _need(self, offering_id: int, alike: Sequence[Row[Any]], people: int) -> Need:
        first, units = alike[0], _units(alike[0], people)
        return Need(
            kind="room" if first.kind == "room" else "equipment",
            candidates=tuple(
                self._resource(offering_id, row) for row in alike if _units(row, people) == units
            ),
            units=units,
            before=first.before_minutes,
            after=first.after_minutes,
        )

    def _resource(self, offering_id: int, row: Row[Any]) -> Resource:
        hours = None
        if row.place_id is not None:
            hours = self.calendars.of_place(row.place_id, offering_id=offering_id, medium=self.medium)
        return Resource(
            id=row.resource_id,
            capacity=row.capacity,
            allocations=self.takings.allocations.get(row.resource_id, ()),
            calendar=hours,
            name=row.names.get(self.language) or row.names.get("de", ""),
        )


def _units(row: Row[Any], people: int) -> int:
    if row.is_shared:
        return people
    if row.people_per_unit:
        return units_for(people, people_per_unit=row.people_per_unit)
    return int(row.quantity)
