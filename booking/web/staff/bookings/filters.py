"""The filters of the list of bookings, read from an address and written into one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from booking.bookings.staff_lists import SORTS, Wanted
from booking.messages.plain import one_line
from booking.timekit.instants import day_bounds
from booking.web.labels import KINDS
from booking.web.staff.bookings.words import STATES
from booking.web.staff.pages import staff_address

MEDIA = ("on_site", "video", "phone")
LONGEST_TERM = 254
_MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list shall show, as its address says it; what is not understood there is left out.

    ``first``, ``last``  local days of the house, both included
    """

    q: str = ""
    state: str = ""
    offering: int = 0
    first: date | None = None
    last: date | None = None
    kind: str = ""
    medium: str = ""
    unreachable: bool = False
    needs: bool = False
    staff: bool = False
    sort: str = "date"
    page: int = 1

    @property
    def is_set(self) -> bool:
        """Whether anything is left out of the list."""
        return replace(self, sort="date", page=1) != Filters()

    def wanted(self, zone: str) -> Wanted:
        """Return the question for the database; days are those of the zone."""
        return Wanted(
            term=self.q,
            states=(self.state,) if self.state else (),
            offering_id=self.offering or None,
            first=day_bounds(self.first, zone)[0] if self.first else None,
            until=day_bounds(self.last, zone)[1] if self.last else None,
            kind=self.kind,
            medium=self.medium,
            unreachable=self.unreachable,
            with_needs=self.needs,
            by_staff=self.staff,
            sort=self.sort,
        )

    def values(self) -> dict[str, str]:
        """Return it as parameters of an address; what is as always is left out."""
        usual, found = asdict(Filters()), {}
        for name, value in asdict(self).items():
            if value != usual[name]:
                found[name] = "1" if value is True else str(value)
        return found

    def href(self, view: str = "booking_list", **changed: object) -> str:
        """Return the address of the list with these filters, some of them changed."""
        return staff_address(view, **replace(self, **changed).values())  # type: ignore[arg-type]


def read(asked: Mapping[str, str], *, today: date | None = None) -> Filters:
    """Return the filters of an address; without any, a list begins ``today``."""
    if not asked:
        return Filters(first=today)
    state, kind, medium, sort = (asked.get(name, "") for name in ("state", "kind", "medium", "sort"))
    return Filters(
        q=one_line(asked.get("q", ""))[:LONGEST_TERM].strip(),
        state=state if state in STATES else "",
        offering=_number(asked.get("offering", ""), most=2**31 - 1),
        first=_day(asked.get("first", "")),
        last=_day(asked.get("last", "")),
        kind=kind if kind in KINDS else "",
        medium=medium if medium in MEDIA else "",
        unreachable=asked.get("unreachable") == "1",
        needs=asked.get("needs") == "1",
        staff=asked.get("staff") == "1",
        sort=sort if sort in SORTS else "date",
        page=max(1, _number(asked.get("page", ""), most=_MOST_PAGES)),
    )


def _number(typed: str, *, most: int) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 11 and int(typed) <= most else 0


def _day(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2200 else None
