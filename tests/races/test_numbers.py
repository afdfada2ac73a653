"""Numbers of a queue: fifty people who draw at once get fifty that follow one another, and none is called twice."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import count

import pytest

from booking.bookings import desks
from booking.db import unit_of_work
from booking.schedule import service
from booking.timekit.instants import local_date
from booking.web.public.secrets import secret_of
from tests.browsers import Answer, Browser, at_once, in_turns
from tests.builders import house_id
from tests.hours import ZONE, the_house
from tests.machines import Machine
from tests.walk_ins import a_walk_in, draw

pytestmark = pytest.mark.race

CROWD = 50
_keys = count(1)


@dataclass
class Press:
    """A form in somebody's browser, ready to be sent."""

    browser: Browser
    path: str
    fields: dict[str, str] = field(default_factory=dict)

    def send(self) -> Answer:
        return self.browser.post(self.path, self.fields)


def a_queue(machine: Machine, *, drawn: int = 0, at_desks: int = 0) -> tuple[int, str, list[str]]:
    """Open a queue, today whatever the day is, and return the id, its path, and the paths of its desks."""
    with machine.inside() as clock:
        today, leipzig = local_date(clock(), ZONE), house_id()
        if not machine.rows("SELECT 1 FROM holiday_opening"):
            unit_of_work(lambda: service.open_on_holiday(leipzig, today))
        key = f"queue-{next(_keys)}"
        offering_id = a_walk_in("daily 00:00-24:00", key=key)
        for _ in range(drawn):
            draw(offering_id, clock)
        house = the_house()
        paths = []
        for number in range(at_desks):
            link_id = unit_of_work(
                lambda: desks.set_up(offering_id, f"Tisch {number}", house=house, now=clock())  # noqa: B023
            )
            paths.append(f"/de/schalter/{secret_of(link_id, purpose='desk')}")
        return offering_id, f"/de/angebote/{key}/warteschlange", paths


def opened(machine: Machine, paths: list[str], **more: str) -> list[Press]:
    """Open each page in a browser of its own."""
    presses = [Press(machine.browser(), path) for path in paths]

    def look(press: Press) -> None:
        answer = press.browser.get(press.path)
        assert answer.status == 200, answer.text[-600:]
        press.fields = answer.fields() | more

    in_turns(presses, look)
    return presses


def numbers(machine: Machine, offering_id: int, state: str) -> list[int]:
    query = "SELECT number FROM ticket WHERE offering_id = :id AND state = :state ORDER BY number"
    return [number for (number,) in machine.rows(query, id=offering_id, state=state)]


def statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(answer.status for answer in answers)


def test_fifty_people_who_draw_at_once_get_fifty_numbers_that_follow_one_another(shared):
    offering_id, path, _ = a_queue(shared)
    presses = opened(shared, [path] * CROWD)

    answers = at_once(presses, Press.send)

    assert statuses(answers) == {303: CROWD}
    assert len({answer.location for answer in answers}) == CROWD
    assert numbers(shared, offering_id, "waiting") == list(range(1, CROWD + 1))


def test_a_form_that_is_sent_ten_times_at_once_draws_one_number(shared):
    offering_id, path, _ = a_queue(shared)
    (press,) = opened(shared, [path])

    answers = at_once([press] * 10, Press.send)

    assert statuses(answers) == {303: 10}
    assert len({answer.location for answer in answers}) == 1
    assert numbers(shared, offering_id, "waiting") == [1]


def test_ten_desks_that_call_at_once_call_ten_numbers(shared):
    offering_id, _, paths = a_queue(shared, drawn=12, at_desks=10)
    presses = opened(shared, paths, press="next:0")

    answers = at_once(presses, Press.send)

    assert statuses(answers) == {303: 10}
    assert numbers(shared, offering_id, "called") == list(range(1, 11))
    desks_of = shared.rows(
        "SELECT desk_id FROM ticket WHERE offering_id = :id AND state = 'called'", id=offering_id
    )
    assert len(set(desks_of)) == 10


def test_one_desk_in_ten_tabs_calls_one_number(shared):
    offering_id, _, paths = a_queue(shared, drawn=12, at_desks=1)
    presses = opened(shared, paths * 10, press="next:0")

    answers = at_once(presses, Press.send)

    assert statuses(answers) == {303: 1, 409: 9}
    assert numbers(shared, offering_id, "called") == [1]


def test_numbers_are_drawn_called_and_given_back_all_at_once(shared):
    """Whatever comes first: every number is drawn once, and each is in one state."""
    offering_id, path, paths = a_queue(shared, drawn=5, at_desks=5)
    presses = [*opened(shared, [path] * 20), *opened(shared, paths, press="next:0")]

    answers = at_once(presses, Press.send)

    assert statuses(answers) == {303: 25}
    called, waiting = numbers(shared, offering_id, "called"), numbers(shared, offering_id, "waiting")
    assert called == [1, 2, 3, 4, 5]
    assert waiting == list(range(6, 26))
