"""Deed of the house: end a series from a date on; drafts are dropped, published dates cancelled and told."""

from collections.abc import Mapping
from datetime import date, datetime

from booking.bookings import calling_off
from booking.schedule import planning, series, series_queries


def end_series(
    series_id: int,
    first_without: date,
    *,
    house_id: int,
    reasons: Mapping[str, str],
    actor: str,
    tells: bool,
    now: datetime,
) -> int:
    """Let a series have no dates from a day on, and return how many bookings that ends.

    What is over stays.  Raises NotFound for a series of another house.
    """
    page = series_queries.page(series_id, house_id=house_id, language="de")
    later = [one for one in page.members if one.series_day >= first_without and one.ends_at > now]
    ids = [one.id for one in later if one.state == "published"]
    ended = 0
    if ids:
        ended = calling_off.cancel_dates(
            ids, house_id=house_id, reasons=reasons, actor=actor, tells=tells, now=now
        )
    for one in later:
        if one.state == "draft":
            planning.drop_draft(one.id, house_id=house_id, actor=actor, now=now)
    series.shorten(series_id, first_without, house_id=house_id, actor=actor, now=now)
    return ended
