"""Addresses of the staff area: hours of hosts and rooms, closures of the house, why nothing is free."""

from booking.web.staff.hours import (
    absence_pages,
    closure_pages,
    day_pages,
    host_pages,
    pages,
    week_pages,
    why_pages,
)
from booking.web.staff.pages import Address

_HOST = "<int(max=2147483647):host_id>"
_CLOSURE = "<int(max=2147483647):closure_id>"
_DAY = "<string(length=10):day>"
_PLACE = "<int(max=2147483647):place_id>"

ADDRESSES: tuple[Address, ...] = (
    Address(host_pages.hours_list, "/personen", "/hosts", "hours.edit"),
    Address(host_pages.hours_host_new, "/personen/neu", "/hosts/new", "hosts.edit", takes_form=True),
    Address(
        host_pages.hours_host_edit,
        f"/personen/{_HOST}/angaben",
        f"/hosts/{_HOST}/details",
        "hosts.edit",
        takes_form=True,
    ),
    Address(pages.hours_page, f"/personen/{_HOST}", f"/hosts/{_HOST}", "hours.edit", takes_form=True),
    Address(
        week_pages.hours_week,
        f"/personen/{_HOST}/wochenzeiten",
        f"/hosts/{_HOST}/weekly-hours",
        "hours.edit",
        takes_form=True,
    ),
    Address(
        day_pages.hours_day, f"/personen/{_HOST}/tag", f"/hosts/{_HOST}/day", "hours.edit", takes_form=True
    ),
    Address(
        absence_pages.hours_absence,
        f"/personen/{_HOST}/abwesenheit",
        f"/hosts/{_HOST}/absence",
        "hours.edit",
        takes_form=True,
    ),
    Address(
        pages.hours_room, f"/raumzeiten/{_PLACE}", f"/room-hours/{_PLACE}", "hours.edit", takes_form=True
    ),
    Address(
        week_pages.hours_room_week,
        f"/raumzeiten/{_PLACE}/wochenzeiten",
        f"/room-hours/{_PLACE}/weekly-hours",
        "hours.edit",
        takes_form=True,
    ),
    Address(
        day_pages.hours_room_day,
        f"/raumzeiten/{_PLACE}/tag",
        f"/room-hours/{_PLACE}/day",
        "hours.edit",
        takes_form=True,
    ),
    Address(
        absence_pages.hours_room_absence,
        f"/raumzeiten/{_PLACE}/ausser-betrieb",
        f"/room-hours/{_PLACE}/out-of-use",
        "hours.edit",
        takes_form=True,
    ),
    Address(pages.hours_own, "/meine-zeiten", "/my-hours", "hours.own", takes_form=True),
    Address(
        week_pages.hours_own_week,
        "/meine-zeiten/wochenzeiten",
        "/my-hours/weekly-hours",
        "hours.own",
        takes_form=True,
    ),
    Address(day_pages.hours_own_day, "/meine-zeiten/tag", "/my-hours/day", "hours.own", takes_form=True),
    Address(
        absence_pages.hours_own_absence,
        "/meine-zeiten/abwesenheit",
        "/my-hours/absence",
        "hours.own",
        takes_form=True,
    ),
    Address(closure_pages.closure_list, "/schliesstage", "/closures", "closures.edit"),
    Address(
        closure_pages.closure_new, "/schliesstage/neu", "/closures/new", "closures.edit", takes_form=True
    ),
    Address(
        closure_pages.closure_page,
        f"/schliesstage/{_CLOSURE}",
        f"/closures/{_CLOSURE}",
        "closures.edit",
        takes_form=True,
    ),
    Address(
        closure_pages.closure_day,
        f"/schliesstage/tag/{_DAY}",
        f"/closures/day/{_DAY}",
        "closures.edit",
        takes_form=True,
    ),
    Address(why_pages.hours_why, "/warum-nichts-frei", "/why-nothing-free", "hours.edit"),
)
