"""The demo that the browser visits: served as on a developer's machine, with a date in every state."""

import fcntl
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_string
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from booking.bookings import holding_back
from booking.db import unit_of_work
from booking.houses.facts import LANGUAGES
from booking.schedule import queries
from booking.schedule.queries import Date
from booking.schedule.refusals import Taken
from booking.timekit.clock import StoppedClock
from booking.web.public import ADDRESSES
from tests.builders import a_booking, an_occurrence, house_id
from tests.machines import SQLITE, Machine, a_machine, wait_until

DATABASE = "demo.sqlite"
BEHIND_THE_DEMO = 63  # days: its programme ends before
SEATS = {"free": 15, "few": 4}
_PLACEHOLDER = re.compile(r"<[^>]*:(\w+)>")
_numbers = count(1)


@dataclass
class Demo:
    """A running instance with its dates by state, earliest first."""

    machine: Machine
    dates: Mapping[str, list[Date]] = field(default_factory=dict)
    _given: Counter[int] = field(default_factory=Counter)  # places that with_room() gave away, by date
    _booked: dict[str, str] = field(default_factory=dict)
    _further: Iterator[int] = field(default_factory=count)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.machine.port}"

    def path(self, language: str, name: str, **values: object) -> str:
        """Return the path of a public page."""
        found = next(one for one in ADDRESSES if one.view.__name__ == name)
        pattern = found.english if language == "en" else found.german
        return f"/{language}" + _PLACEHOLDER.sub(lambda match: str(values[match[1]]), pattern)

    def date(self, state: str) -> Date:
        """Return a date in this state that no test changes."""
        return self.dates[state][0]

    def links(self, kind: str = "tour") -> str:
        """Return a selector of links to free dates that the demo has from the start: there is time to cancel them."""
        ends = [f"[href$='/{one.id}']" for one in self.dates["free"] if one.kind == kind]
        return f":is({', '.join(ends)})"

    def take(self, state: str = "free", *, people: int = 1, kind: str = "tour") -> Date:
        """Return a date for one test alone; there is always one more."""
        for one in self.dates[state][1:]:
            if one.left >= people and one.kind == kind and not self._given[one.id]:
                self.dates[state].remove(one)
                return one
        return self.further(state, kind=kind)

    def with_room(self, people: int = 1) -> Date:
        """Return a date with places for so many, which are given away herewith; there is always one more."""
        begun = [one for one in self.dates["free"][1:] if self._given[one.id]]
        fresh = [one for one in self.dates["free"][1:] if one not in begun]
        fits = (one for one in begun + fresh if one.left - self._given[one.id] >= people)
        found = next(fits, None)
        if found is None:
            found = self.further()
            self.dates["free"].append(found)
        self._given[found.id] += people
        return found

    def further(self, state: str = "free", *, kind: str = "tour") -> Date:
        """Publish one more date, at a time of its own behind all others, which no list shows first."""
        alike = (one for some in self.dates.values() for one in some if one.kind == kind)
        like = max(alike, key=lambda one: one.planned_seats)
        starts_at = like.starts_at + timedelta(days=BEHIND_THE_DEMO + next(self._further))
        plan = {"starts_at": starts_at, "ends_at": starts_at + (like.ends_at - like.starts_at)}
        with self.machine.inside() as clock:
            found = an_occurrence(clock, offering_id=like.offering_id, seats=SEATS[state], **plan)
            if state == "few":
                a_booking(found, clock, party={"adults": 2}, once=f"few {found}", email=an_address())
            house, now = house_id(), clock()
            date = unit_of_work(lambda: queries.date(found, house_id=house, language=LANGUAGES[0], now=now))
        assert date.state == state
        return date

    def book(self, language: str, date: Date | None = None, *, adults: int = 1) -> str:
        """Book as somebody with another browser, and return the secret of the link."""
        wanted = date or self.with_room(adults)
        form = self.machine.browser(language=language).form_of(wanted.id)
        answer = form.fill(an_address(), adults=adults).book()
        assert answer.status == 303, answer.text[-1500:]
        return secret_in(answer.location)

    def booked(self, language: str) -> str:
        """Return the secret of a booking that nobody changes."""
        if language not in self._booked:
            self._booked[language] = self.book(language)
        return self._booked[language]

    def a_mail(self) -> None:
        """See to it that a confirmation has been sent."""
        if not list((self.machine.folder / "var").rglob("*.eml")):
            self.book("de")
        wait_until(lambda: bool(list((self.machine.folder / "var").rglob("*.eml"))), seconds=20)

    def left(self, date: Date) -> int:
        """Return how many places are free now."""
        with self.machine.inside() as clock:
            return unit_of_work(
                lambda: queries.date(date.id, house_id=house_id(), language="de", now=clock()).left
            )

    def end_holds(self, date: Date) -> None:
        """Let the time of everybody who keeps places of a date be over, as if it had passed."""
        over = f"occurrence_id = {date.id} AND booking_id IS NULL"
        self.machine.change(
            f"UPDATE claim SET expires_at = created_at WHERE id IN (SELECT claim_id FROM hold WHERE {over})",
            f"UPDATE hold SET expires_at = created_at WHERE {over}",
        )

    def bookings_of(self, email: str) -> list[str]:
        """Return the state of each booking of an address."""
        found = self.machine.rows("SELECT state FROM booking WHERE email = :email", email=email)
        return [state for (state,) in found]


