"""Why a resource cannot be had."""

from http import HTTPStatus

from booking.errors import N_, DomainError


class Taken(DomainError):
    """Somebody else took part of what was wanted first."""

    message = N_("Not enough places are left. Please choose another date, or come with fewer people.")


class SlotGone(DomainError):
    """The slot is not free, or not any more."""

    message = N_("This time is not free any more. Please choose another one.")


class CapacityInUse(DomainError):
    """A capacity cannot be lowered below what is already taken from it."""

    message = N_("More than that is already taken. Please move or cancel bookings first.")


class UnfitHours(DomainError):
    """Hours, an absence, a busy time or a closure that makes no sense, such as an end before its start."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("These times do not fit together: the end must come after the start.")


class NoSuchTime(UnfitHours):
    """A minute, weekday, week or number that does not exist."""

    message = N_("There is no such time. Please give minutes of a day, a weekday and a week that exist.")


class HoursTwice(DomainError):
    """Somebody else has changed the same day at the same moment."""

    message = N_("The hours of this day have just been changed. Please look at them again.")
