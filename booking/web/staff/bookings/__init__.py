"""Addresses of the staff area: bookings."""

from booking.web.staff.pages import Address

ADDRESSES: tuple[Address, ...] = ()