@contextmanager
def served_demo(own: Path, shared: Path) -> Iterator[Demo]:
    """Serve a copy of the demo's database, which is filled once in a run of tests."""
    wanted = {"APP_ENV": "development", "MAIL_SERVER": ""}
    with a_machine(f"{SQLITE}{own / DATABASE}", own, more=wanted) as machine:
        with (shared / "demo.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / DATABASE).exists():
                _fill(machine)
                _copy(own / DATABASE, shared / DATABASE)
            else:
                _copy(shared / DATABASE, own / DATABASE)
        machine.start_web(workers=1, threads=8)
        machine.start_worker()
        demo = Demo(machine, _dates(machine))
        machine.wait_for("/de/")
        yield demo


def an_address() -> str:
    """Return a mail address that nobody else has."""
    return f"visitor{next(_numbers)}@example.org"


def secret_in(address: str) -> str:
    """Return the secret of a booker's link."""
    return urlsplit(address).path.split("/")[3]


def wait_for_mails(demo: Demo, email: str, number: int) -> None:
    """Wait until the worker has sent so many mails to an address."""
    folder = demo.machine.folder / "var"

    def has_come() -> bool:
        texts = (one.read_text("utf-8") for one in folder.rglob("*.eml"))
        return sum(email in str(message_from_string(text)["To"]) for text in texts) >= number

    wait_until(has_come, seconds=20)


def _fill(machine: Machine) -> None:
    for command in (("db", "upgrade"), ("demo",)):
        done = machine.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr


def _copy(filled: Path, empty: Path) -> None:
    """Copy a database with what still stands in its write-ahead log."""
    with closing(sqlite3.connect(filled)) as source, closing(sqlite3.connect(empty)) as target:
        source.backup(target)


LONG_ENOUGH = timedelta(hours=6)  # what is today can be too late to cancel before a test comes to it


def _a_late_one(some: list[Date], clock: StoppedClock) -> int:
    """Publish a date that begins within its lead time, of the first offering whose room is free then."""
    for one in some:
        starts_at = clock() + (one.starts_at - one.last_call) / 2
        try:
            return an_occurrence(clock, offering_id=one.offering_id, starts_at=starts_at)
        except Taken:
            continue
    raise AssertionError("all rooms are taken")


def _keep_for_the_desk(date: Date, *, now: datetime) -> None:
    """Hold all places of a date back, so that no test takes it for one that can still be cancelled."""
    hold_back = partial(holding_back.hold_back, minutes_before=None, house_id=house_id(), actor="staff:1")
    hold_back(date.id, date.left, now=now)


def _dates(machine: Machine) -> dict[str, list[Date]]:
    """Return the dates of the first house by state; one more is closed to online booking, and one is soon."""
    found: dict[str, list[Date]] = {}
    with machine.inside() as clock:
        now, house = clock(), house_id()
        month = timedelta(days=31)
        asked = {"language": LANGUAGES[0], "now": now, "first": now - month, "last": now + month}
        for date in unit_of_work(lambda: queries.dates(house, **asked)):  # type: ignore[arg-type]
            if date.state == "free" and date.starts_at < now + LONG_ENOUGH:
                unit_of_work(partial(_keep_for_the_desk, date, now=now))
            else:
                found.setdefault(date.state, []).append(date)
        late = _a_late_one([one for one in found["free"] if one.last_call < one.starts_at], clock)
        found["soon"] = [found["free"].pop(1)]
        found["closed"] = [
            unit_of_work(lambda: queries.date(late, house_id=house, language=LANGUAGES[0], now=now))
        ]
    return found
