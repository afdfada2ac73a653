"""The dates of the house that fit what somebody looks for: loaded in a constant number of statements."""

from datetime import datetime

from booking.catalogue import overview
from booking.catalogue.overview import OfferingFacts
from booking.houses.access import Calendar
from booking.schedule import queries
from booking.schedule.queries import Date
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.public.programme_filters import ACCESS, Filters
from booking.web.public.programme_search import Known, fits_offering, fitting
from booking.web.roof import roof


def known() -> Known:
    """Return what decides of dates besides themselves: two statements."""
    own = house()
    offerings = {one.id: one for one in overview.offerings(own.id, language=language())}
    calendar, today = Calendar(own.country, own.subdivision), local_date(roof().clock(), own.zone)
    arranged = {
        kind: calendar.first_day(offer, today) for kind, offer in own.access.items() if kind in ACCESS
    }
    return Known(offerings, own.zone, arranged)


def all_dates(first: datetime, last: datetime) -> list[Date]:
    """Return every date of the house that starts in ``[first, last)``, earliest first: one statement."""
    return queries.dates(house().id, language=language(), now=roof().clock(), first=first, last=last)


def found_dates(filters: Filters, *, first: datetime, last: datetime) -> list[Date]:
    """Return the dates that start in ``[first, last)`` and fit the filters, earliest first: three statements."""
    return fitting(all_dates(first, last), filters, known())


def without_dates(filters: Filters, facts: Known) -> list[OfferingFacts]:
    """Return the offerings that fit and have no dates of their own, such as consultations, by title."""
    return [
        one for one in facts.offerings.values() if one.booked_by == "slot" and fits_offering(one, filters)
    ]
