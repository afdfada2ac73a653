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
    "house.opened_again": N_("%(who)s took a closure of the house back."),
    "holiday.opened": N_("%(who)s opened the house on a day on purpose."),
    "holiday.closed_again": N_("%(who)s let the house be closed again on a day."),
    "hours.changed": N_("%(who)s changed the weekly hours."),
    "hours.day_restored": N_("%(who)s let the weekly hours count again on a day."),
    "absence.removed": N_("%(who)s took an absence back."),
    "host.entered": N_("%(who)s entered the person."),
    "host.changed": N_("%(who)s changed the person."),
}
"""Deeds of the journal, each with its sentence; who did it is filled in."""
