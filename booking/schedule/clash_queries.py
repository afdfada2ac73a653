"""Questions about what is in the way of a date: who takes something, what a host can, how many a room takes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, select

from booking.catalogue.models import Offering, Place
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.people.models import Host
from booking.schedule.models import Occurrence, Skill


@dataclass(frozen=True, slots=True)
class Taker:
    """What takes something: a date by its title and times, or nothing that has a name."""

    title: str
    span: tuple[datetime, datetime] | None


@dataclass(frozen=True, slots=True)
class HostFacts:
    """What decides whether somebody can give an offering."""

    id: int
    name: str
    languages: tuple[str, ...]
    is_active: bool
    is_skilled: bool


def takers(claim_ids: Collection[int], *, language: str) -> Mapping[int, Taker]:
    """Return the dates behind claims, by claim; others (repairs, needs of visitors) have no title."""
    if not claim_ids:
        return {}
    rows = execute(_TAKERS, {"claims": sorted(claim_ids), "language": language})
    return {row.claim_id: Taker(row.title, (row.starts_at, row.ends_at)) for row in rows}


def hosts(host_ids: Collection[int], *, offering_id: int) -> Mapping[int, HostFacts]:
    """Return what is known of hosts, by id."""
    if not host_ids:
        return {}
    rows = execute(_HOSTS, {"hosts": list(host_ids), "offering": offering_id})
    return {
        row.id: HostFacts(
            row.id,
            f"{row.first_name} {row.last_name}".strip(),
            tuple(row.languages),
            row.is_active,
            bool(row.is_skilled),
        )
        for row in rows
    }


def people_limit(place_id: int | None) -> int | None:
    """Return how many people may be in a place, if that is known."""
    if place_id is None:
        return None
    found: int | None = execute(select(Place.people_limit).where(Place.id == place_id)).scalar()
    return found


_TAKERS = with_texts(
    select(Occurrence.claim_id, text("title"), Occurrence.starts_at, Occurrence.ends_at)
    .select_from(Occurrence)
    .join(Offering, Offering.id == Occurrence.offering_id)
).where(Occurrence.claim_id.in_(bindparam("claims", expanding=True)))
_HOSTS = select(
    Host.id,
    Host.first_name,
    Host.last_name,
    Host.languages,
    Host.is_active,
    exists(
        select(Skill.host_id).where(Skill.host_id == Host.id, Skill.offering_id == bindparam("offering"))
    ).label("is_skilled"),
).where(Host.id.in_(bindparam("hosts", expanding=True)))
"""Statements made once: making them costs more than running them."""
