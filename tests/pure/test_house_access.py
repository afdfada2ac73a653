"""What a house arranges for people with access needs: read from its file, with every fault named."""

import tomllib
from datetime import date

import pytest

from booking.houses.access import KINDS, Calendar, Offer
from booking.houses.facts import UnfitHouse, parse
from config import ROOT
from tests.pure.test_house_facts import DATA

SAXONY = Calendar("DE", "SN")
TUESDAY = date(2027, 1, 12)


UNFIT = [
    ({"smell": {"arranged_by": "staff"}}, f"access.smell is not known, but: {', '.join(KINDS)}"),
    ({"dgs": 10}, "access.dgs must be a section, not 10"),
    ({"dgs": {"lead_days": 10}}, "access.dgs.arranged_by is missing"),
    (
        {"dgs": {"arranged_by": "magic"}},
        "access.dgs.arranged_by must be one of place, party, interpreter, pool, staff, not 'magic'",
    ),
    (
        {"quiet": {"arranged_by": "interpreter"}},
        "access.quiet.arranged_by 'interpreter' is for dgs alone",
    ),
    ({"quiet": {"arranged_by": "place"}}, "access.quiet.arranged_by 'place' is for wheelchair alone"),
    ({"dgs": {"arranged_by": "party"}}, "access.dgs.arranged_by 'party' is for companion alone"),
    (
        {"induction_loop": {"arranged_by": "pool"}},
        "access.induction_loop.pool names the equipment where arranged_by is 'pool', and only there",
    ),
    (
        {"quiet": {"arranged_by": "staff", "pool": "loops"}},
        "access.quiet.pool names the equipment where arranged_by is 'pool', and only there",
    ),
    (
        {"quiet": {"arranged_by": "staff", "lead_days": "5"}},
        "access.quiet.lead_days must be a whole number from 0 to 90, not '5'",
    ),
    (
        {"quiet": {"arranged_by": "staff", "lead_days": True}},
        "access.quiet.lead_days must be a whole number from 0 to 90, not True",
    ),
    (
        {"quiet": {"arranged_by": "staff", "lead_days": 91}},
        "access.quiet.lead_days must be a whole number from 0 to 90, not 91",
    ),
    ({"quiet": {"arranged_by": "staff", "days": 5}}, "access.quiet.days is not known"),
]
"""Sections, and what is wrong with each."""


def with_access(**sections):
    return {**DATA, "access": sections}


def faults_of(**sections):
    with pytest.raises(UnfitHouse) as refusal:
        parse(with_access(**sections))
    return str(refusal.value).splitlines()


def test_a_house_without_a_section_offers_nothing():
    assert parse(DATA).access == {}


def test_a_section_is_an_offer_in_the_order_in_which_people_are_asked():
    house = parse(
        with_access(
            quiet={"arranged_by": "staff", "lead_days": 5},
            dgs={"arranged_by": "interpreter", "lead_days": 10},
            induction_loop={"arranged_by": "pool", "pool": "loops"},
        )
    )

    assert list(house.access.values()) == [
        Offer("dgs", "interpreter", 10),
        Offer("induction_loop", "pool", 0, "loops"),
        Offer("quiet", "staff", 5),
    ]


def test_what_is_not_offered_for_a_while_is_left_out():
    quiet = {"arranged_by": "staff", "lead_days": 5, "offered": False}

    assert parse(with_access(quiet=quiet)).access == {}


@pytest.mark.parametrize(("section", "fault"), UNFIT)
def test_what_is_unfit_is_named(section, fault):
    assert faults_of(**section) == [fault]


def test_a_section_that_is_none_is_named():
    with pytest.raises(UnfitHouse, match="access must be a section, not 'yes'"):
        parse({**DATA, "access": "yes"})


def test_both_demo_houses_arrange_something_and_have_the_equipment_they_name():
    for path in (ROOT / "houses").glob("*.toml"):
        house = parse(tomllib.loads(path.read_text(encoding="utf-8")))
        programme = tomllib.loads((path.parent / "programmes" / path.name).read_text(encoding="utf-8"))
        pools = {pool["key"] for pool in programme["pools"]}
        assert {"wheelchair", "dgs", "companion"} <= house.access.keys(), path.name
        assert {offer.pool for offer in house.access.values()} - {""} <= pools, path.name


@pytest.mark.parametrize(
    ("lead", "last", "first", "due"),
    [
        (0, TUESDAY, TUESDAY, TUESDAY),
        (2, date(2027, 1, 8), date(2027, 1, 14), date(2027, 1, 11)),
        (10, date(2026, 12, 28), date(2027, 1, 26), date(2027, 1, 11)),
    ],
)
def test_lead_time_is_counted_in_working_days(lead, last, first, due):
    offer = Offer("dgs", "staff", lead)

    assert SAXONY.last_day_to_ask(offer, TUESDAY) == last
    assert SAXONY.first_day(offer, TUESDAY) == first
    assert SAXONY.due_day(offer, last, visit=TUESDAY) == due


def test_staff_have_as_long_as_the_house_says_where_there_is_time():
    offer = Offer("quiet", "staff", 5)

    assert SAXONY.due_day(offer, TUESDAY, visit=date(2027, 3, 1)) == date(2027, 1, 19)


def test_a_promise_ends_on_a_working_day_before_the_visit():
    """Told on Friday for a Monday: by Friday."""
    offer = Offer("quiet", "staff", 1)

    assert SAXONY.due_day(offer, date(2027, 1, 8), visit=date(2027, 1, 11)) == date(2027, 1, 8)
    assert SAXONY.due_day(offer, date(2027, 1, 9), visit=date(2027, 1, 11)) == date(2027, 1, 11)


@pytest.mark.parametrize(
    ("kind", "media"), [("dgs", ["on_site", "video"]), ("wheelchair", ["on_site"]), ("quiet", ["on_site"])]
)
def test_a_need_is_asked_for_where_people_meet_in_a_way_that_has_it(kind, media):
    offer = Offer(kind, "staff", 0)

    assert [medium for medium in ("on_site", "video", "phone") if offer.is_for(medium)] == media
