"""Questions for the slot engine: everything that decides about free times, in a constant number of statements."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from booking.db import execute
from booking.houses.facts import House
from booking.schedule import calendars, taken
from booking.schedule.calendars import Calendars
from booking.schedule.closures import Closing, closing
from booking.schedule.loading_statements import EVERYBODY, NEEDS, OFFERINGS, SKILLED
from booking.schedule.slots import Host, HostMode, Policy, SlotQuery
from booking.schedule.taken import Takings
from booking.schedule.things import Things
from booking.timekit.instants import local_date, to_epoch
from booking.timekit.intervals import Span

_ByOffering = Mapping[int, Sequence[Row[Any]]]
_FAR = 3660  # days: beyond what anybody plans
_MARGIN = timedelta(days=3)  # hours that run past midnight, and slots that end on the next day


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor wants.

    ``language``  one that a host of the slot must speak
    ``host_id``   this host takes part
    ``moving``    the claim of the booking that is moved: of a private slot that of its occurrence, of a
                  shared one that of the party
    ``overrules`` staff ask: lead time and horizon do not bind
    """

    medium: str = "on_site"
    language: str | None = None
    host_id: int | None = None
    party: int = 1
    moving: int | None = None
    overrules: bool = False


@dataclass(frozen=True, slots=True)
class _World:
    """What was loaded for all offerings together."""

    asked: Asked
    zone: str
    now: int
    span: Span
    calendars: Calendars
    closing: Closing
    takings: Takings
    things: Things


def slot_queries(
    house: House,
    offering_ids: Sequence[int],
    *,
    asked: Asked,
    since: datetime,
    until: datetime,
    now: datetime,
    language: str = "de",
) -> Mapping[int, SlotQuery]:
    """Return what the engine must know of each offering to find the starts in ``[since, until)``.

    An offering is left out if it is not one of the house, not published, not booked by slot, or not to be
    had in the medium.  Hosts are those who are active, have the skill and can be taken; a fixed host who is
    not active leaves the offering without any slot.  Resources bear the ids of their table.

    ``language``  of the page: closures and things are named in it
    """
    return _queries(SKILLED, house, offering_ids, asked, (since, until), language, now=now)


def staff_queries(
    house: House,
    offering_ids: Sequence[int],
    *,
    asked: Asked,
    since: datetime,
    until: datetime,
    now: datetime,
    language: str = "de",
) -> Mapping[int, SlotQuery]:
    """Return the same with the hosts, too, who have hours and lack the skill: they explain, and give no slot."""
    return _queries(EVERYBODY, house, offering_ids, asked, (since, until), language, now=now)


def _queries(
    hosts_wanted: Any,
    house: House,
    offering_ids: Sequence[int],
    asked: Asked,
    span: tuple[datetime, datetime],
    language: str,
    *,
    now: datetime,
) -> Mapping[int, SlotQuery]:
    wanted = {"house": house.id, "offerings": list(offering_ids), "medium": asked.medium}
    offerings = execute(OFFERINGS, wanted).all()
    if not offerings:
        return {}
    wanted["offerings"] = [row.id for row in offerings]
    hosts = _by_offering(execute(hosts_wanted, wanted).all())
    needs = _by_offering(execute(NEEDS, wanted).all())
    first, last = (local_date(instant, house.zone) for instant in (span[0] - _MARGIN, span[1] + _MARGIN))
    host_ids = {row.host_id for rows in hosts.values() for row in rows}
    place_ids = {row.place_id for rows in needs.values() for row in rows if row.place_id is not None}
    known = calendars.load(house, host_ids=host_ids, place_ids=place_ids, first=first, last=last)
    takings = taken.load(_wanted(offerings, hosts, needs, asked, span, now=now))
    world = _World(
        asked=asked,
        zone=house.zone,
        now=to_epoch(now),
        span=(to_epoch(span[0]), to_epoch(span[1])),
        calendars=known,
        closing=closing(house, first, last, language=language),
        takings=takings,
        things=Things(asked.medium, language, known, takings),
    )
    return {row.id: _query(row, hosts.get(row.id, ()), needs.get(row.id, ()), world) for row in offerings}


