"""The last place is sold once, however many want it at the same moment; without the guard it is not."""

from collections import Counter

import pytest

from tests.browsers import Answer, Form, at_once, in_turns
from tests.builders import an_occurrence, an_offering
from tests.machines import Machine

pytestmark = pytest.mark.race

CROWD = 50


def opened(machine: Machine, occurrence_id: int, people: int) -> list[Form]:
    """Everybody opens the form, each with a browser of their own."""
    browsers = [machine.browser(language="de" if n % 3 else "en") for n in range(people)]
    forms = in_turns(browsers, lambda browser: browser.form_of(occurrence_id))
    return [form.fill(f"visitor-{occurrence_id}-{n}@example.org") for n, form in enumerate(forms)]


def taken(machine: Machine, occurrence_id: int) -> int:
    query = "SELECT sum(a.quantity) FROM allocation a JOIN resource r ON r.id = a.resource_id"
    [(seats,)] = machine.rows(f"{query} WHERE r.occurrence_id = :id", id=occurrence_id)
    return int(seats)


def statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(answer.status for answer in answers)


@pytest.mark.parametrize("places", [1, 7])
def test_so_many_places_are_sold_and_no_more(shared, places):
    with shared.inside() as clock:
        occurrence_id = an_occurrence(clock, seats=places)
    forms = opened(shared, occurrence_id, CROWD)

    answers = at_once(forms, Form.send)

    assert statuses(answers) == {303: places, 409: CROWD - places}
    for form, answer in zip(forms, answers, strict=True):
        if answer.status == 303:
            assert form.browser.get(answer.location).status == 200
        else:
            kept = answer.fields()
            assert {name: kept[name] for name in form.fields if name != "csrf_token"} == {
                name: typed for name, typed in form.fields.items() if name != "csrf_token"
            }
    assert taken(shared, occurrence_id) == places
    shared.check_invariants()


def test_parties_of_many_sizes_fill_a_date_and_never_overfill_it(shared):
    seats, sizes = 20, [1 + n % 5 for n in range(CROWD)]
    with shared.inside() as clock:
        occurrence_id = an_occurrence(clock, seats=seats, offering_id=an_offering(seats=seats, party_max=5))
    forms = opened(shared, occurrence_id, CROWD)
    for form, size in zip(forms, sizes, strict=True):
        form.fill(form.fields["email"], adults=size)

    answers = at_once(forms, Form.send)

    assert set(statuses(answers)) == {303, 409}
    sold = sum(size for size, answer in zip(sizes, answers, strict=True) if answer.status == 303)
    refused = min(size for size, answer in zip(sizes, answers, strict=True) if answer.status == 409)
    assert sold == taken(shared, occurrence_id) <= seats
    assert seats - sold < refused, "somebody was refused who would have fitted"
    done = shared.run("check", "invariants")
    assert done.returncode == 0, done.stdout + done.stderr


def test_without_the_guard_the_same_crowd_oversells(machine):
    """In a process that has seen its guards stand; another would refuse to book."""
    machine.start_web(workers=1, threads=8)
    machine.wait_for("/readyz")
    with machine.inside() as clock:
        occurrence_id, other = an_occurrence(clock, seats=1), an_occurrence(clock, seats=1)
    assert opened(machine, other, 1)[0].send().status == 303
    forms = opened(machine, occurrence_id, CROWD)
    machine.drop_guards()

    answers = at_once(forms, Form.send)

    assert statuses(answers)[303] > 1
    assert taken(machine, occurrence_id) > 1
    assert machine.answers("/readyz", 503)
    done = machine.run("check", "invariants")
    assert done.returncode == 1
    assert "holds more than its capacity" in done.stdout
