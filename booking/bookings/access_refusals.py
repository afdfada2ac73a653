"""Why somebody's access need cannot be taken on; each names its kind, so that the page tells it at the field."""

from http import HTTPStatus

from booking.errors import N_, DomainError


class NeedRefused(DomainError):
    """A need that cannot be met as it was told; ``kind`` is among its facts."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    @property
    def kind(self) -> str:
        """The kind of need, as in ``houses.access``."""
        return str(self.facts["kind"])


class NeedTooLate(NeedRefused):
    """The lead time that the house needs has passed."""

    message = N_(
        "There is not enough time left to arrange what you need for this date. "
        "Please choose a later one, or call us: perhaps we find a way."
    )


class NotStepFree(NeedRefused):
    """There are steps at this date."""

    message = N_("This date is not step-free. Please choose one that is, or call us: perhaps we find a way.")


class CompanionNotCounted(NeedRefused):
    """Somebody brings a companion and comes alone."""

    message = N_(
        "You told us that one person comes. Please count your companion, too, so that there is a place for both of you."
    )


class NeedNotOffered(NeedRefused):
    """The house does not arrange this, or not for this way to meet."""

    message = N_("We cannot arrange this online. Please call us: perhaps we find a way.")
