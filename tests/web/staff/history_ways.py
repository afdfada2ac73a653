"""What the tests of the log share: events written, and the page read as people see it."""

from typing import Any

from booking.db import unit_of_work
from booking.journal import service as journal
from booking.timekit.clock import StoppedClock
from tests.builders import house_id
from tests.visitors import Page

LOG = "/en/staff/history"


def record(
    clock: StoppedClock,
    deed: str = "occurrence.published",
    *,
    of: tuple[str, int] = ("occurrence", 1),
    actor: str = "system",
    house: int | None = None,
    **more: Any,
) -> None:
    """Write one event."""
    where: dict[str, Any] = {"house_id": house or house_id(), "object_kind": of[0], "object_id": of[1]}
    unit_of_work(lambda: journal.record(deed, actor=actor, now=clock(), **where, **more))


def shown(page: Page) -> list[str]:
    """Return the events of the log, newest first."""
    return [
        " ".join("".join(one.itertext()).split())
        for one in page.all("li")
        if "history__row" in (one.get("class") or "")
    ]
