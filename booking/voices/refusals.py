"""Why something cannot be told or answered."""

from http import HTTPStatus

from booking.errors import N_, DomainError


class FormUsed(DomainError):
    """The key of the form belongs to something else that was told with it."""

    message = N_(
        "You have sent something else with this form already; that stands. "
        "Send it again only if you want to tell us this, too."
    )


class UnknownTopic(DomainError):
    """The house has no such topic."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("Choose a topic from the list, or none.")


class NotAnswerable(DomainError):
    """It is closed, or of a kind that cannot become this."""

    message = N_("This cannot be answered like that any more.")
