"""Refusals about mail texts and the outbox that only staff meet."""

from http import HTTPStatus

from booking.errors import N_, DomainError


class UnfitText(DomainError):
    """A text of the house that could not be written into a mail; told at its field."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class UnknownPlaceholder(UnfitText):
    """It is misspelt, or this mail does not know it; ``near``: those that could be meant."""

    message = N_("There is no placeholder %(typed)s here. Did you mean %(near)s?")


class LooseBrace(UnfitText):
    """A brace that opens or closes nothing."""

    message = N_("A curly bracket stands alone. Brackets only enclose placeholders, for example %(example)s.")


class NoPlaceholders(UnfitText):
    """The place of a placeholder was left empty: {}."""

    message = N_("Between the brackets stands no name. These can stand there: %(near)s.")


class TooLong(UnfitText):
    """More characters than the passage takes."""

    message = N_("Enter at most %(most)s characters. These are %(typed)s.")


class TooManyPlaceholders(UnfitText):
    """Each may be long when it is filled in."""

    message = N_("Use at most %(most)s placeholders in one text.")


class NotTriable(DomainError):
    """Only what is owed, has failed or is parked can be tried again."""

    message = N_("This mail is not waiting and has not failed, so it cannot be sent again.")


class Forgotten(DomainError):
    """Address and facts are erased."""

    status = HTTPStatus.GONE
    message = N_("The address of this mail is deleted already, so it cannot be sent again.")


class NewerHasLeft(DomainError):
    """A calendar would get the older state after the newer one."""

    message = N_(
        "A newer mail about this booking has left since. Send the confirmation again from the page of the booking."
    )


class NotGiveable(DomainError):
    """It has left, is leaving just now, or was given up before."""

    message = N_("This mail has left or is leaving just now, so it cannot be held back any more.")
