"""What the tests of ideas and barriers share: one that was told, and where staff find it."""

from typing import Any

from booking.timekit.clock import StoppedClock
from tests.voices import tell

LIST = "/en/staff/feedback"


def told(clock: StoppedClock, **wanted: Any) -> tuple[str, int]:
    """Tell an idea, and return the address of its page for staff and its id."""
    voice_id = tell(clock, **wanted).voice_id
    return f"{LIST}/{voice_id}", voice_id
