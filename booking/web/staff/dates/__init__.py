"""Addresses of the staff area: dates and series."""

from booking.web.staff.dates import cancelling, changing, listing, making, publishing, series_pages, showing
from booking.web.staff.pages import Address

_DATE = "<int(max=2147483647):occurrence_id>"
_SERIES = "<int(max=2147483647):series_id>"
_EDIT = "dates.edit"

ADDRESSES: tuple[Address, ...] = (
    Address(listing.date_list, "/termine", "/dates", "dates.see"),
    Address(making.date_new, "/termine/neu", "/dates/new", _EDIT, takes_form=True),
    Address(publishing.date_several, "/termine/mehrere", "/dates/several", _EDIT, takes_form=True),
    Address(cancelling.dates_cancel, "/termine/absagen", "/dates/cancel", _EDIT, takes_form=True),
    Address(showing.date_page, f"/termine/{_DATE}", f"/dates/{_DATE}", "dates.see"),
    Address(
        changing.date_change, f"/termine/{_DATE}/aendern", f"/dates/{_DATE}/change", _EDIT, takes_form=True
    ),
    Address(
        publishing.date_publish,
        f"/termine/{_DATE}/veroeffentlichen",
        f"/dates/{_DATE}/publish",
        _EDIT,
        takes_form=True,
    ),
    Address(
        publishing.date_drop, f"/termine/{_DATE}/loeschen", f"/dates/{_DATE}/delete", _EDIT, takes_form=True
    ),
    Address(
        cancelling.date_cancel, f"/termine/{_DATE}/absagen", f"/dates/{_DATE}/cancel", _EDIT, takes_form=True
    ),
    Address(series_pages.series_new, "/serien/neu", "/series/new", _EDIT, takes_form=True),
    Address(series_pages.series_page, f"/serien/{_SERIES}", f"/series/{_SERIES}", "dates.see"),
    Address(
        series_pages.series_back,
        f"/serien/{_SERIES}/zurueckholen",
        f"/series/{_SERIES}/bring-back",
        _EDIT,
        takes_form=True,
    ),
    Address(
        series_pages.series_extend,
        f"/serien/{_SERIES}/verlaengern",
        f"/series/{_SERIES}/extend",
        _EDIT,
        takes_form=True,
    ),
    Address(
        cancelling.series_end, f"/serien/{_SERIES}/beenden", f"/series/{_SERIES}/end", _EDIT, takes_form=True
    ),
)
