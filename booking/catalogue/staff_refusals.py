"""Why staff cannot change the catalogue as they wanted."""

from http import HTTPStatus

from booking.errors import N_, DomainError


class KeyTaken(DomainError):
    """Two things of a house cannot have the same part in their address."""

    message = N_("This is already in use in your house. Please choose another one.")


class AddressIsOut(DomainError):
    """The address of an offering that was public once works for ever."""

    message = N_(
        "This offering has been public, so its address stays as it is: people have it in their mails."
    )


class NotReady(DomainError):
    """Something is missing that visitors need; ``faults`` names it by the codes of ``readiness``."""

    message = N_("Something is still missing for this. Nothing was changed.")

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__()
        self.faults = faults


class NotFromHere(DomainError):
    """An offering cannot go from the state that it is in to the one that was wanted."""

    message = N_("The offering is in another state by now. Please look at it again.")


class TextsNeedTitle(DomainError):
    """Texts in a language without a title would show a page without a heading."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("Please give a title: without one, nothing is shown in this language.")


class ThingGone(DomainError):
    """A room, a meeting point or equipment is not there any more, or nothing new is planned with it."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("What you have chosen is not in use any more. Please choose something else.")


class StillUsed(DomainError):
    """What is used cannot be deleted."""

    message = N_("This is still used, so it cannot be deleted. First take it out where it is used.")
