"""View: the slip of a booking, as a PDF to print or to keep."""

from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings.queries import BookingPage
from booking.bookings.rules import check_firm
from booking.bookings.states import CANCELLABLE
from booking.errors import Gone
from booking.messages.plain import many_lines
from booking.web import paper, qr
from booking.web.check_in_codes import check_in_url_of
from booking.web.context import address, house, language
from booking.web.public.arrival_rows import has_code
from booking.web.public.rows import booking_row
from booking.web.public.secrets import booking_of
from booking.web.roof import roof
from booking.web.variants import locale_of


def slip_pdf(secret: str) -> ResponseReturnValue:
    """The slip of a booking that stands; one that is cancelled has none, and one that waits for its address neither."""
    return pdf_of(booking_of(secret), secret)


def pdf_of(booking: BookingPage, secret: str) -> ResponseReturnValue:
    """Return the slip of a booking whose page the secret opens; raises NotFirm and Gone where there is none."""
    check_firm(booking.state)
    if booking.state not in CANCELLABLE:
        raise Gone
    answer = Response(paper.pdf("slip", _data(booking, secret)), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{booking.reference}.pdf"'
    return answer


def _data(booking: BookingPage, secret: str) -> dict[str, Any]:
    """Return all words of the slip, in the language of the page."""
    found, row = house(), booking_row(booking, secret)
    url = roof().base_url(found) + address("manage", secret=secret)
    title = str(_("Your booking %(reference)s", reference=booking.reference))
    return {
        "lang": locale_of(language()),
        "title": title,
        "house": found.text("name", language()),
        "postal": found.postal_line(),
        "phone_label": str(_("Phone:")),
        "phone": found.phone,
        "email": found.email,
        "demo": f"{_('Demo')} – {_('The programme shown here is invented.')}" if found.is_demo else "",
        "offering": booking.title,
        "when": row["when"],
        "rows": _rows(booking, row),
        "qr": qr.file(url, title=title).decode(),
        "qr_alt": str(_("QR code that leads to the page of your booking")),
        "qr_caption": str(_("See, move or cancel")),
        "door": _door(booking, secret),
        "parts": _parts(booking, row),
        "link_heading": str(_("The page of your booking")),
        "url": url,
        "url_shown": url,
    }


def _door(booking: BookingPage, secret: str) -> dict[str, str] | None:
    """Return the code for the desk, for whoever comes to the house."""
    if not has_code(booking):
        return None
    alt = str(_("QR code for the check-in at the desk"))
    drawn = qr.file(check_in_url_of(secret), title=alt).decode()
    return {"qr": drawn, "alt": alt, "caption": str(_("Show at the desk"))}


def _rows(booking: BookingPage, row: dict[str, Any]) -> list[tuple[str, str]]:
    rows = [
        (_("Reference"), booking.reference),
        (_("Where") if row["is_on_site"] else _("How"), row["place"]),
        (_("With"), booking.with_whom),
        (_("Language"), row["spoken"]),
        (_("Age"), row["age"]),
        (_("Who comes"), row["people"]),
        (_("Name"), booking.name),
        (_("Move or cancel online until"), row["cancel_until"]),
    ]
    return [(str(term), many_lines(str(value)).replace("\n", " ")) for term, value in rows if value]


def _parts(booking: BookingPage, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the parts with a heading: only those about which there is something to say."""
    way = house().text("way", language()) if row["is_on_site"] else str(row["how"])
    parts = [
        (_("How to find us") if row["is_on_site"] else _("How"), way),
        (_("Good to know"), booking.confirmation if row["is_on_site"] else ""),
        (_("What to bring"), booking.bring),
    ]
    return [
        {"heading": str(heading), "blocks": paper.blocks(text)} for heading, text in parts if text.strip()
    ]
