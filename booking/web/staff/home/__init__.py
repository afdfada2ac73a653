"""Addresses of the staff area: the first page."""

from booking.web.staff.home import pages
from booking.web.staff.pages import Address

ADDRESSES: tuple[Address, ...] = (Address(pages.staff_home, "/", "/", "home.see"),)
