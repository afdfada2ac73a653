"""Addresses of the staff area: history; and the part of it that pages of other areas show."""

from booking.web.staff.history import pages
from booking.web.staff.pages import Address

ADDRESSES: tuple[Address, ...] = (Address(pages.log_list, "/verlauf", "/history", "log.read"),)
