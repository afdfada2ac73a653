"""DomainError: what is understood and refused, with a status and a whole sentence."""

from http import HTTPStatus


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark ``text`` for translation and return it unchanged: it is translated where it is shown."""
    return text


class DomainError(Exception):
    """A request that is understood and refused.

    ``message`` is an English whole sentence for the person, translated at
    the roof; ``facts`` fill its ``%(name)s`` places.
    """

    status = HTTPStatus.CONFLICT
    message = N_("This could not be done. Please go back and try again.")

    def __init__(self, **facts: str | int) -> None:
        super().__init__(self.message)
        self.facts = facts


class NotFound(DomainError):
    """It does not exist, or not for whoever asks."""

    status = HTTPStatus.NOT_FOUND
    message = N_("This page does not exist.")


class Gone(DomainError):
    """It existed and is over: past, cancelled, expired or erased."""

    status = HTTPStatus.GONE
    message = N_("This is no longer available.")


class Overtaken(DomainError):
    """What a deed read before it locked has changed since: the unit of work does it once more, from the start."""

    message = N_("Somebody changed this at the same moment. Please look at it again.")


class Stale(DomainError):
    """Somebody else has changed it since the form was opened: both versions are shown, none is lost."""

    message = N_("Somebody else has changed this meanwhile.")
