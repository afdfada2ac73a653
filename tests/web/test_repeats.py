"""A public page asked for again within a second comes from memory, and is never older than what was written here."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.builders import a_booking, an_occurrence, an_offering
from tests.web.ways import form_of, statements

PROGRAMME = "/de/programm"


@pytest.fixture
def occurrence_id(app, clock):
    return an_occurrence(clock, offering_id=an_offering(key="tour", seats=6, party_max=6), seats=6)


def asked(visitor, address=PROGRAMME, **headers):
    """Return the answer, and how many statements it took."""
    with statements() as seen:
        answer = visitor.client.get(address, headers=headers)
    return answer, len([one for one in seen if one.startswith("SELECT")])


def test_the_second_of_two_who_ask_gets_the_same_page_from_memory(visitor, occurrence_id):
    first, drawn = asked(visitor)

    second, remembered = asked(visitor)

    assert drawn > 0 == remembered
    assert second.data == first.data
    assert second.status_code == 200
    changing = {"X-Request-ID", "Date"}
    assert dict(second.headers).keys() == dict(first.headers).keys()
    assert all(second.headers[name] == value for name, value in first.headers.items() if name not in changing)
    assert second.headers["X-Request-ID"] != first.headers["X-Request-ID"]


def test_who_has_it_still_is_told_so_from_memory(visitor, occurrence_id):
    first, _ = asked(visitor)

    again, remembered = asked(visitor, **{"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data, remembered) == (304, b"", 0)
    assert visitor.client.head(PROGRAMME).headers["ETag"] == first.headers["ETag"]


def test_it_is_drawn_anew_a_second_later(visitor, clock, occurrence_id):
    asked(visitor)
    clock.forward(milliseconds=900)
    assert asked(visitor)[1] == 0
    clock.forward(milliseconds=100)
    assert asked(visitor)[1] > 0


def test_it_is_drawn_anew_after_a_booking(visitor, clock, occurrence_id):
    before, _ = asked(visitor)
    a_booking(occurrence_id, clock)

    after, drawn = asked(visitor)

    assert drawn > 0
    assert (b"6 Pl" in before.data, b"3 Pl" in after.data) == (True, True)


def test_whoever_has_a_cookie_sees_it_as_it_is_now(visitor, occurrence_id):
    form_of(visitor, occurrence_id)
    asked(visitor)

    assert asked(visitor)[1] > 0


@pytest.mark.parametrize("other", ["/en/programme", "/de/programm?kind=tour", "/de/programm?from=2027-01-13"])
def test_another_page_is_another_page(visitor, occurrence_id, other):
    page, _ = asked(visitor)

    answer, drawn = asked(visitor, other)

    assert drawn > 0
    assert answer.data != page.data


def test_another_house_has_pages_of_its_own(visitor, occurrence_id):
    here, _ = asked(visitor)

    there = visitor.client.get(PROGRAMME, base_url="http://bibliothek.localhost")

    assert there.status_code == 200
    assert there.data != here.data


def test_a_form_is_drawn_for_each_who_opens_it(app, occurrence_id):
    first, second = (app.test_client().get(f"/de/termine/{occurrence_id}/buchen") for _ in range(2))

    assert "Set-Cookie" in first.headers
    assert first.data != second.data


def test_a_refusal_is_not_remembered(visitor, occurrence_id):
    asked(visitor, "/de/termine/999")

    answer, drawn = asked(visitor, "/de/termine/999")

    assert answer.status_code == 404
    assert drawn > 0


def test_many_who_ask_for_different_pages_at_once_get_each_their_own(app, clock, occurrence_id):
    """What is remembered grows, and is forgotten when it is too much, while others look into it."""
    days = [(clock() + timedelta(days=n)).date().isoformat() for n in range(40)]

    def ask(day):
        answer = app.test_client().get(f"{PROGRAMME}?from={day}")
        return answer.status_code, answer.headers["ETag"]

    alone = [ask(day) for day in days]
    clock.forward(seconds=5)
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(ask, days * 3))

    assert {status for status, _ in together} == {200}
    assert together == alone * 3
