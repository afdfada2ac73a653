"""A house at work: two coordinators, two experts and twenty visitors at once, in real browsers' requests."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape

import pytest

from booking.db import unit_of_work
from booking.people import signing_in
from booking.people.permissions import Acting
from tests.browsers import Browser, Form, at_once
from tests.builders import an_occurrence, an_offering
from tests.hours import a_consultation, an_expert
from tests.machines import Machine
from tests.paperwork import push_through
from tests.staff import a_staff

pytestmark = pytest.mark.race

VISITORS, ROUNDS = 20, 4
HOURS = "mon-fri 09:00-18:00"
SLOT = re.compile(r'href="(/de/angebote/[^"]+/buchen\?[^"]+)"')
Went = list[tuple[str, int]]


class House:
    """What they all work on, and who they are."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        with machine.inside() as clock:
            now = clock()
            self.tour = an_offering(seats=12, party_max=4)
            starts = [now.replace(minute=0, second=0) + timedelta(days=3 + n) for n in range(4)]
            self.dates = [
                an_occurrence(
                    clock, offering_id=self.tour, seats=12, starts_at=one, ends_at=one + timedelta(hours=1)
                )
                for one in starts
            ]
            self.talk = a_consultation(key="talk", party_max=3)
            self.hosts = [an_expert(self.talk, HOURS) for _ in range(2)]
            people = [a_staff("coordinator") for _ in range(2)]
            people += [a_staff("expert", host_id=host) for host in self.hosts]
            self.tokens = [self._token(person, now) for person in people]

    @staticmethod
    def _token(person: Acting, now: datetime) -> str:
        return unit_of_work(lambda: signing_in.sign_in(person.staff_id, now=now))

    def staff(self, number: int) -> Browser:
        return Browser(self.machine.port, cookies={"staff": self.tokens[number]})

    def version(self, table: str, number: int) -> int:
        ((found,),) = self.machine.rows(f"SELECT version FROM {table} WHERE id = {number}")
        return int(found)


def coordinator(house: House, number: int) -> Went:
    """Edits the tour and its dates again and again, and books for callers."""
    browser, went = house.staff(number), []
    for turn in range(ROUNDS):
        facts = push_through(
            browser, f"/de/intern/angebote/{house.tour}/angaben", age_min=1 + number * 50 + turn
        )
        went += [("facts", status) for status in facts]
        date = house.dates[turn % len(house.dates)]
        seats = push_through(browser, f"/de/intern/termine/{date}/aendern", seats=13 + number * ROUNDS + turn)
        went += [("date", status) for status in seats]
        week = (
            f"/de/intern/personen/{house.hosts[number]}/wochenzeiten"  # whose owner edits it at the same time
        )
        hours = push_through(browser, week, do="save", **{"r2-end": f"{16 - turn % 3}:30"})
        went += [("hours", status) for status in hours]
    return went


def expert(house: House, number: int) -> Went:
    """Goes on changing one's own hours."""
    browser, went = house.staff(2 + number), []
    for turn in range(ROUNDS):
        week = push_through(
            browser, "/de/intern/meine-zeiten/wochenzeiten", do="save", **{"r1-end": f"{17 - turn % 3}:00"}
        )
        went += [("hours", status) for status in week]
    return went


def visitor(house: House, number: int) -> Went:
    """Books a date or a talk, and looks at the programme meanwhile."""
    browser, went = Browser(house.machine.port), [("programme", 0)]
    went = [("programme", browser.get("/de/programm").status)]
    if number % 2:
        form = browser.form_of(house.dates[number % len(house.dates)]).fill(
            f"v{number}@example.org", adults=1 + number % 3
        )
        return [*went, ("booked", form.book().status)]
    ways = [unescape(one) for one in SLOT.findall(browser.get("/de/angebote/talk/zeiten").text)]
    answer = browser.get(ways[number % 4])
    if answer.status != 200:  # taken since: it leads back to the list
        return [*went, ("talk", answer.status)]
    form = Form(browser, ways[number % 4], answer.fields()).fill(f"v{number}@example.org")
    return [*went, ("talk", form.book().status)]


def test_nobody_is_overwritten_doubled_or_met_by_a_fault(serving):
    house = House(serving)
    people: list[Callable[[], Went]] = [
        *(lambda n=n: coordinator(house, n) for n in range(2)),
        *(lambda n=n: expert(house, n) for n in range(2)),
        *(lambda n=n: visitor(house, n) for n in range(VISITORS)),
    ]

    went = Counter(one for some in at_once(people, lambda person: person()) for one in some)

    print(went)
    assert [(what, status) for what, status in went if status >= 500] == []
    assert serving.complaints() == []
    serving.check_invariants()
    _every_save_counts(house, went)
    assert went["booked", 303] + went["talk", 303] > VISITORS / 2
    sold = serving.rows("SELECT count(*) FROM booking WHERE state = 'confirmed'")[0][0]
    assert sold == went["booked", 303] + went["talk", 303]


def _every_save_counts(house: House, went: Counter[tuple[str, int]]) -> None:
    """What was acknowledged raised the version once: none was saved over another unseen."""
    assert went["facts", 303] == 2 * ROUNDS, "who insists is heard"
    assert house.version("offering", house.tour) - 1 == went["facts", 303]
    assert went["hours", 303] == 4 * ROUNDS
    raised = sum(house.version("occurrence", one) - 1 for one in house.dates)
    assert raised == went["date", 303] > ROUNDS
