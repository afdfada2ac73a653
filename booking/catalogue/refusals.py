"""Why an offering cannot be entered as it is."""

from http import HTTPStatus

from booking.errors import N_, DomainError


class UnlikeAlternatives(DomainError):
    """Needs with the same choice number can stand for each other only if they want the same at the same times."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_(
        "Things that can stand for each other must be of one kind, for one medium and with the same buffers."
    )
