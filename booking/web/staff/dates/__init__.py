"""Addresses of the staff area: dates."""

from booking.web.staff.pages import Address

ADDRESSES: tuple[Address, ...] = ()
