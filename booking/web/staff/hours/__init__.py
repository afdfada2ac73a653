"""Addresses of the staff area: hours."""

from booking.web.staff.pages import Address

ADDRESSES: tuple[Address, ...] = ()
