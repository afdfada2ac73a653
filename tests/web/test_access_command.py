"""flask access-needs: the list of what is to be arranged, for those who arrange it."""

from functools import partial

import pytest

from booking.bookings import changing
from booking.bookings.access_models import AccessNeed
from booking.bookings.models import Booking
from booking.db import unit_of_work
from tests.builders import an_occurrence
from tests.deeds.reading import mails, rows_of
from tests.hours import at
from tests.needs import a_signer, booked_with, states
from tests.web.ways import post


@pytest.fixture
def far(app, clock) -> int:
    return an_occurrence(clock, starts_at=at("2027-02-02 10:00"))


def run(app, *words):
    return app.test_cli_runner().invoke(args=["access-needs", *words])


def test_what_is_to_be_arranged_is_listed_with_its_deadline_and_the_words_of_the_person(app, clock, far):
    a_signer()
    booked_with(far, clock, "quiet", "dgs", words="Am liebsten\nmorgens.")
    ((reference,),) = rows_of(Booking.reference)
    ((need_id,),) = rows_of(AccessNeed.id, where=AccessNeed.kind == "quiet")

    done = run(app, "leipzig")

    assert done.exit_code == 0
    assert done.output.splitlines() == [
        f"{need_id}: arrange by Monday, 18 January 2027, 23:59: "
        "A quiet time or place, with little noise and light",
        f"    for {reference}, Guided tour, Tuesday, 2 February 2027, 10:00–11:00",
        "    > Am liebsten",
        "    > morgens.",
        "1 to be arranged or called off.",
    ]


def test_a_task_whose_time_is_over_stands_out(app, clock, far):
    booked_with(far, clock, "quiet")
    clock.forward(days=8)

    assert ": OVERDUE by Monday" in run(app, "leipzig").output


def test_marked_as_done_it_leaves_the_list_and_its_booker_hears_of_it(app, clock, far):
    booked_with(far, clock, "quiet")
    ((need_id,),) = rows_of(AccessNeed.id)

    assert run(app, "leipzig", "--done", str(need_id)).output == f"{need_id} is done.\n"

    assert run(app, "leipzig").output == "0 to be arranged or called off.\n"
    assert states() == [("quiet", "arranged")]
    assert mails()[-1] == ("arranged", None, "owed", "amina@example.org")


def test_what_the_person_called_off_is_to_be_called_off(app, clock, far):
    booked = booked_with(far, clock, "quiet", words="Leise, bitte.")
    post(app)
    unit_of_work(partial(changing.cancel, booked.booking_id, now=clock()))

    told = run(app, "leipzig").output

    assert ": CALL OFF by" in told
    assert "Leise" not in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nowhere",), "There is no house 'nowhere', but: leipzig, library."),
        (("leipzig", "--done", "99"), "leipzig has nothing to arrange with the number 99."),
    ],
)
def test_what_is_not_there_is_said(app, words, told):
    done = run(app, *words)

    assert done.exit_code == 1
    assert told in done.output


def test_a_house_lists_and_marks_nothing_of_the_other(app, clock, far):
    booked_with(far, clock, "quiet")
    ((need_id,),) = rows_of(AccessNeed.id)

    assert run(app, "library").output == "0 to be arranged or called off.\n"
    assert run(app, "library", "--done", str(need_id)).exit_code == 1
    assert states() == [("quiet", "open")]
