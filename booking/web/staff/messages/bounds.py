"""How often somebody may send test mails."""

from datetime import timedelta

from booking.db import unit_of_work
from booking.limits import service
from booking.limits.rules import Attempt, Limit
from booking.limits.service import TooMany
from booking.links.tokens import keyed_hash
from booking.web.roof import roof

MOST = 10
_TESTS_PER_PERSON = Limit("test-mails-hour", attempts=MOST, window=timedelta(hours=1))


def count_test_mail(staff_id: int) -> None:
    """Count a test mail of a member of staff; raises TooMany."""
    attempt = Attempt(_TESTS_PER_PERSON, keyed_hash(f"staff {staff_id}", key=roof().keys[0]))
    if not unit_of_work(lambda: service.count([attempt], now=roof().clock()), lasting=False):
        raise TooMany
