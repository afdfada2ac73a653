"""Addresses of the staff area: what people told the house."""

from booking.web.staff.pages import Address
from booking.web.staff.voices import answering, listing

_ID = "<int(max=2147483647):voice_id>"

ADDRESSES: tuple[Address, ...] = (
    Address(listing.voice_list, "/rueckmeldungen", "/feedback", "voices.answer"),
    Address(
        answering.voice_page,
        f"/rueckmeldungen/{_ID}",
        f"/feedback/{_ID}",
        "voices.answer",
        takes_form=True,
    ),
    Address(
        answering.voice_read,
        f"/rueckmeldungen/{_ID}/gelesen",
        f"/feedback/{_ID}/read",
        "voices.answer",
        takes_form=True,
    ),
)
