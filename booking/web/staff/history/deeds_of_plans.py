"""What is planned, in words: dates, hours, closures, programme, things."""

from collections.abc import Mapping

from booking.errors import N_

DEEDS: Mapping[str, str] = {
    "occurrence.published": N_("%(who)s published the date."),
    "occurrence.cancelled": N_("%(who)s cancelled the date."),
    "pool.repair_began": N_("%(who)s took equipment out of use for a repair."),
    "hours.entered": N_("%(who)s entered weekly hours."),
    "hours.changed_for_a_day": N_("%(who)s changed the hours of one day."),
    "busy_times.entered": N_("%(who)s took over busy times from a calendar."),
    "absence.entered": N_("%(who)s entered an absence."),
    "house.closed": N_("%(who)s closed the house for a time."),
}
"""Deeds of the journal, each with its sentence; who did it is filled in."""
