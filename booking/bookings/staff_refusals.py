"""Why staff cannot do something with a booking; citizens never meet these sentences."""

from http import HTTPStatus

from booking.errors import N_, DomainError


class LeadTimeOver(DomainError):
    """The date is nearer than the lead time allows, and nobody has overruled it knowingly."""

    message = N_(
        "The lead time of this date is over, or it lies further ahead than one can book. "
        "If it can be done all the same, tick the box and send it again."
    )


class PartyOutOfBounds(DomainError):
    """The party is smaller or larger than the offering wants, and nobody has overruled it knowingly."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_(
        "One booking of this offering brings %(fewest)s to %(most)s people. "
        "If it can be done all the same, tick the box and send it again."
    )


class NobodyComes(DomainError):
    """A booking brings one person at least."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("Enter how many people come: one at least.")


class NotEnoughToHoldBack(DomainError):
    """More places shall be held back than are free."""

    message = N_("Only %(most)s places can be held back on this date: the others are booked or being booked.")


class TooManyToHoldBack(DomainError):
    """More places than a date has."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("This date has %(seats)s places. Enter a number up to that.")


class DateNotOpen(DomainError):
    """Nothing can be held back, and nobody can be let in, on a date that is cancelled, over, or not published."""

    message = N_("This date is over, cancelled or not published. Please choose another one.")


class NotYetToday(DomainError):
    """Somebody who stands there can be let in to dates of today alone."""

    message = N_("This date is not today. Please book it for a caller instead.")


class NobodyToTell(DomainError):
    """The booking has no address to which anything could be sent."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("This booking has no email address. Enter one first, or print the slip.")


class ReasonMissing(DomainError):
    """Whoever cancels for the house says why."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("Enter the reason. It stands in the mail to the booker.")


class NotReachableAlready(DomainError):
    """Nobody has to be phoned any more."""

    message = N_("Somebody has reached this booker already, or the address was corrected.")
