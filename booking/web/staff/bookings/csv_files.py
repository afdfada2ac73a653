"""A list of bookings as a file for spreadsheets, in which no cell is ever a formula."""

import csv
import io
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from booking.bookings.staff_lists import Listed
from booking.web.context import house
from booking.web.labels import kind_label, medium_label
from booking.web.staff.bookings.words import channel_label, state_label

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def table(rows: Iterable[Listed]) -> bytes:
    """Return the file: UTF-8 with its mark, semicolons, so that spreadsheets of a German office open it."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(_heads())
    for one in rows:
        writer.writerow([safe(cell) for cell in _cells(one)])
    return file.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula: a leading apostrophe makes it text."""
    flat = cell.replace("\x00", "")
    return (
        f"'{flat}"
        if flat.lstrip(" \u00a0").startswith(_STARTS_A_FORMULA) or flat[:1] in _STARTS_A_FORMULA
        else flat
    )


def _heads() -> list[str]:
    return [
        _("Reference"),
        _("State"),
        _("Offering"),
        _("Kind"),
        _("Begins"),
        _("Ends"),
        _("How"),
        _("People"),
        _("Name"),
        _("Email address"),
        _("Phone number"),
        _("Question or wish"),
        _("Booked"),
        _("How it was booked"),
    ]


def _cells(one: Listed) -> list[str]:
    zone = ZoneInfo(house().zone)
    begins, ends, booked = (
        at.astimezone(zone).strftime("%Y-%m-%d %H:%M") for at in (one.starts_at, one.ends_at, one.created_at)
    )
    return [
        one.reference,
        state_label(one.state),
        one.title,
        kind_label(one.kind),
        begins,
        ends,
        medium_label(one.medium),
        str(one.people),
        one.name,
        one.email,
        one.phone,
        one.note,
        booked,
        channel_label(one.channel),
    ]
