"""Whose day somebody sees: all of a programme, the days around today at the desk, the dates that one gives; pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from booking.people.permissions import DESK, HOSTS, Acting
from booking.timekit.instants import day_bounds

DESK_DAYS = 7
NOTHING, FIRST_NAME, NAME = 0, 1, 2
"""What of a party somebody sees: nothing at all; its first name, size and needs; its whole name."""


@dataclass(frozen=True, slots=True)
class DayScope:
    """What somebody may see of the dates of a house, and of who comes to them."""

    acting: Acting
    desk_since: datetime
    desk_until: datetime

    @property
    def house_id(self) -> int:
        """Whose dates."""
        return self.acting.house_id

    @property
    def own_host_id(self) -> int | None:
        """The host that somebody is, if dates are shown for that reason."""
        return self.acting.host_id if self.acting.roles & HOSTS else None

    @property
    def sees_house(self) -> bool:
        """Whether rooms and people of the whole house are shown, not only one's own dates."""
        return self.acting.may("dates.edit") or DESK in self.acting.roles

    def sight(self, *, programme_id: int | None, starts_at: datetime, host_ids: Collection[int]) -> int:
        """Return what of a date's parties somebody sees: NAME, FIRST_NAME or NOTHING."""
        is_at_desk = DESK in self.acting.roles and self.desk_since <= starts_at < self.desk_until
        if is_at_desk or self.acting.runs(programme_id):
            return NAME
        return FIRST_NAME if self.own_host_id is not None and self.own_host_id in host_ids else NOTHING


def scope_of(acting: Acting, *, today: date, zone: str) -> DayScope:
    """Return the scope of somebody; the desk sees seven local days before and after today."""
    reach = timedelta(days=DESK_DAYS)
    return DayScope(acting, day_bounds(today - reach, zone)[0], day_bounds(today + reach, zone)[1])


def first_name(name: str) -> str:
    """Return how a guide calls somebody: the first word of the name."""
    return next(iter(name.split(maxsplit=1)), "")
