"""Whose series somebody sees and changes."""

from booking.errors import NotFound
from booking.people.permissions import COORDINATOR
from booking.schedule import series_queries
from booking.schedule.series_queries import SeriesPage
from booking.web.context import language
from booking.web.staff.dates.scope import scope_of
from booking.web.staff.doors import acting


def the_series(series_id: int) -> SeriesPage:
    """Return a series that the person may see; raises NotFound. Who only gives dates sees no series."""
    person = acting()
    scope = scope_of(person)
    page = series_queries.page(series_id, house_id=person.house_id, language=language())
    if scope.host_id is not None:
        raise NotFound
    if scope.programme_ids is not None and page.programme_id not in scope.programme_ids:
        raise NotFound
    return page


def own_series(series_id: int) -> SeriesPage:
    """Return a series that the person may change; raises NotFound for one of another programme."""
    page, person = the_series(series_id), acting()
    if COORDINATOR not in person.roles or not person.runs(page.programme_id):
        raise NotFound
    return page
