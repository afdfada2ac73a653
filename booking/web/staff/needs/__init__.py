"""Addresses of the staff area: needs."""

from booking.web.staff.pages import Address

ADDRESSES: tuple[Address, ...] = ()
