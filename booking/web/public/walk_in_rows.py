"""What pages of walk-ins show of a queue, a ticket and a desk: words made once."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from booking.bookings import walk_in_hours, walk_in_queries
from booking.bookings.ticket_states import minutes_until_called, pace
from booking.bookings.walk_in_hours import Opening
from booking.bookings.walk_in_queries import DeskPage, Placed, Queue, TicketPage, WalkIn
from booking.timekit.instants import local_date
from booking.web.context import address, house, language
from booking.web.public import walk_in_words as words
from booking.web.roof import roof


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A queue on a page; what does not apply is empty.

    ``closed``   why no numbers are given out just now
    ``warning``  that today might not suffice for everybody
    """

    title: str
    href: str
    offering_href: str
    called: tuple[Placed, ...]
    waiting: str
    wait: str
    closed: str
    warning: str
    until: str
    as_of: str
    said: str


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket on its holder's page."""

    number: int
    state: str
    title: str
    heading: str
    before: str
    wait: str
    label: str
    called_at: str
    drawn_at: str
    calls: int
    is_today: bool
    href: str
    leave_href: str
    queue: QueueRow
    note: str


@dataclass(frozen=True, slots=True)
class CallRow:
    """A number in one of the lists of a desk."""

    id: int
    number: int
    since: str
    label: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A desk on its page; ``last`` is the ticket that it called last, or 0."""

    title: str
    label: str
    last: int
    called: list[CallRow]
    waiting: list[CallRow]
    missed: list[CallRow]
    is_stopped: bool
    queue: QueueRow


def queue_rows(walk_ins: list[WalkIn]) -> list[QueueRow]:
    """Return the queues of today."""
    now, ids = roof().clock(), [one.id for one in walk_ins]
    found = walk_in_queries.queues(ids, day=local_date(now, house().zone))
    opened = walk_in_hours.openings(ids, house=house(), now=now, language=language())
    return [queue_row(one, found[one.id], opened[one.id], now=now) for one in walk_ins]


def queue_row(walk_in: WalkIn, queue: Queue, opening: Opening, *, now: datetime) -> QueueRow:
    """Return a queue as pages show it."""
    minutes = _minutes(walk_in, queue, opening, before=len(queue.waiting))
    return QueueRow(
        title=walk_in.title,
        href=address("queue", key=walk_in.key),
        offering_href=address("offering", key=walk_in.key),
        called=queue.called,
        waiting=words.waiting(len(queue.waiting)),
        wait=words.wait(minutes),
        closed=words.closed(queue, opening, now=now),
        warning=words.warning(minutes, opening, now=now),
        until=words.time_of(opening.until) if opening.until else "",
        as_of=words.time_of(now),
        said=words.said(queue),
    )


def ticket_row(ticket: TicketPage, secret: str) -> TicketRow:
    """Return a ticket as its page shows it."""
    now, placed = roof().clock(), ticket.placed
    queue = walk_in_queries.queue(ticket.offering.id, day=ticket.day)
    opening = walk_in_hours.opening(ticket.offering.id, house=house(), now=now, language=language())
    before = queue.before(placed.number)
    return TicketRow(
        number=placed.number,
        state=placed.state,
        title=ticket.offering.title,
        heading=words.heading(placed),
        before=words.before_you(before),
        wait=words.wait(_minutes(ticket.offering, queue, opening, before=before)),
        label=placed.label,
        called_at=words.time_of(placed.called_at) if placed.called_at else "",
        drawn_at=words.time_of(placed.drawn_at),
        calls=placed.calls,
        is_today=ticket.day == local_date(now, house().zone),
        href=address("ticket", secret=secret),
        leave_href=address("leave", secret=secret),
        queue=queue_row(ticket.offering, queue, opening, now=now),
        note="" if opening.is_open else words.nobody_there(opening, now=now),
    )


def desk_row(desk: DeskPage) -> DeskRow:
    """Return a desk with its queue of today."""
    now = roof().clock()
    day = local_date(now, house().zone)
    queue = walk_in_queries.queue(desk.offering.id, day=day)
    opening = walk_in_hours.opening(desk.offering.id, house=house(), now=now, language=language())
    last = walk_in_queries.last_call(desk.id, day=day)
    return DeskRow(
        title=desk.offering.title,
        label=desk.label,
        last=last.id if last else 0,
        called=[_call(one, desk) for one in queue.called],
        waiting=[_call(one, desk) for one in queue.waiting],
        missed=[_call(one, desk) for one in queue.missed],
        is_stopped=queue.is_stopped,
        queue=queue_row(desk.offering, queue, opening, now=now),
    )


def _call(placed: Placed, desk: DeskPage) -> CallRow:
    if placed.called_at is None:
        since = _("drawn at %(time)s", time=words.time_of(placed.drawn_at))
    else:
        since = _("called at %(time)s", time=words.time_of(placed.called_at))
    return CallRow(placed.id, placed.number, str(since), placed.label, placed.desk_id == desk.id)


def _minutes(walk_in: WalkIn, queue: Queue, opening: Opening, *, before: int) -> int:
    """Return in how many minutes a number is probably called that has so many before it."""
    called = len(queue.called)
    speed = pace(queue.served, planned=walk_in.minutes, hosts=opening.hosts, called=called)
    return minutes_until_called(before, called=called, pace=speed)
