"""Addresses of the staff area: signing in, passwords, my account, and who works here."""

from booking.web.staff.pages import Address
from booking.web.staff.people import account, editing, members, passwords, signing

_SECRET = "<string(maxlength=200):secret>"  # noqa: S105 - the place of one, not one
_ID = "<int(max=2147483647):person_id>"

ADDRESSES: tuple[Address, ...] = (
    Address(signing.sign_in, "/anmelden", "/sign-in", "public", takes_form=True),
    Address(signing.sign_out, "/abmelden", "/sign-out", "account.own", takes_form=True),
    Address(
        passwords.invitation,
        f"/einladung/{_SECRET}",
        f"/invitation/{_SECRET}",
        "invitation link",
        takes_form=True,
    ),
    Address(
        passwords.password_forgotten, "/passwort-vergessen", "/forgotten-password", "public", takes_form=True
    ),
    Address(passwords.password_asked, "/passwort-vergessen/gesendet", "/forgotten-password/sent", "public"),
    Address(
        passwords.password_reset,
        f"/neues-passwort/{_SECRET}",
        f"/new-password/{_SECRET}",
        "reset link",
        takes_form=True,
    ),
    Address(account.account, "/konto", "/account", "account.own", takes_form=True),
    Address(account.account_password, "/konto/passwort", "/account/password", "account.own", takes_form=True),
    Address(
        account.account_sign_out,
        "/konto/ueberall-abmelden",
        "/account/sign-out-everywhere",
        "account.own",
        takes_form=True,
    ),
    Address(members.people_list, "/team", "/team", "people.edit"),
    Address(members.people_invite, "/team/einladen", "/team/invite", "people.edit", takes_form=True),
    Address(editing.person, f"/team/{_ID}", f"/team/{_ID}", "people.edit", takes_form=True),
    Address(
        editing.person_invite_again,
        f"/team/{_ID}/erneut-einladen",
        f"/team/{_ID}/invite-again",
        "people.edit",
        takes_form=True,
    ),
    Address(
        editing.person_reset,
        f"/team/{_ID}/neues-passwort",
        f"/team/{_ID}/new-password",
        "people.edit",
        takes_form=True,
    ),
    Address(
        editing.person_deactivate,
        f"/team/{_ID}/deaktivieren",
        f"/team/{_ID}/deactivate",
        "people.edit",
        takes_form=True,
    ),
    Address(
        editing.person_reactivate,
        f"/team/{_ID}/reaktivieren",
        f"/team/{_ID}/reactivate",
        "people.edit",
        takes_form=True,
    ),
)
