"""The last place is kept for one, however many want it at the same moment; without the guard it is not."""

from collections import Counter
from datetime import timedelta

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
    query = "SELECT COALESCE(sum(a.quantity), 0) FROM allocation a JOIN resource r ON r.id = a.resource_id"
    [(seats,)] = machine.rows(f"{query} WHERE r.occurrence_id = :id", id=occurrence_id)
    return int(seats)


def statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(answer.status for answer in answers)


def seconds(forms: list[Form], answers: list[Answer]) -> list[Form]:
    """Return the second forms of those whose places are kept, filled in."""
    kept = [pair for pair in zip(forms, answers, strict=True) if pair[1].status == 303]
    return in_turns(kept, lambda pair: pair[0].second(pair[1]))


def without_token(fields: dict[str, str]) -> dict[str, str]:
    return {name: typed for name, typed in fields.items() if name != "csrf_token"}


def booked(machine: Machine, occurrence_id: int) -> int:
    query = "SELECT count(*) FROM booking WHERE occurrence_id = :id AND state = 'confirmed'"
    [(count,)] = machine.rows(query, id=occurrence_id)
    return int(count)


@pytest.mark.parametrize("places", [1, 7])
def test_so_many_places_are_sold_and_no_more(shared, places):
    """The first form is the race; whoever has won it books, whatever the others try meanwhile."""
    with shared.inside() as clock:
        offering_id = an_offering(seats=places, party_max=places)
        occurrence_id = an_occurrence(clock, seats=places, offering_id=offering_id)
        later = clock() + timedelta(days=2)
        other = an_occurrence(clock, seats=CROWD, offering_id=offering_id, starts_at=later)
    forms = opened(shared, occurrence_id, CROWD)

    answers = at_once(forms, Form.send)

    assert statuses(answers) == {303: places, 409: CROWD - places}
    losers = [pair for pair in zip(forms, answers, strict=True) if pair[1].status == 409]
    for form, answer in losers:
        assert without_token(answer.fields()) == without_token(form.fields)
        assert f"/{other}" in answer.text, "the free date is not offered"
    assert (taken(shared, occurrence_id), booked(shared, occurrence_id)) == (places, 0)

    winners = seconds(forms, answers)
    everybody = at_once([*winners, *(form for form, _ in losers)], Form.send)

    assert statuses(everybody[:places]) == {303: places}, "somebody was refused whose places were kept"
    assert statuses(everybody[places:]) == {409: CROWD - places}
    pages = in_turns(
        [*zip(winners, everybody, strict=False)], lambda one: one[0].browser.get(one[1].location)
    )
    assert statuses(pages) == {200: places}
    assert taken(shared, occurrence_id) == booked(shared, occurrence_id) == places
    shared.check_invariants()


def test_places_that_are_given_back_go_to_one_of_those_who_want_them(shared):
    """Somebody gives up at the very moment in which many try: at most one gets the place, and it is not lost."""
    with shared.inside() as clock:
        occurrence_id = an_occurrence(clock, seats=1)
    forms = opened(shared, occurrence_id, 11)
    second = forms[0].second(forms[0].send())
    giving = Form(second.browser, second.path, second.fields | {"give_up": "1"})

    answers = at_once([giving, *forms[1:]], Form.send)

    assert answers[0].status == 303
    kept = statuses(answers[1:])[303]
    assert kept in (0, 1)
    assert taken(shared, occurrence_id) == kept
    if not kept:
        assert forms[1].send().status == 303
    shared.check_invariants()


def test_parties_of_many_sizes_fill_a_date_and_never_overfill_it(shared):
    seats, sizes = 20, [1 + n % 5 for n in range(CROWD)]
    with shared.inside() as clock:
        occurrence_id = an_occurrence(clock, seats=seats, offering_id=an_offering(seats=seats, party_max=5))
    forms = opened(shared, occurrence_id, CROWD)
    for form, size in zip(forms, sizes, strict=True):
        form.fill(form.typed["email"], adults=size)

    answers = at_once(forms, Form.send)

    assert set(statuses(answers)) == {303, 409}
    sold = sum(size for size, answer in zip(sizes, answers, strict=True) if answer.status == 303)
    refused = min(size for size, answer in zip(sizes, answers, strict=True) if answer.status == 409)
    assert sold == taken(shared, occurrence_id) <= seats
    assert seats - sold < refused, "somebody was refused who would have fitted"
    done = at_once(seconds(forms, answers), Form.send)
    assert set(statuses(done)) == {303}, "somebody was refused whose places were kept"
    assert taken(shared, occurrence_id) == sold
    checked = shared.run("check", "invariants")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_without_the_guard_the_same_crowd_oversells(machine):
    """In a process that has seen its guards stand; another would refuse to book."""
    machine.start_web(workers=1, threads=8)
    machine.wait_for("/readyz")
    with machine.inside() as clock:
        occurrence_id, other = an_occurrence(clock, seats=1), an_occurrence(clock, seats=1)
    assert opened(machine, other, 1)[0].book().status == 303
    forms = opened(machine, occurrence_id, CROWD)
    machine.drop_guards()

    answers = at_once(forms, Form.send)

    assert statuses(answers)[303] > 1
    assert taken(machine, occurrence_id) > 1
    assert machine.answers("/readyz", 503)
    done = machine.run("check", "invariants")
    assert done.returncode == 1
    assert "holds more than its capacity" in done.stdout
