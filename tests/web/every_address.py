"""Every address of the map, filled in: with a date, a consultation that is a walk-in, and a link of each kind."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from booking.db import unit_of_work
from booking.links import queries as links
from booking.web.access import ACCESS
from booking.web.public.secrets import secret_of
from tests.builders import a_topic, an_occurrence, an_offering
from tests.hours import an_expert
from tests.visitors import Page, Visitor
from tests.voices import a_voice_secret
from tests.walk_ins import a_desk, a_walk_in, draw
from tests.web.ways import a_secret, book, contents, hold

HELP, MIRA = "help", "mira"
KEYS = {  # by endpoint, where it names no walk-in consultation
    "public.expert": MIRA,
    "public.topic": "ai",
    "public.cooperation": "energy",
    "system.picture": "house",
}


class Places:
    """What the addresses of one house can name, with the secrets of its links by permission."""

    def __init__(self, visitor: Visitor, clock: Any) -> None:
        self.app: Flask = visitor.app
        topics = [a_topic(key=KEYS["public.topic"])]
        topics.append(a_topic(key=KEYS["public.cooperation"], kind="cooperation"))
        tours = an_offering(key="tour", topic_ids=topics)
        self.occurrence_id = an_occurrence(clock, offering_id=tours)
        an_occurrence(clock, offering_id=tours, starts_at=clock() + timedelta(days=2))  # to move to
        offering_id = a_walk_in(key=HELP)
        an_expert(offering_id, "mon 09:00-12:00", key=MIRA)
        self.ticket = draw(offering_id, clock)
        desk = a_desk(offering_id, clock)
        self.secrets = {
            "booking link": a_secret(visitor, self.occurrence_id),
            "hold link": hold(visitor, self.occurrence_id).response.request.path.split("/")[3],
            "confirmation link": self._unconfirmed(visitor, clock),
            "ticket link": secret_of(self.ticket.link_id, purpose="ticket"),
            "desk link": _newest("desk", desk.id),
            "voice link": a_voice_secret(clock),
        }

    def _unconfirmed(self, visitor: Visitor, clock: Any) -> str:
        checked = an_occurrence(clock, offering_id=an_offering(key="checked", address_check="on"))
        assert book(visitor, checked, email="zoe@example.org").status == 200
        (booking_id,) = [row[3] for row in contents(self.app)["link"] if row[2] == "confirm"]
        return _newest("confirm", booking_id)

    def of(self, rule: Rule) -> dict[str, Any]:
        """Return the values of a rule's places, but for the language."""
        known = {
            "occurrence_id": self.occurrence_id,
            "ticket_id": self.ticket.ticket_id,
            "key": KEYS.get(rule.endpoint, HELP),
            "secret": self.secrets.get(ACCESS[rule.endpoint].permission),
            "filename": "app.css",
            "name": "x",
        }
        return {name: known[name] for name in rule.arguments if name != "language"}


def form_at(visitor: Visitor, address: str) -> tuple[str, Page]:
    """Open the form of an address, by the first link that leads to it where it has to be told more; return both."""
    page = visitor.get(address)
    if not any(one.get("method") == "post" for one in page.all("form")):
        address = next(one for one in page.links() if one.startswith(f"{address}?"))
        page = visitor.get(address)
    assert page.all("form")[-1].get("method") == "post", address
    return address, page


def filled(places: Places) -> Iterator[tuple[Rule, str]]:
    """Yield every rule of the map with an address that it answers.

    The houses have no video in sign language; the staff area is walked by ``tests/web/staff/walk.py``.
    """
    adapter = places.app.url_map.bind("localhost")
    rules = (one for one in places.app.url_map.iter_rules() if not one.endpoint.startswith("staff."))
    for rule in (one for one in rules if one.endpoint != "system.signed"):
        yield rule, adapter.build(rule.endpoint, places.of(rule) | dict(rule.defaults or {}))


def _newest(purpose: str, subject_id: int) -> str:
    link_id = unit_of_work(lambda: links.newest(purpose, subject_id=subject_id))
    assert link_id is not None
    return secret_of(link_id, purpose=purpose)
