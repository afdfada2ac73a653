"""Addresses of the staff area: day."""

from booking.web.staff.pages import Address

ADDRESSES: tuple[Address, ...] = ()
