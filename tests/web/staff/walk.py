"""Every route of the staff area, filled in with what belongs to this or that corner of the houses.

A new placeholder of an address needs a line in ARGUMENTS: what it names, and whose that is.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from booking.people.permissions import Acting
from booking.web.access import ACCESS
from booking.web.staff.gate import LINK
from tests.staff import a_staff
from tests.web.staff.corners import Corner

UNKNOWN_SECRET = "A" * 44


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
    "day": Argument(lambda _corner: str(date(2027, 3, 26)), by_house=False),  # Good Friday
    "host_id": Argument(lambda corner: corner.host_id, by_host=True),
    "kind": Argument(lambda _corner: "confirmation", by_house=False),
    "mail_id": Argument(lambda corner: corner.mail_id),
    "need_id": Argument(lambda corner: corner.need_id, by_programme=True),
    "note_id": Argument(lambda corner: corner.note_id, by_programme=True),
    "number": Argument(lambda _corner: 0, by_house=False),
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
    "repair_id": Argument(lambda corner: corner.repair_id),
    "secret": Argument(lambda _corner: UNKNOWN_SECRET, by_house=False),
    "series_id": Argument(lambda corner: corner.series_id, by_programme=True, by_host=True),
    "spoken": Argument(lambda _corner: "de", by_house=False),
    "topic_id": Argument(lambda corner: corner.topic_id),
    "voice_id": Argument(lambda corner: corner.voice_id),
}
"""Every placeholder of the staff area, by its name."""

OF_VIEWS: Mapping[tuple[str, str], Argument] = {
    ("offering_need", "need_id"): Argument(lambda corner: corner.taken_id, by_programme=True),
    ("offering_need_drop", "need_id"): Argument(lambda corner: corner.taken_id, by_programme=True),
}
"""Placeholders that mean something else for one view."""


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
        return OF_VIEWS.get((self.rule.endpoint.removeprefix("staff."), name)) or ARGUMENTS[name]

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
