"""Who comes: bookings, their parties, and what visitors do with them."""
