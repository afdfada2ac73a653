"""Questions of staff about programmes, topics, places and pools: lists with how often each is used, and one alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, func, select

from booking.catalogue.models import Need, Offering, OfferingTopic, Place, Pool, Programme, Topic
from booking.db import execute
from booking.errors import NotFound

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme, and how many offerings stand in it."""

    id: int
    key: str
    names: Names
    version: int
    offerings: int


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic or a cooperation with all that its page tells, and on how many offerings it is marked."""

    id: int
    key: str
    kind: str
    names: Names
    position: int
    texts: Mapping[str, Mapping[str, Any]]
    partners: list[Mapping[str, Any]]
    links: list[Mapping[str, Any]]
    picture: str
    is_published: bool
    version: int
    offerings: int


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A room or a meeting point, and how many offerings that are not archived need it."""

    id: int
    key: str
    kind: str
    names: Names
    address: str
    latitude: float | None
    longitude: float | None
    people_limit: int | None
    is_shared: bool
    is_step_free: bool
    is_active: bool
    version: int
    offerings: int


@dataclass(frozen=True, slots=True)
class PoolLine:
    """A pool of equipment, and how many offerings that are not archived need it."""

    id: int
    key: str
    names: Names
    units: int
    is_active: bool
    version: int
    offerings: int


Line = TypeVar("Line", ProgrammeLine, TopicLine, PlaceLine, PoolLine)


def programmes(house_id: int) -> list[ProgrammeLine]:
    """Return the programmes of a house by name."""
    return _all(_PROGRAMMES, ProgrammeLine, house_id)


def topics(house_id: int) -> list[TopicLine]:
    """Return the topics and cooperations of a house, hidden ones too, in the order of its pages."""
    return [TopicLine(*row) for row in execute(_TOPICS, {"house": house_id})]


def places(house_id: int) -> list[PlaceLine]:
    """Return the rooms and meeting points of a house by name, also those that are not in use any more."""
    return _all(_PLACES, PlaceLine, house_id)


def pools(house_id: int) -> list[PoolLine]:
    """Return the pools of a house by name, also those that are not in use any more."""
    return _all(_POOLS, PoolLine, house_id)


def programme(programme_id: int, *, house_id: int) -> ProgrammeLine:
    """Return a programme; raises NotFound."""
    return _one(programmes(house_id), programme_id)


def topic(topic_id: int, *, house_id: int) -> TopicLine:
    """Return a topic or a cooperation; raises NotFound."""
    return _one(topics(house_id), topic_id)


def place(place_id: int, *, house_id: int) -> PlaceLine:
    """Return a place; raises NotFound."""
    return _one(places(house_id), place_id)


def pool(pool_id: int, *, house_id: int) -> PoolLine:
    """Return a pool; raises NotFound."""
    return _one(pools(house_id), pool_id)


def _one(lines: list[Line], wanted: int) -> Line:
    for line in lines:
        if line.id == wanted:
            return line
    raise NotFound


def _all(statement: Select[*tuple[Any, ...]], line: Any, house_id: int) -> list[Any]:
    lines = [line(*row) for row in execute(statement, {"house": house_id})]
    return sorted(lines, key=lambda one: (one.names.get("de", "").casefold(), one.id))


def _statement(table: Any, line: Any, used: Any) -> Select[*tuple[Any, ...]]:
    columns = [getattr(table, name) for name in line.__dataclass_fields__ if name != "offerings"]
    return select(*columns, used.scalar_subquery()).where(table.house_id == bindparam("house"))


def _needed(column: Any, own: Any) -> Any:
    needed = select(func.count(func.distinct(Need.offering_id))).join(
        Offering, Offering.id == Need.offering_id
    )
    return needed.where(column == own, Offering.state != "archived")


_PROGRAMMES = _statement(
    Programme, ProgrammeLine, select(func.count(Offering.id)).where(Offering.programme_id == Programme.id)
)
_TOPICS = _statement(
    Topic,
    TopicLine,
    select(func.count(OfferingTopic.offering_id)).where(OfferingTopic.topic_id == Topic.id),
).order_by(Topic.position, Topic.key)
_PLACES = _statement(Place, PlaceLine, _needed(Need.place_id, Place.id))
_POOLS = _statement(Pool, PoolLine, _needed(Need.pool_id, Pool.id))
