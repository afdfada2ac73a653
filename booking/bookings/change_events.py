"""What the journal keeps beside a date that changed: in each booking that moved along, and in its series."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from booking.journal import service as journal


def of_bookings(
    booking_ids: Sequence[int], house_id: int, changes: Mapping[str, Any], *, actor: str, now: datetime
) -> None:
    """Note in each booking what changed of its date, so that whoever is asked on the phone sees how it was before."""
    for booking_id in booking_ids:
        journal.record(
            "booking.date_changed",
            house_id=house_id,
            actor=actor,
            object_kind="booking",
            object_id=booking_id,
            now=now,
            changes=changes,
        )


def of_series(series_ids: Iterable[int], house_id: int, *, actor: str, now: datetime) -> None:
    """Note in each series how many of its dates have changed; an id for each of them."""
    for series_id, dates in sorted(Counter(series_ids).items()):
        journal.record(
            "series.changed",
            house_id=house_id,
            actor=actor,
            object_kind="series",
            object_id=series_id,
            now=now,
            dates=dates,
        )
