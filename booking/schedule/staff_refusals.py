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


class UnknownLanguage(DomainError):
    """A language that the platform does not know."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("One of these languages is not known. Please choose from the list.")
