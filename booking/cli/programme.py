"""A house's programme from its file: topics, places, equipment, hosts, offerings, and their weekly dates."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from booking.catalogue import service as catalogue
from booking.catalogue.service import NeedDetails, OfferingDetails, PlaceDetails
from booking.cli.topics import checked
from booking.people import service as people
from booking.people.service import HostDetails
from booking.schedule import service as schedule
from booking.timekit.instants import at_wall

_LISTS = ("audiences", "media")
_ELSEWHERE = {
    "texts",
    "weekly",
    "needs",
    "hosts",
    "fixed_hosts",
    "hosts_needed",
    "topics",
    "place",
    "programme",
}
_HOURS = {"hours", "changed_days", "absences"}  # booking.cli.hours


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of what a programme names by key."""

    topics: Mapping[str, int]
    places: Mapping[str, int]
    pools: Mapping[str, int]
    hosts: Mapping[str, int]
    offerings: Mapping[str, int]
    programmes: Mapping[str, int]


def read(path: Path) -> Mapping[str, Any]:
    """Return the parsed file; raises TOMLDecodeError."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def enter(programme: Mapping[str, Any], *, house_id: int) -> Ids:
    """Write the catalogue and the hosts of a programme, with a resource for each thing that can be taken."""
    topics = {
        one["key"]: catalogue.enter_topic_page(checked(one, position=position), house_id=house_id)
        for position, one in enumerate(programme["topics"], start=1)
    }
    places = {one["key"]: _enter_place(one, house_id) for one in programme["places"]}
    pools = {one["key"]: _enter_pool(one, house_id) for one in programme.get("pools", [])}
    hosts = {one["key"]: _enter_host(one, house_id) for one in programme["hosts"]}
    programmes = {
        one["key"]: catalogue.enter_programme(one["key"], one["names"], house_id=house_id)
        for one in programme.get("programmes", [])
    }
    ids = Ids(topics, places, pools, hosts, {}, programmes)
    offerings = {one["key"]: _enter_offering(one, ids, house_id) for one in programme["offerings"]}
    return replace(ids, offerings=offerings)


def weekly_starts(rule: Mapping[str, Any], first: date, last: date, *, zone: str) -> Iterable[datetime]:
    """Yield the instants of a weekly rule: weekday 1 to 7, every n weeks, or the nth of its month."""
    wall = time.fromisoformat(rule["at"])
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        fits = day.isoweekday() == rule["weekday"] and day.isocalendar().week % rule.get("every", 1) == 0
        if fits and rule.get("ordinal", _ordinal(day)) == _ordinal(day):
            yield at_wall(day, wall, zone)


def _ordinal(day: date) -> int:
    return (day.day - 1) // 7 + 1


def _enter_place(one: Mapping[str, Any], house_id: int) -> int:
    details = PlaceDetails(**_without_hours(one))
    place_id = catalogue.enter_place(details, house_id=house_id)
    if details.kind == "room":
        capacity = details.people_limit if details.is_shared and details.people_limit else 1
        schedule.add_resource(house_id=house_id, capacity=capacity, place_id=place_id)
    return place_id


def _enter_pool(one: Mapping[str, Any], house_id: int) -> int:
    pool_id = catalogue.enter_pool(one["key"], one["names"], one["units"], house_id=house_id)
    schedule.add_resource(house_id=house_id, capacity=one["units"], pool_id=pool_id)
    return pool_id


def _enter_host(one: Mapping[str, Any], house_id: int) -> int:
    details = HostDetails(**(_without_hours(one) | {"languages": tuple(one["languages"])}))
    host_id = people.enter_host(details, house_id=house_id)
    schedule.add_resource(house_id=house_id, capacity=1, host_id=host_id)
    return host_id


def _enter_offering(one: Mapping[str, Any], ids: Ids, house_id: int) -> int:
    policy = {name: value for name, value in one.items() if name not in _ELSEWHERE}
    policy |= {name: tuple(one[name]) for name in _LISTS if name in one}
    details = OfferingDetails(
        **policy,
        texts=one["texts"],
        programme_id=ids.programmes[one["programme"]] if "programme" in one else None,
        topic_ids=tuple(ids.topics[key] for key in one.get("topics", [])),
        needs=tuple(_need(need, ids) for need in one.get("needs", [])),
    )
    offering_id = catalogue.enter_offering(details, house_id=house_id)
    for key in one.get("hosts", []):
        schedule.teach(ids.hosts[key], offering_id, is_fixed=key in one.get("fixed_hosts", []))
    return offering_id


def _without_hours(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name not in _HOURS}


def _need(need: Mapping[str, Any], ids: Ids) -> NeedDetails:
    named = {name: value for name, value in need.items() if name not in ("place", "pool")}
    place_id = ids.places[need["place"]] if "place" in need else None
    pool_id = ids.pools[need["pool"]] if "pool" in need else None
    return NeedDetails(**named, place_id=place_id, pool_id=pool_id)
