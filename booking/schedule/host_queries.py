"""Questions about hosts as those who run the house see them: whom there is, what each can give, when."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from booking.catalogue.models import Offering, Topic
from booking.catalogue.queries import text, with_texts
from booking.db import execute
from booking.errors import NotFound
from booking.people.models import Host, Staff
from booking.schedule.availability_models import AvailabilityRule
from booking.schedule.host_models import HostTopic
from booking.schedule.models import Skill

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HostRow:
    """A host in a list; ``rules``: how many weekly hours there are."""

    id: int
    kind: str
    first_name: str
    last_name: str
    languages: tuple[str, ...]
    is_active: bool
    has_login: bool
    rules: int
    skills: tuple[str, ...]
    topics: tuple[str, ...]

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class HostFilter:
    """Which hosts are wanted; None or empty: whatever they are."""

    words: str = ""
    kind: str = ""
    language: str = ""
    offering_id: int | None = None
    topic_id: int | None = None
    is_active: bool | None = True


@dataclass(frozen=True, slots=True)
class HostPage:
    """A host with all that can be edited."""

    id: int
    kind: str
    first_name: str
    last_name: str
    languages: tuple[str, ...]
    email: str
    is_active: bool
    version: int
    has_login: bool
    skills: Mapping[int, bool]
    topics: frozenset[int]

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


def hosts(house_id: int, *, wanted: HostFilter, language: str) -> list[HostRow]:
    """Return the hosts of a house by name, in three statements; whoever is found is found by all words."""
    rows = execute(_filtered(wanted), {"house": house_id}).all()
    skills = _lists(_SKILLS, house_id, language)
    topics = _lists(_TOPICS, house_id, language)
    return [
        HostRow(
            id=row.id,
            kind=row.kind,
            first_name=row.first_name,
            last_name=row.last_name,
            languages=tuple(row.languages),
            is_active=row.is_active,
            has_login=row.has_login > 0,
            rules=row.rules,
            skills=tuple(one.title for one in skills[row.id]),
            topics=tuple(_said(one.names, language) for one in topics[row.id]),
        )
        for row in rows
        if not wanted.language or wanted.language in row.languages
        if _is_named(f"{row.first_name} {row.last_name}", wanted.words)
    ]


def host(host_id: int, *, house_id: int) -> HostPage:
    """Return one host of the house, in three statements; raises NotFound."""
    row = execute(_ONE, {"host": host_id, "house": house_id}).one_or_none()
    if row is None:
        raise NotFound
    skills = execute(select(Skill.offering_id, Skill.is_fixed).where(Skill.host_id == host_id))
    topics = execute(select(HostTopic.topic_id).where(HostTopic.host_id == host_id))
    return HostPage(
        id=row.id,
        kind=row.kind,
        first_name=row.first_name,
        last_name=row.last_name,
        languages=tuple(row.languages),
        email=row.email,
        is_active=row.is_active,
        version=row.version,
        has_login=row.has_login > 0,
        skills={one.offering_id: one.is_fixed for one in skills},
        topics=frozenset(topics.scalars()),
    )


def offerings(house_id: int, *, language: str) -> list[tuple[int, str, str]]:
    """Return id, title and kind of all offerings of a house that are not archived, by title."""
    return [tuple(row) for row in execute(_OFFERINGS, {"house": house_id, "language": language})]


def bookable_by_slot(house_id: int, *, language: str) -> list[tuple[int, str]]:
    """Return id and title of what the house publishes to be booked by slot, by title."""
    wanted = _OFFERINGS.where(Offering.booked_by == "slot", Offering.state == "published")
    rows = execute(wanted, {"house": house_id, "language": language})
    return [(int(row.id), str(row.title)) for row in rows]


def topics(house_id: int, *, language: str) -> list[tuple[int, str]]:
    """Return id and name of all topics of a house, by name."""
    wanted = select(Topic.id, Topic.names).where(Topic.house_id == house_id)
    found = [(int(row.id), _said(row.names, language)) for row in execute(wanted)]
    return sorted(found, key=lambda one: one[1].lower())


def _filtered(wanted: HostFilter) -> Select[*tuple[Any, ...]]:
    statement = _HOSTS
    if wanted.kind:
        statement = statement.where(Host.kind == wanted.kind)
    if wanted.is_active is not None:
        statement = statement.where(Host.is_active.is_(wanted.is_active))
    if wanted.offering_id is not None:
        able = select(Skill.host_id).where(Skill.offering_id == wanted.offering_id)
        statement = statement.where(Host.id.in_(able))
    if wanted.topic_id is not None:
        knows = select(HostTopic.host_id).where(HostTopic.topic_id == wanted.topic_id)
        statement = statement.where(Host.id.in_(knows))
    return statement


def _is_named(name: str, words: str) -> bool:
    """Whether a name holds all words; databases disagree about small and large umlauts."""
    return all(word in name.lower() for word in words.lower().split())


def _lists(wanted: Any, house_id: int, language: str) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in execute(wanted, {"house": house_id, "language": language}):
        found[row.host_id].append(row)
    return found


def _said(names: Names, language: str) -> str:
    return names.get(language) or names.get("de", "")


_LOGIN = select(func.count()).where(Staff.host_id == Host.id, Staff.is_active.is_(True)).scalar_subquery()
_RULES = select(func.count()).where(AvailabilityRule.host_id == Host.id).scalar_subquery()
_COLUMNS = (Host.id, Host.kind, Host.first_name, Host.last_name, Host.languages, Host.is_active)
_HOSTS = (
    select(*_COLUMNS, _LOGIN.label("has_login"), _RULES.label("rules"))
    .where(Host.house_id == bindparam("house"))
    .order_by(func.lower(Host.first_name), func.lower(Host.last_name), Host.id)
)
_ONE = select(*_COLUMNS, Host.email, Host.version, _LOGIN.label("has_login")).where(
    Host.id == bindparam("host"), Host.house_id == bindparam("house")
)
_SKILLS = (
    with_texts(
        select(Skill.host_id, text("title"))
        .select_from(Skill)
        .join(Offering, Offering.id == Skill.offering_id)
    )
    .where(Offering.house_id == bindparam("house"), Offering.state != "archived")
    .order_by(text("title"))
)
_TOPICS = (
    select(HostTopic.host_id, Topic.names)
    .join(Topic, Topic.id == HostTopic.topic_id)
    .where(Topic.house_id == bindparam("house"))
    .order_by(Topic.key)
)
_OFFERINGS = (
    with_texts(select(Offering.id, text("title"), Offering.kind).select_from(Offering))
    .where(Offering.house_id == bindparam("house"), Offering.state != "archived")
    .order_by(text("title"), Offering.id)
)
"""Statements made once: making them costs more than running them."""
