"""Addresses of the staff area: what is to be arranged for people with access needs."""

from booking.web.staff.needs import pages
from booking.web.staff.pages import Address

_ID = "<int(max=2147483647):need_id>"

ADDRESSES: tuple[Address, ...] = (
    Address(pages.need_list, "/bedarfe", "/access-needs", "needs.arrange"),
    Address(
        pages.need_arrange,
        f"/bedarfe/{_ID}",
        f"/access-needs/{_ID}",
        "needs.arrange",
        takes_form=True,
    ),
    Address(
        pages.need_decline,
        f"/bedarfe/{_ID}/ablehnen",
        f"/access-needs/{_ID}/decline",
        "needs.arrange",
        takes_form=True,
    ),
)