def _wanted(
    offerings: Sequence[Row[Any]],
    hosts: _ByOffering,
    needs: _ByOffering,
    asked: Asked,
    span: tuple[datetime, datetime],
    *,
    now: datetime,
) -> taken.Wanted:
    givers = [row for rows in hosts.values() for row in rows]
    things = [row for rows in needs.values() for row in rows]
    buffers = [max(row.before_minutes, row.after_minutes) for row in things]
    found = {row.resource_id for row in (*givers, *things) if row.resource_id is not None}
    limits = {row.id for row in offerings if row.per_day or row.per_week or row.minutes_per_day}
    return taken.Wanted(
        since=to_epoch(span[0]),
        until=to_epoch(span[1]),
        reach=60 * (max(row.minutes for row in offerings) + max(buffers, default=0)),
        resources=frozenset(found),
        hosts=frozenset(row.host_id for row in givers),
        sharing=frozenset(row.id for row in offerings if row.is_shared),
        limited=frozenset(limits),
        medium=asked.medium,
        moving=asked.moving,
        now=to_epoch(now),
    )


def _query(
    offering: Row[Any], hosts: Sequence[Row[Any]], needs: Sequence[Row[Any]], world: _World
) -> SlotQuery:
    asked = world.asked
    policy = _policy(offering, hosts, needs, overrules=asked.overrules)
    people = offering.seats if offering.is_shared else asked.party
    return SlotQuery(
        policy=policy,
        hosts=tuple(_hosts(offering.id, policy, hosts, world)),
        zone=world.zone,
        now=world.now,
        since=world.span[0],
        until=world.span[1],
        party=asked.party,
        needs=tuple(world.things.needs(offering.id, needs, people=people)),
        closures=world.closing.closures,
        opened=world.closing.opened,
        bookings=world.takings.bookings.get(offering.id, ()),
        moving=asked.moving,
        language=asked.language,
    )


def _policy(
    offering: Row[Any], hosts: Sequence[Row[Any]], needs: Sequence[Row[Any]], *, overrules: bool = False
) -> Policy:
    """Return how an offering is booked; fixed-and-any with nobody fixed is any."""
    own = [need for need in needs if need.kind == "host"]
    fixed = tuple(row.host_id for row in hosts if row.is_fixed)
    mode = HostMode(offering.host_mode)
    is_fixed = mode is HostMode.FIXED_AND_ANY and bool(fixed)
    return Policy(
        duration=offering.minutes,
        step=offering.step_minutes or offering.minutes,
        offset=offering.offset_minutes,
        before=max((need.before_minutes for need in own), default=0),
        after=max((need.after_minutes for need in own), default=0),
        notice=0 if overrules else offering.notice_minutes,
        horizon=_FAR if overrules else offering.horizon_days,
        per_day=offering.per_day,
        per_week=offering.per_week,
        minutes_per_day=offering.minutes_per_day,
        capacity=offering.seats if offering.is_shared else 1,
        mode=mode if is_fixed or mode is HostMode.ALL else HostMode.ANY,
        fixed=fixed if is_fixed else (),
    )


def _hosts(offering_id: int, policy: Policy, rows: Sequence[Row[Any]], world: _World) -> Iterator[Host]:
    asked, takings = world.asked, world.takings
    shared = takings.shared.get(offering_id, ())
    for row in _chosen(policy, rows, asked.host_id):
        allocations = takings.allocations.get(row.resource_id, ())
        claims = {one.claim_id for one in allocations} if shared else set()
        yield Host(
            id=row.host_id,
            calendar=world.calendars.of_host(row.host_id, offering_id=offering_id, medium=asked.medium),
            allocations=allocations,
            busy=takings.busy.get(row.host_id, ()),
            shared=tuple(one for one in shared if one.claim_id in claims),
            languages=frozenset(row.languages),
            is_skilled=bool(row.is_skilled),
            name=f"{row.first_name} {row.last_name}",
        )


def _chosen(policy: Policy, rows: Sequence[Row[Any]], host_id: int | None) -> list[Row[Any]]:
    """Return the active hosts who may take part; with a wanted one, only those with whom it does."""
    active = [row for row in rows if row.is_active]
    if policy.mode is HostMode.ALL:
        team = [row for row in active if row.is_skilled]
        return team if host_id is None or host_id in {row.host_id for row in team} else []
    if host_id is None or host_id in policy.fixed:
        return active
    return [row for row in active if row.host_id == host_id or row.host_id in policy.fixed]


def _by_offering(rows: Sequence[Row[Any]]) -> _ByOffering:
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.offering_id].append(row)
    return found
