"""Facts of a mail: what the outbox keeps instead of text; pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

CONFIRMATION, CANCELLATION, CANCELLED_BY_HOUSE = "confirmation", "cancellation", "cancelled_by_house"
ERASED, LINKS, ADDRESS_CHANGED = "erased", "links", "address_changed"
KINDS = (CONFIRMATION, CANCELLATION, CANCELLED_BY_HOUSE, ERASED, LINKS, ADDRESS_CHANGED)


@dataclass(frozen=True, slots=True)
class BookingFacts:
    """A booking at the moment of its mail; instants in epoch seconds, ``stamp`` is its DTSTAMP.

    ``sequence`` and the times are copies: what the mail tells must not change
    when the booking does.
    """

    booking_id: int
    reference: str
    name: str
    party: Mapping[str, int]
    kind: str
    title: str
    offering_key: str
    occurrence_id: int
    starts_at: int
    ends_at: int
    place: str
    place_address: str
    latitude: float | None
    longitude: float | None
    bring: str
    confirmation: str
    uid: str
    sequence: int
    stamp: int
    link_id: str
    cancel_until: int
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return what the outbox stores."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "BookingFacts":
        """Return the facts; unknown names, of a newer version, are left out; raises TypeError for missing ones."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})
