"""Addresses of the staff area: signing in, and who works here."""

from booking.web.staff.pages import Address
from booking.web.staff.people import signing

ADDRESSES: tuple[Address, ...] = (
    Address(signing.sign_in, "/anmelden", "/sign-in", "public", takes_form=True),
    Address(signing.sign_out, "/abmelden", "/sign-out", "home.see", takes_form=True),
)
