"""Deed of staff: try all mails of a kind again that were not delivered."""

from datetime import datetime

from booking.bookings import outbox_queries
from booking.bookings.outbox_queries import Scope
from booking.errors import DomainError
from booking.messages import trying_again


def try_all_again(kind: str, scope: Scope, *, actor: str, now: datetime) -> tuple[int, int]:
    """Let the worker send every mail of a kind in the scope that failed; return how many, and how many cannot be.

    At most ``outbox_queries.MOST_AT_ONCE`` at a time; one that cannot be tried again stops no other.
    """
    tried = refused = 0
    for mail_id in outbox_queries.lost_of(scope, kind):
        try:
            trying_again.try_again(mail_id, house_id=scope.house_id, actor=actor, now=now)
            tried += 1
        except DomainError:
            refused += 1
    return tried, refused
