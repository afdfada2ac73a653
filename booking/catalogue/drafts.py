"""An offering as those who edit it see it, in whatever state: its values, texts, marks and needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from booking.catalogue.service import NeedDetails


@dataclass(frozen=True, slots=True)
class Thing:
    """A place or a pool that a need names; ``limit`` is how many people a room takes, or how many units there are."""

    id: int
    names: Mapping[str, str]
    limit: int | None
    is_active: bool
    kind: str = "pool"


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """A need, with all things of which one suffices; ``id`` is that of its first row, buffers in minutes."""

    id: int
    kind: str
    things: tuple[Thing, ...]
    quantity: int
    people_per_unit: int | None
    before_minutes: int
    after_minutes: int
    medium: str | None
    rows: tuple[int, ...] = ()

    def details(self, *, choice: int) -> tuple[NeedDetails, ...]:
        """Return the rows that stand for it; ``choice`` is their number if there are several."""
        alike = {
            "kind": self.kind,
            "quantity": self.quantity,
            "people_per_unit": self.people_per_unit,
            "before_minutes": self.before_minutes,
            "after_minutes": self.after_minutes,
            "medium": self.medium,
            "choice": choice if len(self.things) > 1 else None,
        }
        named = {"room": "place_id", "pool": "pool_id"}.get(self.kind)
        if named is None:
            return (NeedDetails(**alike),)  # type: ignore[arg-type]
        return tuple(NeedDetails(**alike | {named: thing.id}) for thing in self.things)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Draft:
    """An offering with its policy; minutes for every length of time but the horizon, in days."""

    id: int
    key: str
    kind: str
    state: str
    minutes: int
    seats: int
    party_min: int
    party_max: int
    notice_minutes: int
    horizon_days: int
    cancel_until_minutes: int
    age_min: int
    grade_first: int | None
    grade_last: int | None
    groups_max: int
    is_step_free: bool
    is_walk_in: bool
    address_check: str
    version: int
    booked_by: str
    host_mode: str
    step_minutes: int | None
    offset_minutes: int
    is_shared: bool
    per_day: int | None
    per_week: int | None
    minutes_per_day: int | None
    programme_id: int | None
    sign_video: str
    texts: Mapping[str, Mapping[str, str]]
    audiences: tuple[str, ...]
    media: tuple[str, ...]
    topic_ids: tuple[int, ...]
    needs: tuple[NeedGroup, ...]

    def title(self, language: str) -> str:
        """Return the title in a language, in German, or in any other; the key where there is none."""
        titles = [self.texts.get(one, {}).get("title", "") for one in (language, "de", "en", "ls")]
        return next((title for title in titles if title), self.key)

    def hosts(self) -> int:
        """Return how many people give it."""
        return sum(need.quantity for need in self.needs if need.kind == "host")
