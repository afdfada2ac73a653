"""Why a resource cannot be had."""

from booking.errors import N_, DomainError


class Taken(DomainError):
    """Somebody else took part of what was wanted first."""

    message = N_("Not enough places are left. Please choose another date, or come with fewer people.")


class CapacityInUse(DomainError):
    """A capacity cannot be lowered below what is already taken from it."""

    message = N_("More than that is already taken. Please move or cancel bookings first.")
