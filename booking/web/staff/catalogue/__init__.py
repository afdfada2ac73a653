"""Addresses of the staff area: catalogue."""

from booking.web.staff.pages import Address

ADDRESSES: tuple[Address, ...] = ()
