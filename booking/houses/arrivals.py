"""Whether the lists of dates close by themselves; pure.

The section ``[arrivals]`` of the house's file says so:

``close_after_minutes``  so many minutes after a date has ended, whoever was not checked in is noted as not come;
                         10 to 10080 (a week).  Without it only staff close a list.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

FEWEST, MOST = 10, 7 * 24 * 60


def close_after(data: Mapping[str, Any]) -> timedelta | None:
    """Return how long after its end the list of a date closes by itself, or None for never."""
    minutes = data.get("arrivals", {}).get("close_after_minutes")
    return None if minutes is None else timedelta(minutes=minutes)


def arrival_faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the section of a file, in words for whoever writes it."""
    section = data.get("arrivals", {})
    if not isinstance(section, dict):
        return  # told as a misshapen section
    yield from (f"arrivals.{name} is not known" for name in section if name != "close_after_minutes")
    minutes = section.get("close_after_minutes", FEWEST)
    is_number = isinstance(minutes, int) and not isinstance(minutes, bool)
    if not is_number or not FEWEST <= minutes <= MOST:
        yield f"arrivals.close_after_minutes must be a whole number from {FEWEST} to {MOST}, not {minutes!r}"
