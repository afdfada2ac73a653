"""Addresses of the staff area: voices."""

from booking.web.staff.pages import Address

ADDRESSES: tuple[Address, ...] = ()
