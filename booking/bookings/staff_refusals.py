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


class ReleaseOver(DomainError):
    """The instant from which the rest shall be free has passed already."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("That moment has passed already. Choose one that is nearer to the start.")


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


class NobodyCame(DomainError):
    """A check-in without people."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("Please say how many people have come: at least one.")


class MoreThanBooked(DomainError):
    """More people than the party booked."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("This party booked for %(booked)s. Please book the others as walk-ins, if there is room.")


class TooEarlyToCheckIn(DomainError):
    """The date is on a later day."""

    message = N_("This date is on a later day. Parties can be checked in on its day, and afterwards.")


class NotOverYet(DomainError):
    """The list of a date is closed while it runs."""

    message = N_("This date is not over yet. The list can be closed once it has ended.")


class NotExpected(DomainError):
    """The booking does not stand: cancelled, or its address was never confirmed."""

    message = N_("This booking is not valid (any more), so nobody can be checked in with it.")


class NotToBeUndone(DomainError):
    """The date has been cancelled or moved since the party was checked in."""

    message = N_("The date has been changed since, so this check-in can no longer be undone.")
