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


class HoldUsed(FormUsed):
    """A booking with other content was made of this hold."""

    message = N_(
        "You have booked with this form already; that booking stands. If you want a second one, please begin anew."
    )


class TooLateToCancel(DomainError):
    """The deadline for cancelling online has passed."""

    message = N_("It is too late to cancel online. Please call us, so that somebody else can come.")


class NotCancellable(DomainError):
    """The booking is in a state from which nothing can be cancelled."""

    message = N_("This booking cannot be cancelled: it is already over or cancelled.")


class NotMovable(DomainError):
    """The booking is in a state in which nothing of it can be changed."""

    message = N_("This booking cannot be changed any more: it is already over or cancelled.")


class TooLateToMove(DomainError):
    """The deadline for changes online has passed; it is that for cancelling."""

    message = N_("It is too late to change this booking online. Please call us: perhaps we find a way.")


class OtherOffering(DomainError):
    """A booking moves within its offering alone."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_(
        "That date belongs to another offering. To come to it, please book it, and cancel this booking."
    )


class TooFewLeft(DomainError):
    """The party cannot grow so much: the rest of the places belongs to others."""

    message = N_(
        "That many places are not free. With the places you have already, at most %(most)s people can come "
        "on this date just now."
    )


class TooManyHolds(DomainError):
    """One client keeps more places than anybody needs."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    message = N_(
        "From your connection many places are being kept at the moment. "
        "Please finish one booking first, or call us."
    )


class NoMoreTime(DomainError):
    """A hold was extended as often as it can be."""

    message = N_(
        "The time has been extended %(most)s times. Please book now, or call us: we book for you by phone."
    )


class TryAgain(DomainError):
    """The same form came twice at the same moment; the second time finds what the first has done."""

    message = N_("This form was sent twice at the same moment. Please send it once more.")


class PhoneMissing(DomainError):
    """A consultation by phone needs a number to call."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("Enter the phone number at which we can call you.")


class NotFirm(DomainError):
    """A booking whose address is to be confirmed has nothing to put into a calendar yet."""

    message = N_(
        "This booking has no calendar entry yet: first confirm your address with the link in our mail. "
        "Then we send you the entry."
    )


class NotConfirmable(Gone):
    """The booking has ended before its address was confirmed."""

    message = N_("This booking has ended, because nobody confirmed the address in time. Please book again.")
