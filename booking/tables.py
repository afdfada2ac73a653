"""Imports every table, for Alembic and the tests."""

import booking.bookings.access_models
import booking.bookings.attendance_models
import booking.bookings.models
import booking.bookings.staff_models
import booking.bookings.walk_in_models
import booking.catalogue.models
import booking.houses.models
import booking.journal.models
import booking.limits.models
import booking.links.models
import booking.messages.models
import booking.messages.text_models
import booking.people.models
import booking.schedule.availability_models
import booking.schedule.guard
import booking.schedule.host_models
import booking.schedule.models
import booking.schedule.series_models
import booking.voices.models  # noqa: F401 - imported for the tables alone
from booking.db import Base

metadata = Base.metadata
