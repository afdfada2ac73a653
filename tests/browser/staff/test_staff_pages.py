"""Every staff page: accessible, quiet, fits, and can be walked by keyboard; German and English take turns."""

from importlib import import_module
from pathlib import Path
from typing import Literal

import pytest

from booking.web.staff import ADDRESSES
from tests.browser.looks import COLOUR_RULES, axe_findings, misfits
from tests.browser.staff.views import StaffView, sit_down
from tests.browser.surfer import Surfer
from tests.browser.walking import reachable, walk

Look = tuple[Literal["light", "dark"], int, tuple[str, ...]]

HEIGHT = 900
AREAS = sorted(
    one.stem
    for one in Path(__file__).parent.glob("*.py")
    if not one.stem.startswith(("test_", "views", "__", "conftest"))
)
VIEWS: list[StaffView] = [
    view for area in AREAS for view in import_module(f"tests.browser.staff.{area}").VIEWS
]


FIRST = {view.name.partition("-")[0]: view for view in reversed(VIEWS)}
PAGES = [view for view in VIEWS if view in FIRST.values()]
STATES = [view for view in VIEWS if view not in FIRST.values()]


def seated(surf, view: StaffView, number: int) -> Surfer:
    surfer: Surfer = surf(("de", "en")[number % 2])
    sit_down(surfer, view.role)
    view.open(surfer)
    surfer.settle()
    return surfer


def findings(surfer: Surfer, looks: tuple[Look, ...], widths: tuple[int, ...]) -> list[str]:
    """Return what axe finds in these schemes and widths, and what does not fit in those widths."""
    found = []
    for scheme, wide, rules in looks:
        surfer.page.emulate_media(color_scheme=scheme)
        surfer.page.set_viewport_size({"width": wide, "height": HEIGHT})
        found += [f"{scheme}, {wide} px: {one}" for one in axe_findings(surfer.page, *rules)]
    for wide in widths:
        surfer.page.set_viewport_size({"width": wide, "height": HEIGHT})
        found += [f"{wide} px: {one}" for one in misfits(surfer.page)]
    return found


@pytest.mark.parametrize(
    ("view", "number"), [(view, n) for n, view in enumerate(PAGES)], ids=[view.name for view in PAGES]
)
def test_a_staff_page_is_for_everybody(surf, view: StaffView, number):
    surfer = seated(surf, view, number)
    looks: tuple[Look, ...] = (("light", 1280, ()), ("light", 390, ()), ("dark", 390, COLOUR_RULES))
    found = findings(surfer, looks, (1280, 390, 320))
    surfer.page.emulate_media(color_scheme="light")
    surfer.page.set_viewport_size({"width": (1280, 390)[number // 2 % 2], "height": HEIGHT})
    stops = walk(surfer.page)

    assert found + [fault for stop in stops for fault in stop.faults()] == []
    assert len(stops) == reachable(surfer.page)
    assert surfer.page.locator("h1").count() == 1


@pytest.mark.parametrize(
    ("view", "number"), [(view, n) for n, view in enumerate(STATES)], ids=[view.name for view in STATES]
)
def test_a_further_state_of_a_staff_page_is_for_everybody(surf, view: StaffView, number):
    """It differs from its page by a message or a part: once light on a phone, once dark, and as narrow as can be."""
    surfer = seated(surf, view, number)

    assert findings(surfer, (("light", 390, ()), ("dark", 390, COLOUR_RULES)), (320,)) == []
    assert surfer.page.locator("h1").count() == 1


def test_no_staff_page_is_left_out():
    """Each address has a view of its own name (before a hyphen); what is no page says so here."""
    tried = {view.name.partition("-")[0] for view in VIEWS}
    names = {one.view.__name__ for one in ADDRESSES} - NO_PAGES

    assert names - tried == set()


NO_PAGES = {
    "account_sign_out",
    "booking_export",
    "booking_note",
    "booking_note_delete",
    "booking_page",
    "booking_reached",
    "booking_resend",
    "booking_slip",
    "person_invite_again",
    "person_reset",
    "queue_new_desk",
    "walk_in_let_in",
    "day_calendar_data",
    "message_preview_html",
    "day_sheet_pdf",
    "series_back",
    "sign_out",
    "voice_read",
}
"""Addresses that answer with a file or lead on (downloads, buttons), or stand in the frame of another page."""
