"""What a date lacks before visitors can see it, and how many hosts it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from booking.catalogue.models import Need, Offering, OfferingText
from booking.db import execute
from booking.schedule.publishing import Plan

NOT_OFFERED, TEXTS, HOSTS, ROOM = "not_offered", "texts", "hosts", "room"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing; of hosts, ``wanted`` are needed and ``given`` are planned."""

    kind: str
    wanted: int = 0
    given: int = 0


@dataclass(frozen=True, slots=True)
class OfferingFacts:
    """What decides of an offering whether its dates can be published."""

    state: str
    has_texts: bool
    hosts: int
    has_room: bool


def of_offerings(offering_ids: Sequence[int]) -> Mapping[int, OfferingFacts]:
    """Return what is known of offerings, by id, in two statements."""
    asked = {"offerings": sorted(set(offering_ids))}
    needs = {row.offering_id: row for row in execute(_NEEDS, asked)}
    found = {}
    for row in execute(_OFFERINGS, asked):
        of = needs.get(row.id)
        found[row.id] = OfferingFacts(
            state=row.state,
            has_texts=bool(row.title and row.summary and row.description),
            hosts=int(of.hosts or 0) if of else 0,
            has_room=bool(of and of.rooms),
        )
    return found


def lacks(plan: Plan) -> tuple[Lack, ...]:
    """Return what a date lacks; free rooms, people and equipment are another question (``clashes``)."""
    return lacks_of(plan, of_offerings([plan.offering_id])[plan.offering_id])


def lacks_of(plan: Plan, facts: OfferingFacts) -> tuple[Lack, ...]:
    """Return the same of an offering that is known already."""
    found = []
    if facts.state != "published":
        found.append(Lack(NOT_OFFERED))
    if not facts.has_texts:
        found.append(Lack(TEXTS))
    if len(plan.host_ids) < facts.hosts:
        found.append(Lack(HOSTS, wanted=facts.hosts, given=len(plan.host_ids)))
    if plan.medium == "on_site" and plan.place_id is None and not facts.has_room:
        found.append(Lack(ROOM))
    return tuple(found)


_OFFERINGS = (
    select(Offering.id, Offering.state, OfferingText.title, OfferingText.summary, OfferingText.description)
    .outerjoin(OfferingText, (OfferingText.offering_id == Offering.id) & (OfferingText.language == "de"))
    .where(Offering.id.in_(bindparam("offerings", expanding=True)))
)
_NEEDS = (
    select(
        Need.offering_id,
        func.sum(Need.quantity).filter(Need.kind == "host").label("hosts"),
        func.count().filter(Need.kind == "room").label("rooms"),
    )
    .where(Need.offering_id.in_(bindparam("offerings", expanding=True)))
    .group_by(Need.offering_id)
)
"""Statements made once: making them costs more than running them."""
