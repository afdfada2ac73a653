"""Deed of staff: cancel one booking, because the visitor called or because the house has to; two mails, two counts."""

from datetime import datetime

from booking.bookings import changing, confirming, noting, states
from booking.bookings.hands import By
from booking.bookings.locking import lock_booking
from booking.bookings.refusals import NotCancellable
from booking.bookings.staff_refusals import ReasonMissing
from booking.messages.facts import CANCELLATION, CANCELLED_BY_HOUSE

BY_VISITOR, BY_HOUSE = states.CANCELLED_BY_VISITOR, states.CANCELLED_BY_HOUSE
MAILS = {BY_VISITOR: CANCELLATION, BY_HOUSE: CANCELLED_BY_HOUSE}


def cancel(
    booking_id: int,
    state: str,
    *,
    by: By,
    staff_id: int | None,
    reason: str = "",
    request_id: str = "",
    now: datetime,
) -> bool:
    """Cancel a booking past its deadline, too, until its date is over; return whether that changed anything.

    ``state``   BY_VISITOR: the booker called us; BY_HOUSE: we cannot, and say why
    ``reason``  stands in the mail of the house and on the booker's page
    Raises ReasonMissing, NotCancellable when it is over, and Stale where somebody changed it meanwhile.
    """
    if state == BY_HOUSE and not reason.strip():
        raise ReasonMissing
    page = lock_booking(booking_id)
    if page.state == state:
        return False
    by.check_seen(page.version)
    if page.state == states.TO_BE_CONFIRMED:
        confirming.end_unconfirmed(page, now=now)
        return True
    if page.state not in states.CANCELLABLE or page.ends_at <= now:
        raise NotCancellable
    page = changing.give_back(page, state=state, actor=by.actor, now=now)
    if state == BY_HOUSE:
        noting.keep_reason(booking_id, reason.strip(), staff_id=staff_id, now=now)
    if by.tells:
        told = reason.strip() if state == BY_HOUSE else ""
        changing.owe_cancellation(page, MAILS[state], reason=told, request_id=request_id, now=now)
    return True
