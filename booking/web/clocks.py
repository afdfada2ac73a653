"""The clock that views ask: in development an address may set it, so that every state can be seen."""

from datetime import UTC, datetime

from flask import has_request_context, request

from booking.timekit.clock import Clock


def settable(clock: Clock) -> Clock:
    """Return a clock that obeys ``?at=2027-01-12T14:00`` on pages that change nothing; else it is ``clock``.

    A time without a zone is UTC; one that cannot be read is passed over.
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
    return (asked if asked.tzinfo else asked.replace(tzinfo=UTC)).astimezone(UTC)
