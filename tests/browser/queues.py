"""Queues of the browser's demo: a walk-in that is open whatever the day is, with its desk and its numbers."""

from dataclasses import dataclass
from itertools import count

from booking.bookings.walk_in_queries import DeskPage, Drawn
from booking.db import unit_of_work
from booking.links import queries as links
from booking.schedule import service
from booking.timekit.clock import StoppedClock
from booking.timekit.instants import local_date
from booking.web.public.secrets import secret_of
from tests.browser.demo import Demo
from tests.browser.surfer import Surfer
from tests.builders import house_id
from tests.hours import ZONE
from tests.walk_ins import a_desk, a_walk_in, call_next, draw, move

_keys = count(1)
_known: dict[tuple[int, str], "Queue"] = {}


@dataclass
class Queue:
    """A walk-in offering of the demo with one desk, and what its links open."""

    demo: Demo
    key: str
    offering_id: int
    desk: DeskPage
    desk_secret: str

    def draw(self) -> Drawn:
        with self.demo.machine.inside() as clock:
            return draw(self.offering_id, clock)

    def secret(self, drawn: Drawn) -> str:
        """Return the secret of a number's page."""
        with self.demo.machine.inside():
            return secret_of(drawn.link_id, purpose="ticket")

    def call_next(self) -> int:
        with self.demo.machine.inside() as clock:
            return call_next(self.desk, clock)

    def move(self, drawn: Drawn, wanted: str, *, seen: str = "called") -> None:
        with self.demo.machine.inside() as clock:
            move(self.desk, drawn.ticket_id, wanted, clock, seen=seen)


def a_queue(demo: Demo, *hours: str) -> Queue:
    """Open a queue for one test alone, at any time of every day unless told otherwise."""
    with demo.machine.inside() as clock:
        _open_today(demo, clock)
        key = f"queue-{next(_keys)}"
        offering_id = a_walk_in(*(hours or ("daily 00:00-24:00",)), key=key)
        desk = a_desk(offering_id, clock, "Tisch 2")
        link_id = unit_of_work(lambda: links.newest("desk", subject_id=desk.id))
        return Queue(demo, key, offering_id, desk, secret_of(str(link_id), purpose="desk"))


def queue(demo: Demo, kind: str = "busy") -> Queue:
    """Return a queue that no test changes: "busy" with numbers in all states, or "closed"."""
    known = _known.get((demo.machine.port, kind))
    if known is None:
        known = a_queue(demo) if kind == "busy" else a_queue(demo, "sun 00:00-00:05")
        _known[demo.machine.port, kind] = known
        if kind == "busy":
            first, second, *_ = [known.draw() for _ in range(6)]
            for _ in range(3):
                known.call_next()
            known.move(first, "missed")
            known.move(second, "served")
    return known


def _open_today(demo: Demo, clock: StoppedClock) -> None:
    """Whatever closes the house today: tests run on holidays, too."""
    today, leipzig = local_date(clock(), ZONE), house_id()
    query = "SELECT 1 FROM holiday_opening WHERE house_id = :house AND day = :day"
    if not demo.machine.rows(query, house=leipzig, day=today.isoformat()):
        unit_of_work(lambda: service.open_on_holiday(leipzig, today))


# ------------------------------------------------------------------------------ pages


def page_of_queue(surfer: Surfer) -> None:
    surfer.visit("queue", key=queue(surfer.demo).key)


def page_of_closed_queue(surfer: Surfer) -> None:
    surfer.visit("queue", key=queue(surfer.demo, "closed").key)


def page_of_own_number(surfer: Surfer) -> None:
    """The queue as it is for somebody who has drawn a number."""
    surfer.visit("queue", key=a_queue(surfer.demo).key)
    surfer.send()
    surfer.page.go_back()
    surfer.page.wait_for_selector("a.kern-btn")


def page_of_ticket(surfer: Surfer) -> None:
    known = queue(surfer.demo)
    surfer.visit("ticket", secret=known.secret(known.draw()))


def page_of_called_ticket(surfer: Surfer) -> None:
    own = a_queue(surfer.demo)
    drawn = own.draw()
    own.call_next()
    surfer.visit("ticket", secret=own.secret(drawn))


def page_of_missed_ticket(surfer: Surfer) -> None:
    own = a_queue(surfer.demo)
    drawn = own.draw()
    own.call_next()
    own.move(drawn, "missed")
    surfer.visit("ticket", secret=own.secret(drawn))


def page_of_leaving(surfer: Surfer) -> None:
    known = queue(surfer.demo)
    surfer.visit("leave", secret=known.secret(known.draw()))


def page_of_desk(surfer: Surfer) -> None:
    surfer.visit("queue_desk", secret=queue(surfer.demo).desk_secret)


def page_of_stale_desk(surfer: Surfer) -> None:
    own = a_queue(surfer.demo)
    for _ in range(2):
        own.draw()
    surfer.visit("queue_desk", secret=own.desk_secret)
    own.call_next()
    with surfer.page.expect_navigation():
        surfer.page.click("#next")
    surfer.settle()
    assert surfer.status == 409


def page_of_slip(surfer: Surfer) -> None:
    known = queue(surfer.demo)
    surfer.visit("slip", secret=known.desk_secret, ticket_id=known.draw().ticket_id)


def page_of_unknown_number(surfer: Surfer) -> None:
    surfer.visit("ticket", 404, secret="A" * 43)
