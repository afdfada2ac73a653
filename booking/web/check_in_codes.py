"""The code that bookers show at the desk: an address for staff alone, made from the manage link of the booking."""

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from booking.links.tokens import link_id_of, token
from booking.web import qr
from booking.web.context import house, language
from booking.web.roof import roof
from booking.web.variants import locale_of

PURPOSE = "check_in"


def check_in_url(link_id: str) -> str:
    """Return the address that checks a booking in; to anybody but staff it shows nothing of the booking.

    It names the manage link by its id and proves itself with a token of its own purpose: whoever reads
    the code can neither see nor change the booking with it, and it ends when the link does.
    """
    secret = token(link_id, purpose=PURPOSE, key=roof().keys[0])
    path = url_for("staff.day_code", language=locale_of(language()), secret=secret)
    return roof().base_url(house()) + path


def check_in_url_of(manage_secret: str) -> str:
    """Return the same for the token of a manage link."""
    return check_in_url(link_id_of(manage_secret, purpose="manage", keys=roof().keys) or "")


def check_in_code(manage_secret: str) -> Markup:
    """Return the code to stand in a page."""
    return qr.inline(check_in_url_of(manage_secret), title=str(_("QR code for the check-in at the desk")))
