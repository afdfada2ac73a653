"""Why staff cannot have it so: refusals that visitors never meet, in German and English alone."""

from http import HTTPStatus

from booking.errors import N_, DomainError


class TooManyRules(DomainError):
    """More weekly hours than anybody can look through."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("These are more than %(most)s rows. Please leave some out, nothing has been saved.")


class StillPlanned(DomainError):
    """A host is to be set inactive who still gives dates or bookings."""

    message = N_("This person is still planned for %(num)s dates. Please look at them first.")


class DateTooFar(DomainError):
    """A date lies further ahead than anybody plans: most likely a year was mistyped."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("This day is more than %(years)s years away. Please check the year.")


class PlaceLeft(DomainError):
    """A date shall be in a room that the house has given up since the form was opened."""

    message = N_("This room is not used any more. Please choose another one.")


class UnknownLanguage(DomainError):
    """A language that the platform does not know."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("One of these languages is not known. Please choose from the list.")


class SeriesTooLong(DomainError):
    """More dates than one series may have."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("A series has at most %(most)s dates. Let it end earlier; it can be extended afterwards.")


class SeriesTooFar(DomainError):
    """The last day of a series lies too far ahead of its first."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("A series spans at most %(most)s days. Let it end earlier; it can be extended afterwards.")


class SeriesWithoutDates(DomainError):
    """The pattern produces nothing between its first and its last day."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("There is no such day between the first and the last one. Please check the days.")


class SeriesChanged(DomainError):
    """Days of the preview are taken, or free, since it was made."""

    message = N_("Something has changed since this preview was made. Please look at the days again.")


class DayNotInSeries(DomainError):
    """A day cannot be brought back: the series has a date on it, or never had one."""

    message = N_("The series has a date on this day already, or it never had one.")


class DateBlocked(DomainError):
    """A host, the room or the equipment is taken at that time."""

    message = N_("This time is not free. What is in the way stands below.")


class DateNotReady(DomainError):
    """A draft lacks something that visitors need."""

    message = N_("This date cannot be published yet. What is missing stands below.")


class DateOver(DomainError):
    """The date is cancelled or over."""

    status = HTTPStatus.GONE
    message = N_("This date is over or cancelled: it cannot be changed any more.")


class DateInPast(DomainError):
    """A date cannot begin before now."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("This time is over already. Please choose a later one.")


class SeatsBooked(DomainError):
    """Fewer seats than are taken already."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_(
        "%(booked)s places are taken already: fewer are not possible. Move or cancel bookings first."
    )


class RoomTooSmall(DomainError):
    """More seats than people may be in the room."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("This room takes at most %(most)s people. Choose fewer places, or another room.")


class ThingBusy(DomainError):
    """A room or equipment cannot be changed so while dates or repairs ahead use it."""

    message = N_("This cannot be changed so: it is used ahead. What is in the way stands below.")


class UnitsInUse(DomainError):
    """So many units cannot be taken out of service: they are needed at that time."""

    message = N_("So many are not free at that time. The dates that need them stand below.")


class MoreThanThere(DomainError):
    """More units than the pool has."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("There are only %(most)s of them.")


class RepairOver(DomainError):
    """A repair that has ended cannot be ended earlier."""

    status = HTTPStatus.GONE
    message = N_("This repair is over already. Nothing was changed.")


class DatesAhead(DomainError):
    """An offering with dates ahead cannot be archived, or booked in another way."""

    message = N_("Dates lie ahead, so this is not possible. Cancel them first, or wait until they are over.")
