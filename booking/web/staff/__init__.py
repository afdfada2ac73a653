"""Pages of staff; each area tells its addresses with the permission that they need."""

from flask import Blueprint

from booking.web.access import ACCESS, Access
from booking.web.staff import (
    bookings,
    catalogue,
    dates,
    day,
    history,
    home,
    hours,
    menu,
    messages,
    needs,
    people,
    voices,
)
from booking.web.staff.gate import LINK
from booking.web.staff.pages import PREFIXES
from booking.web.staff.people import passwords
from booking.web.staff.people.links import StaffLinkEnded, StaffLinkUnknown

AREAS = (home, day, bookings, dates, hours, catalogue, messages, voices, needs, people, history)
ADDRESSES = tuple(one for area in AREAS for one in area.ADDRESSES)
_WHY = "staff with this permission; the view checks whose it is"
_LINK = "the secret address is the permission; the view verifies it"
_SIGNING_IN = "everybody may try to sign in; attempts are bounded"


def blueprint() -> Blueprint:
    """Return the pages of staff under their language, and declare who may open them."""
    pages = Blueprint("staff", __name__)
    pages.url_value_preprocessor(_drop_language)
    pages.context_processor(menu.context)
    pages.register_error_handler(StaffLinkEnded, passwords.ended)
    pages.register_error_handler(StaffLinkUnknown, passwords.unknown)
    for page in ADDRESSES:
        name = page.view.__name__
        reason = _SIGNING_IN if page.permission == "public" else _WHY
        reason = _LINK if page.permission.endswith(LINK) else reason
        ACCESS[f"staff.{name}"] = Access(page.permission, reason, checks_token=page.takes_form)
        for language, path in (("de", page.german), ("en", page.english)):
            pages.add_url_rule(
                PREFIXES[language] + path,
                name,
                page.view,
                methods=("GET", "POST") if page.takes_form else ("GET",),
                defaults={"language": language},
            )
    return pages


def _drop_language(_endpoint: str | None, values: dict[str, str] | None) -> None:
    """The language is read from the path by ``context.language``; views need not take it."""
    if values is not None:
        values.pop("language", None)
