"""Deeds: a host is entered and changed: names, languages, what he or she can give, active or not."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, insert, or_, select, update

from booking.catalogue.models import Offering, Topic
from booking.db import execute
from booking.errors import NotFound, Stale
from booking.journal import service as journal
from booking.people.models import Host
from booking.people.service import HostDetails, enter_host
from booking.schedule import service
from booking.schedule.host_models import HostTopic
from booking.schedule.models import LANGUAGES, Allocation, Occurrence, OccurrenceHost, Skill
from booking.schedule.staff_refusals import StillPlanned, UnknownLanguage

_OURS = ("kind", "is_active")  # what the journal keeps old and new of; names and addresses it never does


@dataclass(frozen=True, slots=True)
class HostWish:
    """A host as staff want it.

    ``email``   of somebody without a sign-in, or empty
    ``skills``  ids of offerings, with whether the host takes part in each slot of it
    ``topics``  ids of what he or she knows beside the topics of the offerings
    """

    kind: str
    first_name: str
    last_name: str
    languages: tuple[str, ...]
    email: str = ""
    is_active: bool = True
    skills: Mapping[int, bool] = field(default_factory=dict)
    topics: frozenset[int] = frozenset()


def enter(wish: HostWish, *, house_id: int, now: datetime, actor: str = "system") -> int:
    """Write a host who can be planned at once, and return the id.

    Raises UnknownLanguage, and NotFound for an offering or topic of another house.
    """
    _check(wish, house_id)
    key = _free_key(wish.first_name, house_id)
    details = HostDetails(key, wish.kind, wish.first_name, wish.last_name, wish.languages)
    host_id = enter_host(details, house_id=house_id)
    execute(update(Host).where(Host.id == host_id).values(email=wish.email, is_active=wish.is_active))
    service.add_resource(house_id=house_id, capacity=1, host_id=host_id)
    _write_skills(host_id, wish)
    _record("host.entered", host_id, house_id=house_id, now=now, actor=actor, changes={})
    return host_id


def change(
    host_id: int,
    wish: HostWish,
    *,
    house_id: int,
    version: int,
    despite: int,
    now: datetime,
    actor: str = "system",
) -> None:
    """Let a host be as wished.

    ``version``  the one that the person saw; ``despite``  of how many dates to come the person knows
    Raises NotFound for a host, offering or topic of another house, Stale, UnknownLanguage, and StillPlanned
    where somebody is set inactive who still gives more dates than the person knows of.
    """
    _check(wish, house_id)
    values: dict[str, Any] = {"kind": wish.kind, "first_name": wish.first_name, "last_name": wish.last_name}
    values |= {"languages": list(wish.languages), "email": wish.email, "is_active": wish.is_active}
    before = execute(select(Host).where(Host.id == host_id, Host.house_id == house_id)).one_or_none()
    if before is None:
        raise NotFound
    mine = update(Host).where(Host.id == host_id, Host.version == version)
    if execute(mine.values(version=version + 1, **values).returning(Host.id)).scalar() is None:
        raise Stale
    planned = planned_dates(host_id, now=now)
    if before.is_active and not wish.is_active and planned > despite:
        raise StillPlanned(num=planned)
    told = {name: [getattr(before, name), values[name]] for name in _OURS}
    told |= _change_skills(host_id, wish)
    changes = {name: pair for name, pair in told.items() if pair[0] != pair[1]}
    _record("host.changed", host_id, house_id=house_id, now=now, actor=actor, changes=changes)


def planned_dates(host_id: int, *, now: datetime) -> int:
    """Return how many dates and slots to come a host gives; slots while somebody has booked or holds them."""
    is_taken = exists(select(Allocation.id).where(Allocation.claim_id == Occurrence.claim_id))
    wanted = (
        select(func.count())
        .select_from(OccurrenceHost)
        .join(Occurrence, Occurrence.id == OccurrenceHost.occurrence_id)
        .where(OccurrenceHost.host_id == host_id, Occurrence.state != "cancelled", Occurrence.ends_at > now)
        .where(or_(Occurrence.is_slot.is_(False), is_taken))
    )
    return int(execute(wanted).scalar_one())


def _check(wish: HostWish, house_id: int) -> None:
    if not set(wish.languages) <= set(LANGUAGES):
        raise UnknownLanguage
    for table, wanted in ((Offering, set(wish.skills)), (Topic, set(wish.topics))):
        found = select(table.id).where(table.id.in_(wanted), table.house_id == house_id)
        if wanted and set(execute(found).scalars()) != wanted:
            raise NotFound


def _change_skills(host_id: int, wish: HostWish) -> dict[str, list[Any]]:
    """Write what the host can give now, and return old and new of it."""
    skills = select(Skill.offering_id, Skill.is_fixed).where(Skill.host_id == host_id)
    topics = select(HostTopic.topic_id).where(HostTopic.host_id == host_id)
    before = {row.offering_id: row.is_fixed for row in execute(skills)}
    known = set(execute(topics).scalars())
    execute(delete(Skill).where(Skill.host_id == host_id))
    execute(delete(HostTopic).where(HostTopic.host_id == host_id))
    _write_skills(host_id, wish)
    return {
        "skills": [sorted(before), sorted(wish.skills)],
        "fixed": [_fixed(before), _fixed(wish.skills)],
        "topic_ids": [sorted(known), sorted(wish.topics)],
    }


def _fixed(skills: Mapping[int, bool]) -> list[int]:
    return sorted(offering_id for offering_id, is_fixed in skills.items() if is_fixed)


def _write_skills(host_id: int, wish: HostWish) -> None:
    for offering_id, is_fixed in wish.skills.items():
        service.teach(host_id, offering_id, is_fixed=is_fixed)
    if wish.topics:
        execute(insert(HostTopic), [{"host_id": host_id, "topic_id": one} for one in sorted(wish.topics)])


def _free_key(first_name: str, house_id: int) -> str:
    """Return a word for addresses, made of the first name alone: no two hosts of a house share one."""
    letters = unicodedata.normalize("NFKD", first_name.lower().replace("ß", "ss"))
    for umlaut, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        letters = letters.replace(unicodedata.normalize("NFKD", umlaut), written)
    word = re.sub(r"[^a-z0-9]+", "-", letters.encode("ascii", "ignore").decode()).strip("-")[:40] or "host"
    taken = set(
        execute(select(Host.key).where(Host.house_id == house_id, Host.key.startswith(word))).scalars()
    )
    keys = (word, *(f"{word}-{number}" for number in range(2, len(taken) + 2)))
    return next(key for key in keys if key not in taken)


def _record(
    deed: str, host_id: int, *, house_id: int, now: datetime, actor: str, changes: Mapping[str, Any]
) -> None:
    journal.record(
        deed, house_id=house_id, actor=actor, object_kind="host", object_id=host_id, now=now, changes=changes
    )
