"""The clock that views ask: in development an address may set it, so that every state can be seen."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import g, has_request_context, request

from booking.timekit.clock import Clock
from booking.web.context import house


def settable(clock: Clock) -> Clock:
    """Return a clock that obeys ``?at=2027-01-12T14:00`` on pages that change nothing; else it is ``clock``.

    A time without a zone is by the clock of the house; one that cannot be read is passed over.
    """

    def now() -> datetime:
        if not has_request_context() or request.method != "GET" or "at" not in request.args:
            return clock()
        return _asked(request.args["at"]) or clock()

    return now


def _asked(text: str) -> datetime | None:
    try:
        asked = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not 2000 <= asked.year <= 2100:
        return None
    if asked.tzinfo is not None:
        return asked.astimezone(UTC)
    if "house" not in g and g.get("is_asked_for_house", False):
        return None  # who finds the house asks for the time, too
    g.is_asked_for_house = True
    return asked.replace(tzinfo=ZoneInfo(house().zone)).astimezone(UTC)
