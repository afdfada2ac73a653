"""The whole inventory of columns: what is stored of people by every feature, and what says nothing of them."""

from collections.abc import Mapping

from booking.bookings import personal as bookings
from booking.houses.inventory import Personal
from booking.voices import personal as voices

PERSONAL: Mapping[str, Personal] = {**bookings.PERSONAL, **voices.PERSONAL}
IMPERSONAL: Mapping[str, str] = {**bookings.IMPERSONAL, **voices.IMPERSONAL}
