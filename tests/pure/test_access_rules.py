"""Rules of access needs: how each stands at a date, what refuses it, when staff are done."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from booking.bookings.access_refusals import (
    CompanionNotCounted,
    NeedNotOffered,
    NeedTooLate,
    NotStepFree,
)
from booking.bookings.access_rules import (
    POSSIBLE,
    STEPS,
    TOO_LATE,
    Asked,
    DateFacts,
    check,
    due_at,
    standings,
)
from booking.houses.facts import parse
from tests.hours import at
from tests.pure.test_house_facts import DATA

ACCESS = {
    "wheelchair": {"arranged_by": "place"},
    "dgs": {"arranged_by": "interpreter", "lead_days": 10},
    "induction_loop": {"arranged_by": "pool", "pool": "loops"},
    "quiet": {"arranged_by": "staff", "lead_days": 5},
    "companion": {"arranged_by": "party"},
}
HOUSE = parse({**DATA, "subdivision": "SN", "access": ACCESS})
START = at("2027-01-26 10:00")
DATE = DateFacts(
    occurrence_id=1,
    offering_id=1,
    starts_at=START,
    ends_at=START + timedelta(hours=1),
    medium="on_site",
    language="de",
    party_max=4,
    is_step_free=True,
    signs=False,
    pools=frozenset(),
)
MONDAY = at("2027-01-11 10:00")


def verdicts(facts=DATE, now=MONDAY):
    return {kind: one.verdict for kind, one in standings(HOUSE, facts, now=now).items()}


def test_each_need_that_the_house_meets_has_a_standing():
    assert verdicts() == dict.fromkeys(ACCESS, POSSIBLE)


@pytest.mark.parametrize(("medium", "kinds"), [("video", ["dgs"]), ("phone", [])])
def test_who_does_not_come_to_the_house_needs_less_of_it(medium, kinds):
    assert list(verdicts(replace(DATE, medium=medium))) == kinds


@pytest.mark.parametrize(
    ("now", "verdict"), [("2027-01-12 23:59:59", POSSIBLE), ("2027-01-13 00:00", TOO_LATE)]
)
def test_the_last_day_ends_at_midnight_of_the_house(now, verdict):
    standing = standings(HOUSE, DATE, now=at(now).astimezone(UTC))["dgs"]

    assert standing.verdict == verdict
    if verdict == POSSIBLE:
        assert standing.until == date(2027, 1, 12)
    else:
        assert standing.first_day == date(2027, 1, 27)


def test_what_needs_no_lead_time_is_possible_until_the_visit():
    late = verdicts(now=START - timedelta(seconds=1))

    assert late["induction_loop"] == late["companion"] == late["wheelchair"] == POSSIBLE
    assert late["dgs"] == late["quiet"] == TOO_LATE


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"language": "dgs"}, "dgs"),
        ({"signs": True}, "dgs"),
        ({"pools": frozenset({"loops"})}, "induction_loop"),
        ({}, "wheelchair"),
    ],
)
def test_what_is_there_already_is_met_whenever_it_is_told(facts, kind):
    found = standings(HOUSE, replace(DATE, **facts), now=START - timedelta(minutes=1))

    assert {name for name, one in found.items() if one.is_met} == {kind, "wheelchair"}
    assert found[kind].verdict == POSSIBLE


def test_steps_are_steps_however_early():
    assert verdicts(replace(DATE, is_step_free=False))["wheelchair"] == STEPS


@pytest.mark.parametrize(
    ("kind", "facts", "now", "people", "refusal"),
    [
        ("dgs", {}, START - timedelta(days=2), 2, NeedTooLate),
        ("wheelchair", {"is_step_free": False}, MONDAY, 2, NotStepFree),
        ("companion", {}, MONDAY, 1, CompanionNotCounted),
        ("quiet", {"medium": "phone"}, MONDAY, 2, NeedNotOffered),
    ],
)
def test_what_cannot_be_met_is_refused_by_its_kind(kind, facts, now, people, refusal):
    found = standings(HOUSE, replace(DATE, **facts), now=now)

    with pytest.raises(refusal) as raised:
        check(Asked((kind,)), found, people=people, party_max=4)

    assert raised.value.kind == kind
    assert int(raised.value.status) == 422


@pytest.mark.parametrize(("people", "party_max"), [(2, 4), (1, 1)])
def test_a_companion_of_two_or_of_somebody_who_must_come_alone_is_fine(people, party_max):
    check(Asked(("companion",)), standings(HOUSE, DATE, now=MONDAY), people=people, party_max=party_max)


def test_staff_are_done_in_the_last_minute_of_their_day_and_before_the_visit():
    assert due_at(HOUSE, HOUSE.access["quiet"], DATE, now=MONDAY) == at("2027-01-18 23:59")
    assert due_at(HOUSE, HOUSE.access["dgs"], DATE, now=at("2027-01-12 12:00")) == at("2027-01-25 23:59")
    assert (
        due_at(HOUSE, HOUSE.access["induction_loop"], DATE, now=datetime(2027, 1, 26, 7, tzinfo=UTC)) == START
    )
