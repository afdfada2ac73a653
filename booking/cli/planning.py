"""Dates from weekly rules, with hosts and rooms that are free."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from booking.cli import programme
from booking.cli.programme import Ids
from booking.houses.facts import House
from booking.schedule.closures import closed_days
from booking.schedule.house_closing import open_on
from booking.schedule.publishing import Plan, publish
from booking.timekit.instants import day_bounds, local_date


@dataclass(frozen=True, slots=True)
class Run:
    """A published date with what its bookings need to know."""

    occurrence_id: int
    offering: Mapping[str, Any]
    starts_at: datetime
    fill: str = ""  # how many come, where that is not left to chance


def publish_dates(
    found: Mapping[str, Any], ids: Ids, house: House, first: date, last: date, *, now: datetime
) -> list[Run]:
    """Publish the weekly dates of a programme on the open days from ``first`` to ``last``, and return them."""
    closed = closed_days(house, first, last, language="de")
    diary = Diary(found, ids)
    starts = sorted(
        chain.from_iterable(
            (
                (start, offering["key"], rule)
                for start in programme.weekly_starts(rule, first, last, zone=house.zone)
            )
            for offering in found["offerings"]
            if offering.get("state", "published") == "published"
            for rule in offering.get("weekly", [])
        ),
        key=lambda one: (one[0], one[1]),
    )
    offerings = {one["key"]: one for one in found["offerings"]}
    runs = []
    for start, key, rule in starts:
        plan = diary.plan(offerings[key], rule, start, house_id=house.id)
        if plan is not None and local_date(start, house.zone) not in closed:
            runs.append(Run(publish(plan, now=now), offerings[key], start))
    return runs


def today_too(
    found: Mapping[str, Any], ids: Ids, house: House, runs: Iterable[Run], *, now: datetime
) -> list[Run]:
    """Publish one more date where none of today is going on or to come, and return it; the house opens for it."""
    if any(_is_today(run, house, now=now) for run in runs):
        return []
    today, diary = local_date(now, house.zone), Diary(found, ids)
    half_hour = timedelta(minutes=30)
    begins, ends = day_bounds(today, house.zone)
    soon = begins + ((now - begins) // half_hour + 2) * half_hour
    for offering in (one for one in found["offerings"] if one.get("weekly")):
        start = min(soon, ends - timedelta(minutes=offering["minutes"]))
        plan = diary.plan(offering, offering["weekly"][0], start, house_id=house.id)
        if plan is not None:
            if today in closed_days(house, today, today, language="de"):
                open_on(today, house_id=house.id, now=now)
            return [Run(publish(plan, now=now), offering, start, fill="some")]
    return []


def _is_today(run: Run, house: House, *, now: datetime) -> bool:
    """Whether a run of today is going on or still to come."""
    ends_at = run.starts_at + timedelta(minutes=run.offering["minutes"])
    return ends_at > now and local_date(run.starts_at, house.zone) == local_date(now, house.zone)


class Diary:
    """Who and which room is taken when, so that the demo plans no conflict that the guard would refuse."""

    def __init__(self, found: Mapping[str, Any], ids: Ids) -> None:
        self._ids = ids
        self._languages = {host["key"]: host["languages"] for host in found["hosts"]}
        self._shared = {place["key"] for place in found["places"] if place.get("is_shared")}
        self._taken: dict[str, list[tuple[datetime, datetime]]] = {}

    def plan(
        self, offering: Mapping[str, Any], rule: Mapping[str, Any], start: datetime, *, house_id: int
    ) -> Plan | None:
        """Return a plan with free hosts who speak the language, or None if the date cannot be staffed."""
        needs = offering.get("needs", [])
        margin = timedelta(
            minutes=max(
                [need.get(side, 0) for need in needs for side in ("before_minutes", "after_minutes")],
                default=0,
            )
        )
        end = start + timedelta(minutes=offering["minutes"])
        span = (start - margin, end + margin)
        language = rule.get("language", "de")
        able = [
            key for key in offering["hosts"] if language in self._languages[key] and self._is_free(key, span)
        ]
        wanted = offering.get("hosts_needed", 1)
        rooms = [
            need["place"] for need in needs if need["kind"] == "room" and need["place"] not in self._shared
        ]
        if len(able) < wanted or not all(self._is_free(room, span) for room in rooms):
            return None
        able.sort(key=lambda key: len(self._taken.get(key, [])))
        for key in (*able[:wanted], *rooms):
            self._taken.setdefault(key, []).append(span)
        return Plan(
            house_id=house_id,
            offering_id=self._ids.offerings[offering["key"]],
            starts_at=start,
            ends_at=end,
            seats=offering["seats"],
            language=language,
            host_ids=tuple(self._ids.hosts[key] for key in able[:wanted]),
            place_id=self._ids.places.get(offering.get("place", "")),
        )

    def _is_free(self, key: str, span: tuple[datetime, datetime]) -> bool:
        return all(span[1] <= taken[0] or taken[1] <= span[0] for taken in self._taken.get(key, []))
