"""One form is one booking and one mail, however often it is sent."""

import pytest

from tests.browsers import Answer, Form, at_once
from tests.builders import an_occurrence
from tests.machines import Machine

pytestmark = pytest.mark.race


def a_form(machine: Machine, email: str) -> Form:
    with machine.inside() as clock:
        occurrence_id = an_occurrence(clock, seats=50)
    return machine.browser().form_of(occurrence_id).fill(email, adults=2)


def is_one_booking(machine: Machine, email: str, answers: list[Answer]) -> None:
    """Every answer leads to the same page, which opens the only booking of this address."""
    assert {answer.status for answer in answers} == {303}
    [page] = {answer.location for answer in answers}
    assert machine.browser().get(page).status == 200
    count = "SELECT count(*) FROM {} WHERE {} = :email"
    for table, column in (("booking", "email"), ("outgoing_mail", "recipient")):
        assert machine.rows(count.format(table, column), email=email) == [(1,)], table
    machine.check_invariants()


def test_ten_times_at_once(serving, mailroom):
    form = a_form(serving, "ten@example.org")

    answers = at_once([form] * 10, Form.send)

    is_one_booking(serving, "ten@example.org", answers)
    done = serving.run("worker", "--once")
    assert done.returncode == 0, done.stderr
    assert [mail.recipient for mail in mailroom.mails()] == ["ten@example.org"]


def test_a_double_click(shared):
    form = a_form(shared, "double@example.org")

    answers = [form.send(), form.send()]

    is_one_booking(shared, "double@example.org", answers)


def test_ten_times_for_the_last_place(shared):
    """Whoever sent the form first must not be told that its own booking took the place."""
    with shared.inside() as clock:
        occurrence_id = an_occurrence(clock, seats=1)
    form = shared.browser().form_of(occurrence_id).fill("last@example.org")

    answers = at_once([form] * 10, Form.send)

    is_one_booking(shared, "last@example.org", answers)


def test_the_same_key_for_another_date_is_not_that_booking(shared):
    form = a_form(shared, "first@example.org")
    assert form.send().status == 303
    with shared.inside() as clock:
        other = form.browser.form_of(an_occurrence(clock, seats=5)).fill("other@example.org")
    other.fields["once"] = form.fields["once"]

    answer = other.send()

    assert answer.status == 409
    assert answer.fields()["once"] != form.fields["once"]
    other.fields |= answer.fields()
    assert other.send().status == 303
    shared.check_invariants()
