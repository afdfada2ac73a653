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

    kept = in_turns(forms, Form.send)
    held = time.monotonic()
    second = in_turns([*zip(forms, kept, strict=True)], lambda one: one[0].second(one[1]))
    reopened = time.monotonic()
    answers = in_turns(second, Form.send)

    ended = time.monotonic()
    assert {answer.status for answer in kept + answers} == {303}
    print(
        f"{engine}: {PEOPLE / (ended - reopened):.0f} bookings a second, {PEOPLE / (held - opened):.0f} holds,"
        f" {PEOPLE / (opened - began):.0f} first and {PEOPLE / (reopened - held):.0f} second forms,"
        f" by 8 clients at 2 web processes on {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
