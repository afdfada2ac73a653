"""Where a date was dropped in the calendar: the form that changes it begins with that; nothing is changed yet."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from booking.schedule.publishing import Plan
from booking.web.staff.hours.fields import read_day, read_minute

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID = re.compile(r"[0-9]{1,9}")


def dropped(args: Mapping[str, str], before: Plan) -> dict[str, Any]:
    """Return what an address says of the new day, time, room and host, as the form holds it.

    ``day``, ``at``  by the clock of the house, such as 2027-01-12 and 15:30
    ``place``        a room
    ``host``         who gives it in place of the host ``instead``, or as one more; 0 for nobody
    What is not understood is passed over: the form shows what stands.
    """
    found: dict[str, Any] = {}
    if (day := _day(args.get("day", ""))) is not None:
        found["day"] = day
    minute = read_minute(args.get("at", ""))
    if minute is not None and minute < 1440:
        found["at"] = minute
    if place := _id(args.get("place", "")):
        found["place"] = place
    if "host" in args:
        left = [str(one) for one in before.host_ids if str(one) != args.get("instead", "")]
        found["hosts"] = [*left, *([_id(args["host"])] if _id(args["host"]) not in ("", *left) else [])]
    return found


def _day(typed: str) -> date | None:
    return read_day(typed) if _DAY.fullmatch(typed) else None


def _id(typed: str) -> str:
    """Return an id as forms hold it, or nothing for 0 and for what is none."""
    return str(int(typed)) if typed.isascii() and _ID.fullmatch(typed) and int(typed) else ""
