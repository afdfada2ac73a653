"""How many bookings a second an instance takes, printed (pytest -rP): measured, never asserted."""

import os
import time

import pytest

from tests.browsers import Form, in_turns
from tests.builders import an_occurrence

pytestmark = pytest.mark.race

PEOPLE = 200


def test_bookings_a_second(shared, engine):
    with shared.inside() as clock:
        dates = [an_occurrence(clock, seats=PEOPLE) for _ in range(4)]
    browsers = [shared.browser() for _ in range(PEOPLE)]
    began = time.monotonic()
    forms = in_turns([*enumerate(browsers)], lambda one: one[1].form_of(dates[one[0] % 4]))
    opened = time.monotonic()
    for number, form in enumerate(forms):
        form.fill(f"speed-{number}@example.org")

    answers = in_turns(forms, Form.send)

    ended = time.monotonic()
    assert {answer.status for answer in answers} == {303}
    print(
        f"{engine}: {PEOPLE / (ended - opened):.0f} bookings a second, {PEOPLE / (opened - began):.0f} forms,"
        f" by 8 clients at 2 web processes on {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
