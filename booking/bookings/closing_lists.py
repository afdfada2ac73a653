"""Deed of the worker: close the lists of dates that have long been over, where the house wants that."""

from datetime import datetime
from functools import partial

from booking.bookings import attendance_queries, attending
from booking.db import unit_of_work
from booking.houses import queries as houses


def close_lists(*, now: datetime) -> int:
    """Close the lists that are due, each in a unit of work of its own, and return how many parties did not come.

    May run twice, and on two machines at once: the second finds nobody awaited any more.
    """
    missed = 0
    for house in unit_of_work(houses.all_houses):
        if house.close_after is None:
            continue
        ask = partial(attendance_queries.lists_to_close, house.id, ended_by=now - house.close_after)
        for occurrence_id in unit_of_work(ask):
            close = partial(attending.close_list, occurrence_id, house_id=house.id, actor="system", now=now)
            missed += unit_of_work(close)
    return missed
