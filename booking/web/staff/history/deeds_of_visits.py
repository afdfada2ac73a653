"""What visitors and the desk do, in words: bookings, holds, walk-ins, ideas, access needs."""

from collections.abc import Mapping

from booking.errors import N_

DEEDS: Mapping[str, str] = {
    "booking.confirmed": N_("%(who)s booked."),
    "booking.to_be_confirmed": N_("%(who)s booked and has yet to confirm the address."),
    "booking.expired_unconfirmed": N_("%(who)s released the places: the address was not confirmed in time."),
    "booking.cancelled_by_visitor": N_("%(who)s cancelled the booking on the visitor’s behalf."),
    "booking.cancelled_by_house": N_("%(who)s cancelled the booking for the house."),
    "booking.address_changed": N_("%(who)s changed the email address."),
    "booking.party_changed": N_("%(who)s changed how many come."),
    "booking.moved": N_("%(who)s moved the booking to another time."),
    "booking.unreachable": N_("%(who)s noted that mail does not reach the person."),
    "booking.erased": N_("%(who)s deleted the personal data of the booking."),
    "booking.expired": N_("%(who)s deleted the personal data: their time was over."),
    "hold.made": N_("%(who)s began to book; the places are held for some minutes."),
    "access.arranged": N_("%(who)s arranged what a visitor needs to take part."),
    "access.declined": N_("%(who)s told a visitor that something cannot be arranged."),
    "desk.set_up": N_("%(who)s set up a desk."),
    "desk.closed": N_("%(who)s took a desk away."),
    "queue.stopped": N_("%(who)s gives out no more numbers."),
    "queue.resumed": N_("%(who)s gives out numbers again."),
    "ticket.drawn": N_("%(who)s drew a number."),
    "ticket.called": N_("%(who)s called a number."),
    "ticket.called_again": N_("%(who)s called a number again."),
    "ticket.served": N_("%(who)s finished serving a number."),
    "ticket.missed": N_("%(who)s noted that nobody came to a number."),
    "ticket.left": N_("%(who)s gave a number back."),
    "ticket.put_back": N_("%(who)s put a number back into the queue."),
    "voice.told": N_("%(who)s told us something."),
    "voice.read": N_("%(who)s read it."),
    "voice.answered": N_("%(who)s answered."),
    "voice.invited": N_("%(who)s invited the person to talk about it."),
    "voice.taken_up": N_("%(who)s said that we take it up."),
    "voice.declined": N_("%(who)s said that we do not take it up."),
    "voice.closed": N_("%(who)s closed it."),
    "voice.erased": N_("%(who)s deleted what was told."),
    "voice.expired": N_("%(who)s deleted what was told: its time was over."),
}
"""Deeds of the journal, each with its sentence; who did it is filled in."""
