"""Views: the plan, the calendar, arrivals and check-in in their states, the day sheet, the code."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import count

from booking.bookings import attending
from booking.bookings.service import Booked
from booking.db import unit_of_work
from booking.links.tokens import token
from booking.timekit.clock import StoppedClock
from booking.web.roof import roof
from tests.browser.demo import Demo, an_address
from tests.browser.staff.views import StaffView, page, path, visit
from tests.browser.surfer import Surfer
from tests.builders import a_booking, an_occurrence

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Running:
    """A date that runs now, and the parties that booked it."""

    occurrence_id: int
    parties: tuple[Booked, ...]


def running(demo: Demo, *, minutes: int = 60) -> Running:
    """Make a date that began ten minutes ago and lasts so long, with three parties, one of them checked in."""
    with demo.machine.inside() as now:
        earlier = StoppedClock(now() - timedelta(hours=9))
        begin = now() - timedelta(minutes=10)
        date = an_occurrence(earlier, starts_at=begin, ends_at=begin + timedelta(minutes=minutes))
        some = tuple(
            a_booking(date, earlier, name=name, email=an_address())
            for name in ("Amina Kaya", "Bela Öz", "Christa von Lange-Wunderlich zu Schönefeld")
        )
        check = partial(attending.check_in, some[1].booking_id, {"adults": 1}, zone="Europe/Berlin")
        unit_of_work(partial(check, actor="staff:1", now=now()))
    return Running(date, some)


def arrivals(surfer: Surfer) -> None:
    running(surfer.demo)
    visit(surfer, "day_arrivals")


def checked_in(surfer: Surfer) -> None:
    """The list after the button of a party was pressed."""
    date = running(surfer.demo)
    visit(surfer, "day_arrivals")
    with surfer.page.expect_navigation():
        surfer.page.click(f'button[value="{date.parties[0].booking_id}.0"]')
    surfer.arrived(200)


def too_late_a_button(surfer: Surfer) -> None:
    """The list when another desk was faster."""
    date = running(surfer.demo)
    visit(surfer, "day_arrivals")
    with surfer.demo.machine.inside() as now:
        check = partial(attending.check_in, date.parties[0].booking_id, {"adults": 1}, zone="Europe/Berlin")
        unit_of_work(partial(check, actor="staff:1", now=now()))
    with surfer.page.expect_navigation():
        surfer.page.click(f'button[value="{date.parties[0].booking_id}.0"]')
    surfer.arrived(409)


def date(surfer: Surfer) -> None:
    visit(surfer, "day_date", occurrence_id=running(surfer.demo).occurrence_id)
    surfer.page.click("summary >> nth=-1")


def closable(surfer: Surfer) -> None:
    """The list of a date that is over, before it is closed."""
    visit(surfer, "day_date", occurrence_id=running(surfer.demo, minutes=9).occurrence_id)


def closed(surfer: Surfer) -> None:
    closable(surfer)
    with surfer.page.expect_navigation():
        surfer.page.click('button[value="close"]')
    surfer.arrived(200)


def party(surfer: Surfer) -> None:
    visit(surfer, "day_party", booking_id=running(surfer.demo).parties[0].booking_id)


def wrong_numbers(surfer: Surfer) -> None:
    party(surfer)
    surfer.type(adults="zwölf")
    with surfer.page.expect_navigation():
        surfer.page.click('button[value="numbers"]')
    surfer.arrived(422)


def two_desks(surfer: Surfer) -> None:
    """The page of a party of which another desk has noted other numbers."""
    one = running(surfer.demo).parties[0].booking_id
    visit(surfer, "day_party", booking_id=one)
    with surfer.demo.machine.inside() as now:
        check = partial(attending.check_in, one, {"adults": 1}, zone="Europe/Berlin", actor="staff:1")
        unit_of_work(partial(check, now=now()))
    with surfer.page.expect_navigation():
        surfer.page.click('button[value="numbers"]')
    surfer.arrived(409)


def code(surfer: Surfer) -> None:
    """What a visitor sees who scans the own code."""
    some = running(surfer.demo).parties[0]
    with surfer.demo.machine.inside():
        secret = token(some.link_id, purpose="check_in", key=roof().keys[0])
    visit(surfer, "day_code", secret=secret)


def drawn(surfer: Surfer, query: str = "") -> None:
    """The calendar with its columns."""
    running(surfer.demo)
    surfer.go(path(surfer.language, "day_calendar") + query)
    surfer.page.wait_for_selector("#calendar .ec")


def state(name: str, role: str, query: str = "") -> StaffView:
    """A page in one of its states, which the address alone tells."""
    return StaffView(name, role, partial(visit, name=name.partition("-")[0], query=query))


VIEWS = (
    page("day_page"),
    state("day_page-week", "coordinator", "?span=week&group=person"),
    state("day_page-rooms", "desk", "?span=week&group=room"),
    state("day_page-guide", "guide"),
    StaffView("day_calendar", "coordinator", drawn),
    StaffView("day_calendar-week", "desk", partial(drawn, query="?span=week&group=room")),
    StaffView("day_arrivals", "desk", arrivals),
    StaffView("day_arrivals-done", "desk", checked_in),
    StaffView("day_arrivals-stale", "desk", too_late_a_button),
    state("day_arrivals-empty", "desk", "?day=2020-01-01"),
    StaffView("day_date", "desk", date),
    StaffView("day_date-over", "desk", closable),
    StaffView("day_date-closed", "coordinator", closed),
    StaffView("day_party", "desk", party),
    StaffView("day_party-wrong", "desk", wrong_numbers),
    StaffView("day_party-stale", "desk", two_desks),
    page("day_sheet", "desk"),
    state("day_sheet-needs", "coordinator", "?needs=1&group=person"),
    StaffView("day_code", "", code),
)
