"""Facts of a mail: what the outbox keeps instead of text; pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

CONFIRMATION, CANCELLATION, CANCELLED_BY_HOUSE = "confirmation", "cancellation", "cancelled_by_house"
ERASED, LINKS, ADDRESS_CHANGED = "erased", "links", "address_changed"
MOVED, CHANGED = "moved", "changed"
CONFIRM_ADDRESS, VIDEO_ADDRESS = "confirm_address", "video_address"
TASK, ARRANGED = "task", "arranged"
KINDS = (
    CONFIRMATION,
    CANCELLATION,
    CANCELLED_BY_HOUSE,
    ERASED,
    LINKS,
    ADDRESS_CHANGED,
    MOVED,
    CHANGED,
    CONFIRM_ADDRESS,
    VIDEO_ADDRESS,
    TASK,
    ARRANGED,
)


@dataclass(frozen=True, slots=True)
class BookingFacts:
    """A booking at the moment of its mail; instants in epoch seconds, ``stamp`` is its DTSTAMP.

    ``sequence`` and the times are copies: what the mail tells must not change
    when the booking does.  What is called former is how it was before a
    change; mails about anything else have none.  ``phone`` is that of a
    consultation by phone.  ``confirm_until``: the address is to be confirmed
    by then, and ``link_id`` is the link that does it.  ``due_at``: until when
    staff have to arrange something for it.
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
    former_starts_at: int | None = None
    former_ends_at: int | None = None
    former_party: Mapping[str, int] = field(default_factory=dict)
    former_medium: str = ""
    former_with_whom: str = ""
    medium: str = "on_site"
    is_slot: bool = False
    video_room: str = ""
    with_whom: str = ""
    phone: str = ""
    confirm_until: int | None = None
    due_at: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return what the outbox stores."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "BookingFacts":
        """Return the facts; unknown names, of a newer version, are left out; raises TypeError for missing ones."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})
