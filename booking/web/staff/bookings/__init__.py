"""Addresses of the staff area: bookings, callers, places held back, people at the door, queues."""

from booking.web.staff.bookings import (
    calling,
    cancelling,
    changing,
    holding_back,
    listing,
    moving,
    page,
    queues,
    walking_in,
)
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
        page.booking_page,
        "/buchungen/nr/<int(max=2147483647):booking_id>",
        "/bookings/no/<int(max=2147483647):booking_id>",
        "bookings.see",
    ),
    Address(page.booking_shown, *_ONE, "bookings.see"),
    *(
        Address(view, f"{_ONE[0]}/{german}", f"{_ONE[1]}/{english}", permission, takes_form=True)
        for view, german, english, permission in (
            (cancelling.booking_cancel, "absagen", "cancel", "bookings.change"),
            (cancelling.own_cancel, "eigene-absagen", "cancel-own", "bookings.change_own"),
            (moving.booking_move, "verschieben", "move", "bookings.change"),
            (moving.own_move, "eigene-verschieben", "move-own", "bookings.change_own"),
            (changing.booking_party, "personen", "party", "bookings.change"),
            (changing.booking_contact, "kontakt", "contact", "bookings.change"),
            (page.booking_resend, "erneut-senden", "resend", "bookings.change"),
            (page.booking_reached, "erreicht", "reached", "bookings.change"),
            (page.booking_note, "notizen", "notes", "bookings.notes"),
            (
                page.booking_note_delete,
                "notizen/<int(max=2147483647):note_id>/loeschen",
                "notes/<int(max=2147483647):note_id>/delete",
                "bookings.notes",
            ),
        )
    ),
    Address(page.booking_slip, f"{_ONE[0]}/zettel.pdf", f"{_ONE[1]}/slip.pdf", "bookings.change"),
    Address(calling.caller_start, "/anruf", "/call", "bookings.book"),
    Address(calling.caller_times, "/anruf/<offering_key>", "/call/<offering_key>", "bookings.book"),
    Address(
        calling.caller_date,
        "/anruf/termin/<int(max=2147483647):occurrence_id>",
        "/call/date/<int(max=2147483647):occurrence_id>",
        "bookings.book",
        takes_form=True,
    ),
    Address(
        calling.caller_slot,
        "/anruf/<offering_key>/zeit",
        "/call/<offering_key>/time",
        "bookings.book",
        takes_form=True,
    ),
    Address(calling.caller_done, "/anruf/gebucht/<reference>", "/call/booked/<reference>", "bookings.book"),
    Address(holding_back.hold_back_list, "/zurueckhalten", "/hold-back", "places.hold_back"),
    Address(
        holding_back.hold_back_page,
        "/zurueckhalten/<int(max=2147483647):occurrence_id>",
        "/hold-back/<int(max=2147483647):occurrence_id>",
        "places.hold_back",
        takes_form=True,
    ),
    Address(walking_in.walk_in_list, "/einlass", "/let-in", "bookings.book"),
    Address(
        walking_in.walk_in_let_in,
        "/einlass/<int(max=2147483647):occurrence_id>",
        "/let-in/<int(max=2147483647):occurrence_id>",
        "bookings.book",
        takes_form=True,
    ),
    Address(queues.queue_list, "/warteschlangen", "/queues", "queue.serve"),
    Address(
        queues.queue_new_desk,
        "/warteschlangen/<offering_key>/platz",
        "/queues/<offering_key>/desk",
        "queue.serve",
        takes_form=True,
    ),
    Address(
        queues.queue_serve,
        "/warteschlangen/platz/<int(max=2147483647):desk_id>",
        "/queues/desk/<int(max=2147483647):desk_id>",
        "queue.serve",
        takes_form=True,
    ),
    Address(
        queues.queue_slip,
        "/warteschlangen/platz/<int(max=2147483647):desk_id>/nummer/<int(max=2147483647):ticket_id>",
        "/queues/desk/<int(max=2147483647):desk_id>/number/<int(max=2147483647):ticket_id>",
        "queue.serve",
    ),
)
