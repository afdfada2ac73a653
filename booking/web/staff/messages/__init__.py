"""Addresses of the staff area: messages."""

from booking.web.staff.pages import Address

ADDRESSES: tuple[Address, ...] = ()
