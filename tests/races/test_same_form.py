"""One form keeps places once and is one booking and one mail, however often it is sent."""

import pytest

from tests.browsers import Answer, Form, at_once
from tests.builders import an_occurrence
from tests.machines import Machine

pytestmark = pytest.mark.race


def a_form(machine: Machine, email: str, *, seats: int = 50) -> Form:
    with machine.inside() as clock:
        occurrence_id = an_occurrence(clock, seats=seats)
    return machine.browser().form_of(occurrence_id).fill(email, adults=2)


def is_one_hold(machine: Machine, form: Form, answers: list[Answer]) -> None:
    """Every answer leads to the same page; its hold alone takes places of the date."""
    assert {answer.status for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    of_date, date = "occurrence_id = :date", int(form.path.split("/")[3])
    assert machine.rows(f"SELECT count(*) FROM hold WHERE {of_date}", date=date) == [(1,)]
    taken = "SELECT sum(a.quantity) FROM allocation a JOIN resource r ON r.id = a.resource_id WHERE r."
    assert machine.rows(taken + of_date, date=date) == [(2,)]
    machine.check_invariants()


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

    kept = at_once([form] * 10, Form.send)
    is_one_hold(serving, form, kept)
    second = form.second(kept[0])
    answers = at_once([second] * 10, Form.send)

    is_one_booking(serving, "ten@example.org", answers)
    done = serving.run("worker", "--once")
    assert done.returncode == 0, done.stderr
    assert [mail.recipient for mail in mailroom.mails()] == ["ten@example.org"]


def test_a_double_click(shared):
    form = a_form(shared, "double@example.org")

    kept = [form.send(), form.send()]
    is_one_hold(shared, form, kept)
    second = form.second(kept[0])
    answers = [second.send(), second.send()]

    is_one_booking(shared, "double@example.org", answers)


def test_ten_times_for_the_last_places(shared):
    """Whoever sent a form first must not be told that its own hold or booking took the places."""
    form = a_form(shared, "last@example.org", seats=2)

    kept = at_once([form] * 10, Form.send)
    is_one_hold(shared, form, kept)
    second = form.second(kept[0])
    answers = at_once([second] * 10, Form.send)

    is_one_booking(shared, "last@example.org", answers)


def test_both_forms_at_once_again_and_again(shared):
    """The first form sent late, by a browser that tries again, does no harm to the second."""
    form = a_form(shared, "both@example.org", seats=2)
    second = form.second(form.send())

    answers = at_once([form, second] * 6, Form.send)

    is_one_booking(shared, "both@example.org", answers[1::2])
    is_one_hold(shared, form, answers[::2])


def test_who_extends_ten_times_at_once_gets_ten_times_ten_minutes(shared):
    form = a_form(shared, "slow@example.org", seats=2)
    second = form.second(form.send())
    more = Form(second.browser, second.path, second.fields | {"extend": "1"})

    answers = at_once([more] * 10, Form.send)

    assert {answer.status for answer in answers} == {200}
    assert shared.rows("SELECT extensions, expires_at - created_at FROM hold ORDER BY id DESC LIMIT 1") == [
        (10, (15 + 100) * 60)
    ]
    is_one_booking(shared, "slow@example.org", [second.send()])


def test_the_same_key_for_another_date_is_not_that_booking(shared):
    form = a_form(shared, "first@example.org")
    assert form.book().status == 303
    with shared.inside() as clock:
        other = form.browser.form_of(an_occurrence(clock, seats=5)).fill("other@example.org")
    other.fields["once"] = form.fields["once"]

    answer = other.send()

    assert answer.status == 409
    assert answer.fields()["once"] != form.fields["once"]
    other.fields |= answer.fields()
    assert other.book().status == 303
    shared.check_invariants()
