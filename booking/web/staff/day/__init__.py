"""Addresses of the staff area: the day, who arrives, check-in, and the list to print."""

from booking.web.staff.day import arrivals, calendar, party, plan, sheet
from booking.web.staff.pages import Address

_DATE = "<int(max=2147483647):occurrence_id>"
_BOOKING = "<int(max=2147483647):booking_id>"
_SECRET = "<string(maxlength=200):secret>"  # noqa: S105 - the place of one, not one

ADDRESSES: tuple[Address, ...] = (
    Address(plan.day_page, "/tag", "/day", "day.see"),
    Address(calendar.day_calendar, "/kalender", "/calendar", "day.see"),
    Address(calendar.day_calendar_data, "/kalender.json", "/calendar.json", "day.see"),
    Address(sheet.day_sheet, "/tagesliste", "/day-list", "day.list"),
    Address(sheet.day_sheet_pdf, "/tagesliste.pdf", "/day-list.pdf", "day.list"),
    Address(arrivals.day_arrivals, "/ankunft", "/arrivals", "day.check_in", takes_form=True),
    Address(
        arrivals.day_date,
        f"/ankunft/termin/{_DATE}",
        f"/arrivals/date/{_DATE}",
        "day.check_in",
        takes_form=True,
    ),
    Address(
        party.day_party,
        f"/ankunft/buchung/{_BOOKING}",
        f"/arrivals/booking/{_BOOKING}",
        "day.check_in",
        takes_form=True,
    ),
    Address(party.day_code, f"/ankunft/code/{_SECRET}", f"/arrivals/code/{_SECRET}", "check-in link"),
)
