"""Views: bookings, callers, places held back, people at the door, queues; with their errors."""

from datetime import timedelta

from sqlalchemy import select, update

from booking.bookings.models import Booking
from booking.db import execute, unit_of_work
from booking.timekit.instants import to_epoch
from tests.browser.queues import queue
from tests.browser.staff.views import StaffView, page, visit
from tests.browser.surfer import Surfer
from tests.builders import a_booking, an_occurrence, an_offering

_BY_SLOT = (
    "SELECT key FROM offering WHERE booked_by = 'slot' AND house_id = 1 AND state = 'published' ORDER BY id"
)
_OWN = """
    SELECT b.reference FROM booking b JOIN occurrence o ON o.id = b.occurrence_id
      JOIN offering f ON f.id = o.offering_id JOIN occurrence_host h ON h.occurrence_id = o.id
      JOIN staff s ON s.host_id = h.host_id
     WHERE f.kind = 'consultation' AND b.state = 'confirmed' AND b.starts_at > :now
       AND s.id = (SELECT min(r.staff_id) FROM staff_role r WHERE r.role = 'expert')
     ORDER BY b.starts_at"""


def a_date(surfer: Surfer, **wanted: object) -> int:
    """Publish a date of its own: tomorrow, with places."""
    with surfer.demo.machine.inside() as clock:
        starts_at = clock() + timedelta(**(wanted or {"days": 1}))  # type: ignore[arg-type]
        return an_occurrence(clock, offering_id=an_offering(party_max=4), starts_at=starts_at)


def a_reference(surfer: Surfer, *, is_unreachable: bool = False) -> str:
    """Book a date of its own, and return the reference."""
    day = a_date(surfer)
    with surfer.demo.machine.inside() as clock:
        booked = a_booking(day, clock, phone="0341 12345", note="Mit Kinderwagen.")
        mine = update(Booking).where(Booking.id == booked.booking_id)
        if is_unreachable:
            unit_of_work(lambda: execute(mine.values(unreachable_at=clock())))
        wanted = select(Booking.reference).where(Booking.id == booked.booking_id)
        return unit_of_work(lambda: str(execute(wanted).scalar_one()))


def of_booking(name: str, view: str = "", role: str = "coordinator", **more: bool) -> StaffView:
    """A page of a booking."""
    return StaffView(
        name, role, lambda surfer: visit(surfer, view or name, reference=a_reference(surfer, **more))
    )


def unreachable(surfer: Surfer) -> None:
    a_reference(surfer, is_unreachable=True)
    visit(surfer, "booking_list", query="?unreachable=1")


def cancel_asked(surfer: Surfer) -> None:
    visit(surfer, "booking_cancel", reference=a_reference(surfer))
    surfer.page.locator("[name=kind]").last.check()
    surfer.type(reason="Die Führungsperson ist krank.")
    surfer.send()


def cancel_wrong(surfer: Surfer) -> None:
    visit(surfer, "booking_cancel", reference=a_reference(surfer))
    surfer.send(422)


def party_wrong(surfer: Surfer) -> None:
    visit(surfer, "booking_party", reference=a_reference(surfer))
    surfer.type(adults="zwölf")
    surfer.send(422)


def contact_wrong(surfer: Surfer) -> None:
    visit(surfer, "booking_contact", reference=a_reference(surfer))
    surfer.type(name="", email="keine Adresse")
    surfer.send(422)


def moving(surfer: Surfer) -> None:
    visit(surfer, "booking_move", reference=a_reference(surfer))


def caller(surfer: Surfer) -> None:
    visit(surfer, "caller_date", occurrence_id=a_date(surfer))


def caller_late(surfer: Surfer) -> None:
    visit(surfer, "caller_date", occurrence_id=a_date(surfer, minutes=10))


def caller_wrong(surfer: Surfer) -> None:
    caller(surfer)
    surfer.type(adults="9", name="Karl")
    surfer.send(422)


def caller_done(surfer: Surfer) -> None:
    caller(surfer)
    surfer.type(adults="2", name="Karl Busch", phone="0341 12345")
    surfer.send()


def caller_times(surfer: Surfer) -> None:
    ((key, *_), *_) = surfer.demo.machine.rows(_BY_SLOT)
    visit(surfer, "caller_times", offering_key=key)


def of_own(name: str) -> StaffView:
    """A page of an own consultation of the expert who signs in."""

    def opened(surfer: Surfer) -> None:
        with surfer.demo.machine.inside() as clock:
            now = to_epoch(clock())
        ((reference, *_), *_) = surfer.demo.machine.rows(_OWN, now=now)
        visit(surfer, name, reference=reference)

    return StaffView(name, "expert", opened)


def caller_slot(surfer: Surfer) -> None:
    caller_times(surfer)
    surfer.follow(".slot-times a")


def held(surfer: Surfer) -> None:
    visit(surfer, "hold_back_page", occurrence_id=a_date(surfer))


def held_wrong(surfer: Surfer) -> None:
    held(surfer)
    surfer.type(places="99")
    surfer.send(422)


def door(surfer: Surfer) -> None:
    a_date(surfer, minutes=5)
    visit(surfer, "walk_in_list")


def served(surfer: Surfer) -> None:
    visit(surfer, "queue_serve", desk_id=queue(surfer.demo).desk.id)


def on_paper(surfer: Surfer) -> None:
    busy = queue(surfer.demo)
    visit(surfer, "queue_slip", desk_id=busy.desk.id, ticket_id=busy.draw().ticket_id)


VIEWS = (
    page("booking_list"),
    StaffView("booking_list-empty", "desk", lambda surfer: visit(surfer, "booking_list", query="?q=%25")),
    StaffView("booking_list-unreachable", "desk", unreachable),
    StaffView(
        "booking_search", "desk", lambda surfer: visit(surfer, "booking_search", query="?q=nobody+at+all")
    ),
    of_booking("booking_shown"),
    of_booking("booking_shown-unreachable", "booking_shown", "desk", is_unreachable=True),
    of_booking("booking_shown-masked", "booking_shown", "auditor"),
    of_booking("booking_cancel"),
    StaffView("booking_cancel-asked", "desk", cancel_asked),
    StaffView("booking_cancel-wrong", "desk", cancel_wrong),
    StaffView("booking_party-wrong", "desk", party_wrong),
    StaffView("booking_contact-wrong", "desk", contact_wrong),
    StaffView("booking_move", "desk", moving),
    of_own("own_move"),
    of_own("own_cancel"),
    page("caller_start", "desk"),
    StaffView("caller_times", "desk", caller_times),
    StaffView("caller_date", "desk", caller),
    StaffView("caller_date-late", "desk", caller_late),
    StaffView("caller_date-wrong", "desk", caller_wrong),
    StaffView("caller_slot", "desk", caller_slot),
    StaffView("caller_done", "desk", caller_done),
    page("hold_back_list", "desk"),
    StaffView("hold_back_page", "desk", held),
    StaffView("hold_back_page-wrong", "desk", held_wrong),
    StaffView("walk_in_list", "desk", door),
    page("queue_list", "desk"),
    StaffView("queue_serve", "desk", served),
    StaffView("queue_slip", "desk", on_paper),
)
