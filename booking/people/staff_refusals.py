"""What staff are refused when they edit people, sign in or choose a password."""

from http import HTTPStatus

from booking.errors import N_, DomainError, Gone


class AddressInUse(DomainError):
    """The address belongs to somebody of this house."""

    message = N_("Somebody with this email address is on the list already, perhaps deactivated.")


class HostTaken(DomainError):
    """The host is linked with another sign-in."""

    message = N_("This person of the programme has a sign-in already. Please choose another one.")


class Unfit(DomainError):
    """What was entered cannot be."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NoRole(Unfit):
    """Somebody without a role could do nothing."""

    message = N_("Choose at least one role.")


class NoProgramme(Unfit):
    """A coordinator runs something."""

    message = N_("Choose which programmes this coordination runs, or all.")


class UnknownHost(Unfit):
    """The host is not of this house, or has left."""

    message = N_("Choose a person of the programme from the list.")


class UnknownProgramme(Unfit):
    """The programme is not of this house."""

    message = N_("Choose programmes from the list.")


class OwnRole(DomainError):
    """Nobody changes what they may do themselves."""

    message = N_("You cannot change your own roles. Please ask another person of the administration.")


class OwnAccount(DomainError):
    """Nobody shuts themselves out."""

    message = N_("You cannot deactivate yourself. Please ask another person of the administration.")


class LastAdmin(DomainError):
    """Without an admin nobody could let people in."""

    message = N_("This is the last person of the administration. Please give somebody else this role first.")


class NotInvited(DomainError):
    """The person has accepted already, or is deactivated."""

    message = N_("This invitation is no longer open.")


class NotActive(DomainError):
    """The person is deactivated."""

    message = N_("This person is deactivated. Reactivate the person first.")


class NotJoined(DomainError):
    """The person was invited and has no password yet."""

    message = N_("This person has not chosen a password yet. Send the invitation again.")


class Unknown(DomainError):
    """Address and password do not belong together, or to nobody who may sign in."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = N_("This email address and this password do not belong together. Please check both.")


class Throttled(DomainError):
    """The attempts of an account or a client are used up for a while."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    message = N_(
        "There were many attempts to sign in. Please wait %(minutes)s minutes, or choose a new password by mail."
    )


class WrongPassword(Unfit):
    """The present password is another one."""

    message = N_("This is not your present password.")


class TooShort(Unfit):
    """A short password is found by trying."""

    message = N_("Choose a password with at least %(least)s characters, for example four words.")


class TooLong(Unfit):
    """Nobody types that."""

    message = N_("Choose a password with at most %(most)s characters.")


class TooPersonal(Unfit):
    """The password is the address or the name."""

    message = N_("Choose a password that is neither your email address nor your name.")


class TooCommon(Unfit):
    """The password is among those that are tried first."""

    message = N_("Many people use this password, so it is tried first. Please choose another one.")


class LinkOver(Gone):
    """The one-time link was used, replaced or is too old."""

    message = N_("This link has been used, was replaced by a newer one, or is too old.")
