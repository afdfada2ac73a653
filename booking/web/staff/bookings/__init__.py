"""Addresses of the staff area: bookings, callers, places held back, people at the door, queues."""

from booking.web.staff.bookings import cancelling, changing, listing, page
from booking.web.staff.pages import Address

_ONE = ("/buchungen/<reference>", "/bookings/<reference>")

ADDRESSES: tuple[Address, ...] = (
    Address(listing.booking_list, "/buchungen", "/bookings", "bookings.see"),
    Address(listing.booking_search, "/suche", "/search", "bookings.see"),
    Address(
        listing.booking_export,
        "/buchungen/liste.csv",
        "/bookings/list.csv",
        "bookings.export",
        takes_form=True,
    ),
    Address(
        page.booking_page, "/buchungen/nr/<int:booking_id>", "/bookings/no/<int:booking_id>", "bookings.see"
    ),
    Address(page.booking_shown, *_ONE, "bookings.see"),
    *(
        Address(view, f"{_ONE[0]}/{german}", f"{_ONE[1]}/{english}", permission, takes_form=True)
        for view, german, english, permission in (
            (cancelling.booking_cancel, "absagen", "cancel", "bookings.change"),
            (cancelling.own_cancel, "eigene-absagen", "cancel-own", "bookings.change_own"),
            (changing.booking_party, "personen", "party", "bookings.change"),
            (changing.booking_contact, "kontakt", "contact", "bookings.change"),
            (page.booking_resend, "erneut-senden", "resend", "bookings.change"),
            (page.booking_reached, "erreicht", "reached", "bookings.change"),
            (page.booking_note, "notizen", "notes", "bookings.notes"),
            (
                page.booking_note_delete,
                "notizen/<int:note_id>/loeschen",
                "notes/<int:note_id>/delete",
                "bookings.notes",
            ),
        )
    ),
    Address(page.booking_slip, f"{_ONE[0]}/zettel.pdf", f"{_ONE[1]}/slip.pdf", "bookings.change"),
)
