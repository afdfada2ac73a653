"""What a date of an offering takes: hosts, room and equipment, whether they are free, and for how many seats.

Loaded once for any number of dates (``kit_loading``), and looked at again under the lock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from booking.schedule import rules, taken
from booking.schedule.openings import blocking
from booking.schedule.taken import Takings
from booking.schedule.taking import Share
from booking.timekit.instants import to_epoch

Names = Mapping[str, str]
HOST, ROOM, EQUIPMENT = "host", "room", "equipment"
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to plan, whenever it is.

    ``place_id``  where: a room takes the place of the one that the offering names
    """

    house_id: int
    offering_id: int
    medium: str = "on_site"
    host_ids: tuple[int, ...] = ()
    place_id: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is taken, with its buffers in minutes; ``owner_id`` is that of the host, place or pool."""

    kind: str
    owner_id: int
    resource_id: int
    capacity: int
    names: Names
    before: int = 0
    after: int = 0
    quantity: int = 1
    people_per_unit: int | None = None
    is_shared: bool = False

    def units(self, seats: int) -> int:
        """Return how many units so many seats take."""
        if self.is_shared:
            return seats
        if self.people_per_unit:
            return rules.units_for(seats, people_per_unit=self.people_per_unit)
        return self.quantity

    def span(self, starts_at: datetime, ends_at: datetime) -> tuple[int, int]:
        """Return when it is taken, buffers included, in epoch seconds."""
        return to_epoch(starts_at) - self.before * _MINUTE, to_epoch(ends_at) + self.after * _MINUTE


@dataclass(frozen=True, slots=True)
class Blocked:
    """A thing that is not free, with the claims that take it at that time, and what would be taken of it."""

    item: Item
    claim_ids: frozenset[int]
    share: Share


@dataclass(frozen=True, slots=True)
class Fit:
    """What a date would take; ``seats`` may be fewer than wanted, because of the equipment ``limited_by``."""

    seats: int
    limited_by: Item | None
    shares: tuple[Share, ...]
    blocked: tuple[Blocked, ...]

    def whole(self) -> list[Share]:
        """Return all that the date takes, whether it is free or not: the guard has the last word."""
        return [*self.shares, *(one.share for one in self.blocked)]


@dataclass(frozen=True, slots=True)
class Kit:
    """All that a date takes: of each group one item is enough."""

    groups: tuple[tuple[Item, ...], ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that could be taken."""
        return tuple(item for group in self.groups for item in group)

    def resource_ids(self) -> frozenset[int]:
        """Return what is to be locked before it is taken."""
        return frozenset(item.resource_id for item in self.items)

    def takings(self, since: datetime, until: datetime, *, now: datetime) -> Takings:
        """Return what is taken of it between two instants, buffers included, in at most two statements."""
        reach = _MINUTE * max((max(one.before, one.after) for one in self.items), default=0)
        return taken.load(
            taken.Wanted(
                since=to_epoch(since),
                until=to_epoch(until),
                reach=reach,
                resources=self.resource_ids(),
                hosts=frozenset(one.owner_id for one in self.items if one.kind == HOST),
                sharing=frozenset(),
                limited=frozenset(),
                medium="",
                moving=None,
                now=to_epoch(now),
            )
        )

    def fit(
        self,
        span: tuple[datetime, datetime],
        seats: int,
        takings: Takings,
        *,
        ignored: frozenset[int] = frozenset(),
        now: datetime,
    ) -> Fit:
        """Return what a date between two instants would take.

        ``ignored``  claims that are given back before anything is taken
        Of a group the first that suffices is taken.  Where no equipment is left, no seats are.
        """
        use = _Use(span, takings, ignored, to_epoch(now))
        planned, limited_by = self._seats(use, seats)
        shares, blocked = [], []
        for group in self.groups:
            chosen = next((one for one in group if 0 < one.units(planned) <= use.free(one)), None)
            if chosen is None:
                blocked.append(Blocked(group[0], use.claims(group[0]), _share(group[0], span, planned)))
            else:
                shares.append(_share(chosen, span, planned))
        return Fit(planned, limited_by, tuple(shares), tuple(blocked))

    def _seats(self, use: "_Use", wanted: int) -> tuple[int, Item | None]:
        """Return for how many seats the equipment suffices, and what lowered them."""
        seats, limited_by = wanted, None
        for group in self.groups:
            possible = [(use.free(one) * one.people_per_unit, one) for one in group if one.people_per_unit]
            most, best = max(possible, key=itemgetter(0), default=(seats, None))
            if most < seats:
                seats, limited_by = max(0, most), best
        return seats, limited_by


def _share(item: Item, span: tuple[datetime, datetime], seats: int) -> Share:
    return Share(item.resource_id, *item.span(*span), max(1, item.units(seats)))


@dataclass(frozen=True, slots=True)
class _Use:
    """What is taken between two instants, at ``now`` in epoch seconds."""

    span: tuple[datetime, datetime]
    takings: Takings
    ignored: frozenset[int]
    now: int

    def free(self, item: Item) -> int:
        """Return how many units of it are free all the time."""
        start, end = item.span(*self.span)
        load = blocking(self.takings.allocations.get(item.resource_id, ()), self.now, self.ignored)
        return item.capacity - rules.peak(load, start=start, end=end)

    def claims(self, item: Item) -> frozenset[int]:
        """Return the claims that take some of it."""
        start, end = item.span(*self.span)
        rows = self.takings.allocations.get(item.resource_id, ())
        own = [one for one in rows if one.start < end and one.end > start]
        alive = (one for one in own if one.expires_at is None or one.expires_at > self.now)
        return frozenset(one.claim_id for one in alive) - self.ignored
