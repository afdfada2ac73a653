"""Deeds that are done again: the same form twice at one moment, and a slot whose team others took."""

from collections.abc import Iterable
from functools import partial

import pytest

from booking.bookings import holding
from booking.bookings.models import Hold
from booking.bookings.refusals import TryAgain
from booking.bookings.retrying import TRIES, once_more, with_anybody
from booking.errors import DomainError, NotFound
from booking.schedule.refusals import Taken
from tests.builders import an_occurrence
from tests.deeds.reading import load_of, rows_of
from tests.holds import BOUNDS, a_hold, an_ask


class Deed:
    """A deed that is refused in turn, and then done."""

    def __init__(self, *refusals: type[DomainError]) -> None:
        self.refusals, self.tries = list(refusals), 0

    def __call__(self) -> str:
        self.tries += 1
        if self.refusals:
            raise self.refusals.pop(0)
        return "done"


def test_who_finds_the_places_taken_looks_once_more_and_no_longer(app):
    """They may be taken by the same form, sent twice: then the second one finds what the first has done."""
    assert once_more(Deed(Taken)) == "done"

    for_ever = Deed(*[Taken] * 9)
    with pytest.raises(Taken):
        once_more(for_ever)
    assert for_ever.tries == 2


def test_the_second_look_is_as_patient_as_the_first(app):
    assert once_more(Deed(TryAgain, TryAgain, Taken, TryAgain, TryAgain)) == "done"

    for_ever = Deed(*[TryAgain] * 99)
    with pytest.raises(TryAgain):
        once_more(for_ever)
    assert for_ever.tries == TRIES


@pytest.mark.parametrize("again", [once_more, with_anybody])
def test_any_other_refusal_is_told_at_once(app, again):
    deed = Deed(NotFound, NotFound)

    with pytest.raises(NotFound):
        again(deed)

    assert deed.tries == 1


def test_a_slot_is_looked_for_again_while_others_take_its_teams(app):
    assert with_anybody(Deed(*[Taken, TryAgain] * 4)) == "done"

    for_ever = Deed(*[Taken] * 99)
    with pytest.raises(Taken):
        with_anybody(for_ever)
    assert for_ever.tries == TRIES


def test_the_last_places_taken_by_the_same_form_are_found_at_the_second_look(app, clock):
    """As the second of two did that began before the first was done: it saw no hold yet, and no place any more."""
    occurrence_id = an_occurrence(clock, seats=2)
    firsts: Iterable[str] = iter(["before"])

    def second() -> holding.Held:
        for _before in firsts:
            raise Taken
        ask = an_ask(once="form", client="one")
        return holding.hold_date(occurrence_id, ask, bounds=BOUNDS, now=clock())

    first = a_hold(occurrence_id, clock, once="form", client="one")

    assert once_more(partial(second)) == first
    assert (load_of(occurrence_id=occurrence_id), len(rows_of(Hold.id))) == (2, 1)
