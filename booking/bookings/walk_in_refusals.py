"""Why a number is not given out, not called or not given back."""

from booking.errors import N_, DomainError, Gone


class NotOpen(DomainError):
    """Nobody is there for this offering just now."""

    message = N_("Nobody is there for this just now, so no numbers are given out.")


class NoMoreNumbers(DomainError):
    """The desk has stopped giving out numbers for today."""

    message = N_("No more numbers are given out today. Please ask at the desk, or come another day.")


class QueueFull(DomainError):
    """More people wait than could be served."""

    message = N_("Too many people are waiting already. Please ask at the desk, or come another day.")


class FormUsedElsewhere(DomainError):
    """The key of the form has drawn a number of another offering or another day."""

    message = N_("You have drawn a number with this form already. Please open the page anew.")


class NobodyWaits(DomainError):
    """There is no number to be called."""

    message = N_("Nobody is waiting any more, so no number was called.")


class DeskMovedOn(DomainError):
    """The page of the desk shows an earlier state: another number was called here since."""

    message = N_("Number %(number)s was called here in the meantime. Nothing was changed by this button.")


class PageOutdated(DomainError):
    """The page of the desk shows an earlier state: the number that it last called here is not called any more."""

    message = N_("This page was out of date. Nothing was changed by this button. Here is how it stands now.")


class TicketMoved(DomainError):
    """The ticket is in a state from which this move does not lead on."""

    message = N_(
        "Something else has happened to number %(number)s in the meantime. Nothing was changed by this button."
    )


class OtherDay(Gone):
    """Numbers hold on one day alone."""

    message = N_("This number was for another day.")


class TicketOver(DomainError):
    """What is over cannot be given back."""

    message = N_("This number has had its turn already, so it cannot be given back.")
