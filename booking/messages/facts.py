"""Facts of a mail: what the outbox keeps instead of text; pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

CONFIRMATION, CANCELLATION, CANCELLED_BY_HOUSE = "confirmation", "cancellation", "cancelled_by_house"
ERASED, LINKS, ADDRESS_CHANGED = "erased", "links", "address_changed"
MOVED, CHANGED = "moved", "changed"
CONFIRM_ADDRESS, VIDEO_ADDRESS = "confirm_address", "video_address"
TASK, ARRANGED, NOT_ARRANGED = "task", "arranged", "not_arranged"
DATE_CHANGED = "date_changed"
VOICE_RECEIVED, VOICE_ANSWERED, VOICE_FOR_HOUSE = "voice_received", "voice_answered", "voice_for_house"
VOICE_KINDS = (VOICE_RECEIVED, VOICE_ANSWERED, VOICE_FOR_HOUSE)
STAFF_INVITED, STAFF_RESET, STAFF_WARNED = "staff_invited", "staff_reset", "staff_warned"
STAFF_KINDS = (STAFF_INVITED, STAFF_RESET, STAFF_WARNED)
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
    NOT_ARRANGED,
    DATE_CHANGED,
)
"""Kinds of mails about bookings; beside them stand VOICE_KINDS, about what people told us, and STAFF_KINDS."""


@dataclass(frozen=True, slots=True)
class BookingFacts:
    """A booking at the moment of its mail; instants in epoch seconds, ``stamp`` is its DTSTAMP.

    ``sequence`` and the times are copies: what the mail tells must not change
    when the booking does.  What is called former is how it was before a
    change; mails about anything else have none.  ``phone`` is that of a
    consultation by phone, ``spoken`` the language of the visit (empty in mails
    of old).  ``confirm_until``: the address is to be confirmed by then, and
    ``link_id`` is the link that does it.  ``due_at``: until when staff have to
    arrange something for it.  ``age_min``: from which age, in years; 0 for all.
    ``is_test``: staff try out how it reads.
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
    former_place: str = ""
    former_spoken: str = ""
    medium: str = "on_site"
    is_slot: bool = False
    spoken: str = ""
    video_room: str = ""
    with_whom: str = ""
    phone: str = ""
    confirm_until: int | None = None
    due_at: int | None = None
    age_min: int = 0
    is_test: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return what the outbox stores."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "BookingFacts":
        """Return the facts; unknown names, of a newer version, are left out; raises TypeError for missing ones."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})


@dataclass(frozen=True, slots=True)
class VoiceFacts:
    """What somebody told us at the moment of its mail; instants in epoch seconds.

    ``meetings``: to which consultations and workshops somebody is invited, by
    key, kind and title.  ``link_id`` is empty in the mail to the house.
    """

    voice_id: int
    reference: str
    kind: str
    state: str
    who: str
    name: str
    email: str
    words: str
    topic: str
    page: str
    answer: str
    told_at: int
    answer_until: int
    kept_until: int
    link_id: str
    meetings: tuple[Mapping[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return what the outbox stores."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "VoiceFacts":
        """Return the facts; unknown names, of a newer version, are left out; raises TypeError for missing ones."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """Somebody who runs the house at the moment of a mail to that person; instants in epoch seconds.

    ``event``  what we warn of; ``link_id`` opens the way to a password ``until`` then
    """

    staff_id: int
    name: str
    roles: tuple[str, ...]
    event: str
    link_id: str
    until: int | None
    at: int

    def to_json(self) -> dict[str, Any]:
        """Return what the outbox stores."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "StaffFacts":
        """Return the facts; unknown names, of a newer version, are left out; raises TypeError for missing ones."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})


Told = list[BookingFacts] | list[VoiceFacts] | list[StaffFacts]
"""What a mail tells of: a booking, several, what somebody told us, or somebody's way into the staff area."""


def read(kind: str, stored: Mapping[str, Any]) -> Told:
    """Return what the facts of an outbox row tell of, by the kind of the mail; raises TypeError for missing ones."""
    if kind in VOICE_KINDS:
        return [VoiceFacts.from_json(stored)]
    if kind in STAFF_KINDS:
        return [StaffFacts.from_json(stored)]
    return [BookingFacts.from_json(stored)]
