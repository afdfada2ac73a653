"""When a walk-in is open: the hours in which hosts of the offering are there, less what closes the house."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from booking.db import execute
from booking.houses.facts import House
from booking.people.models import Host
from booking.schedule import calendars
from booking.schedule.closures import Closing, closing
from booking.schedule.models import LONGEST_SECONDS, Allocation, Claim, Resource, Skill
from booking.schedule.openings import closed_spans, expand
from booking.timekit.instants import from_epoch, local_date, to_epoch
from booking.timekit.intervals import Span, contains, merge, subtract

AHEAD = timedelta(days=60)  # how far the next opening is looked for
_MEDIUM = "on_site"


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether somebody is there now, and until when; else when somebody is there next, if that is known.

    ``hosts``      how many are there now and not taken by a booking or a date
    ``closed_by``  what closes the house just now, or an empty string
    """

    is_open: bool = False
    until: datetime | None = None
    opens_at: datetime | None = None
    hosts: int = 0
    closed_by: str = ""


def opening(offering_id: int, *, house: House, now: datetime, language: str = "de") -> Opening:
    """Return whether numbers of an offering are given out now, by the calendars of its hosts and the closures."""
    return openings([offering_id], house=house, now=now, language=language)[offering_id]


def openings(
    offering_ids: Iterable[int], *, house: House, now: datetime, language: str = "de"
) -> Mapping[int, Opening]:
    """Return the opening of each offering, in seven statements for any number of them."""
    skilled = _skilled(list(offering_ids), house_id=house.id)
    hosts = {host for some in skilled.values() for host in some}
    first = local_date(now, house.zone)
    last, since, until = first + AHEAD, to_epoch(now), to_epoch(now + AHEAD)
    found = calendars.load(house, host_ids=hosts, place_ids=(), first=first, last=last)
    closes = closing(house, first, last, language=language)
    closed = closed_spans(closes.closures, closes.opened, house.zone, since=since, until=until)
    closed_by, taken = _closed_by(closes, house.zone, since), _taken(hosts, at=since)

    def there(offering_id: int, host_id: int) -> list[Span]:
        calendar = found.of_host(host_id, offering_id=offering_id, medium=_MEDIUM)
        return subtract(expand(calendar, since=since, until=until)[0], closed)

    hours = {one: {host: there(one, host) for host in able} for one, able in skilled.items()}
    return {one: presence(hours[one], taken=taken, closed_by=closed_by, at=since) for one in hours}


def presence(
    hours: Mapping[int, Sequence[Span]], *, taken: Iterable[int], closed_by: str, at: int
) -> Opening:
    """Return the opening that the hours of several hosts make together; ``taken`` hosts are there and busy."""
    together = merge(span for spans in hours.values() for span in spans)
    until = next((end for start, end in together if start <= at < end), None)
    opens_at = next((start for start, _ in together if start > at), None)
    return Opening(
        is_open=until is not None,
        until=None if until is None else from_epoch(until),
        opens_at=None if opens_at is None else from_epoch(opens_at),
        hosts=len({host for host, spans in hours.items() if contains(spans, at)} - set(taken)),
        closed_by=closed_by,
    )


def _skilled(offering_ids: list[int], *, house_id: int) -> Mapping[int, list[int]]:
    """Return the active hosts of each offering."""
    wanted = select(Skill.offering_id, Skill.host_id).join(Host, Host.id == Skill.host_id)
    mine = (Skill.offering_id.in_(offering_ids), Host.house_id == house_id, Host.is_active.is_(True))
    found: dict[int, list[int]] = {one: [] for one in offering_ids}
    for row in execute(wanted.where(*mine).order_by(Skill.host_id)):
        found[row.offering_id].append(row.host_id)
    return found


def _taken(hosts: Iterable[int], *, at: int) -> set[int]:
    """Return who of the hosts is taken by a booking, a date or a hold at this moment."""
    wanted = select(Resource.host_id).join(Allocation, Allocation.resource_id == Resource.id)
    wanted = wanted.join(Claim, Claim.id == Allocation.claim_id).where(Resource.host_id.in_(list(hosts)))
    wanted = wanted.where(or_(Claim.expires_at.is_(None), Claim.expires_at > at))
    now = (Allocation.starts_at <= at, Allocation.starts_at > at - LONGEST_SECONDS, Allocation.ends_at > at)
    return {int(host) for host in execute(wanted.where(*now)).scalars()}


def _closed_by(closes: Closing, zone: str, at: int) -> str:
    """Return the name of what closes the house at this moment, or an empty string."""
    for one in closes.closures:
        if contains(closed_spans([one], closes.opened, zone, since=at, until=at + 1), at):
            return one.name
    return ""
