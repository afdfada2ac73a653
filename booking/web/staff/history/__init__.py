"""Addresses of the staff area: history."""

from booking.web.staff.pages import Address

ADDRESSES: tuple[Address, ...] = ()
