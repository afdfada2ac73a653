"""Why a booking cannot be made, changed or cancelled."""

from http import HTTPStatus

from booking.errors import N_, DomainError, Gone


class Past(Gone):
    """The date has begun or is over."""

    message = N_("This date has already begun or is over. Please choose another one.")


class Cancelled(Gone):
    """The house has cancelled the date."""

    message = N_("This date has been cancelled. Please choose another one.")


class TooLate(DomainError):
    """The lead time has passed."""

    message = N_("Online booking for this date has closed. Please call us: perhaps there is still room.")


class TooEarly(DomainError):
    """The date lies beyond the booking horizon."""

    message = N_("This date cannot be booked yet. Please come back later.")


class PartyTooLarge(DomainError):
    """More people than one booking may bring."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("One booking can bring at most %(most)s people. For larger groups, please call us.")


class PartyTooSmall(DomainError):
    """Fewer people than one booking must bring."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("Please tell us how many people come: at least %(fewest)s.")


class DateMoved(DomainError):
    """The house moved the date while somebody was booking it."""

    message = N_("The time of this date has just changed. Please look at it again before you book.")


class FormUsed(DomainError):
    """The key of the form belongs to a booking with other content."""

    message = N_(
        "You have booked with this form already; that booking stands. Send it again only if you want a second one."
    )


class TooLateToCancel(DomainError):
    """The deadline for cancelling online has passed."""

    message = N_("It is too late to cancel online. Please call us, so that somebody else can come.")


class NotCancellable(DomainError):
    """The booking is in a state from which nothing can be cancelled."""

    message = N_("This booking cannot be cancelled: it is already over or cancelled.")
