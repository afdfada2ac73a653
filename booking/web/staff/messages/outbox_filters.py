"""What the outbox is asked: states, kind, age, a booking, and where the page begins."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from booking.bookings.outbox_queries import Asked
from booking.messages.plain import one_line
from booking.web.staff.messages.names import KINDS
from booking.web.staff.messages.names import STATES as KNOWN_STATES
from booking.web.staff.pages import staff_address

TROUBLE, WAITING = "trouble", "waiting"
_SEVERAL = {TROUBLE: ("failed", "parked"), WAITING: ("owed", "leased")}
STATES = (TROUBLE, WAITING, *KNOWN_STATES)
DAYS = ("1", "7", "30")
_ID = re.compile(r"[0-9]{1,12}")
_REFERENCE = re.compile(r"[A-Z0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Filters:
    """The form above the list, as it was sent; what is not known is passed over."""

    state: str = ""
    kind: str = ""
    days: str = ""
    reference: str = ""
    before: str = ""

    def asked(self, now: datetime) -> Asked:
        """Return what to ask of the database."""
        return Asked(
            states=_SEVERAL.get(self.state, (self.state,) if self.state else ()),
            kind=self.kind,
            since=now - timedelta(days=int(self.days)) if self.days else None,
            reference=self.reference,
            before=int(self.before) if self.before else None,
        )

    def href(self, before: str = "") -> str:
        """Return the address of the list with these filters, from a mail on or from the newest."""
        told = {"state": self.state, "kind": self.kind, "days": self.days, "reference": self.reference}
        query = urlencode({name: value for name, value in (told | {"before": before}).items() if value})
        return f"{staff_address('outbox_list')}{'?' if query else ''}{query}"

    @property
    def is_narrow(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.state or self.kind or self.days or self.reference)


def read(args: MultiDict[str, str]) -> Filters:
    """Return the filters that an address names."""
    reference = one_line(args.get("reference", "")).replace(" ", "").upper()
    return Filters(
        state=args.get("state", "") if args.get("state") in STATES else "",
        kind=args.get("kind", "") if args.get("kind") in KINDS and args.get("kind") != "every" else "",
        days=args.get("days", "") if args.get("days") in DAYS else "",
        reference=reference[:12] if _REFERENCE.fullmatch(reference[:12]) else "",
        before=args.get("before", "") if _ID.fullmatch(args.get("before", "")) else "",
    )
