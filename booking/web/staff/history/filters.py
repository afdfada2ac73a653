"""What somebody looks for in the log: read from an address once; what is not known is passed over with a note."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from booking.journal.queries import ANY_DESK, ANY_STAFF, Mark, Wanted
from booking.timekit.instants import day_bounds, from_epoch, to_epoch
from booking.web.staff.history.objects import KINDS
from booking.web.staff.history.sentences import CROWDS
from booking.web.staff.pages import staff_address

_ID = re.compile(r"[0-9]{1,9}")
_ACTOR = re.compile(r"(staff|desk|host):[0-9]{1,9}")
_MARK = re.compile(r"([0-9]{1,11})-([0-9]{1,12})")


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for; empty stands for anything; ``before`` is the mark of the page before."""

    who: str = ""
    kind: str = ""
    object_id: int | None = None
    first: date | None = None
    last: date | None = None
    before: Mark | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return bool(self.who or self.kind or self.object_id or self.first or self.last)

    def wanted(self, zone: str) -> Wanted:
        """Return what the log is asked for; days are those of the house, both included."""
        return Wanted(
            actor=self.who,
            object_kind=self.kind,
            object_id=self.object_id,
            first=day_bounds(self.first, zone)[0] if self.first else None,
            until=day_bounds(self.last, zone)[1] if self.last else None,
        )

    def href(self, before: Mark | None = None) -> str:
        """Return the address of the log with these filters, from a mark on."""
        values: dict[str, object] = {
            "who": self.who,
            "kind": self.kind,
            "id": self.object_id or "",
            "from": self.first.isoformat() if self.first else "",
            "until": self.last.isoformat() if self.last else "",
            "before": f"{to_epoch(before.happened_at)}-{before.event_id}" if before else "",
        }
        return staff_address("log_list", **{name: value for name, value in values.items() if value})


def read(asked: Mapping[str, str]) -> Filters:
    """Return the filters of an address."""
    who, kind, number = (asked.get(name, "").strip() for name in ("who", "kind", "id"))
    first, last = _day(asked.get("from", "")), _day(asked.get("until", ""))
    is_who = who in ("", *CROWDS, ANY_STAFF, ANY_DESK) or bool(_ACTOR.fullmatch(who))
    is_id = not number or bool(_ID.fullmatch(number) and kind in KINDS)
    mark = _MARK.fullmatch(asked.get("before", ""))
    known = (
        is_who,
        kind in ("", *KINDS),
        is_id,
        bool(first) == bool(asked.get("from", "").strip()),
        bool(last) == bool(asked.get("until", "").strip()),
        bool(mark) == bool(asked.get("before", "")),
    )
    notes = () if all(known) else (_("A filter in the address is not known here and was passed over."),)
    if first and last and last < first:
        notes = (*notes, _("The last day lies before the first one, so that nothing can be found."))
    return Filters(
        who=who if is_who else "",
        kind=kind if kind in KINDS else "",
        object_id=int(number) if number and is_id else None,
        first=first,
        last=last,
        before=Mark(from_epoch(int(mark[1])), int(mark[2])) if mark else None,
        notes=notes,
    )


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2999 else None
