"""Who sees which booking: every role, alone and in pairs, for every booking; the rule and the database agree."""

from datetime import timedelta
from functools import partial
from itertools import combinations

import pytest
from sqlalchemy import or_, select, update

from booking.bookings import sight_queries, staff_lists, staff_pages
from booking.bookings.models import Booking
from booking.bookings.sight import CHANGE, CHANGE_OWN, CONTACT, EXPORT, FIRST_NAME, NAME, NEEDS, Whose, sight
from booking.bookings.staff_lists import Wanted
from booking.catalogue.models import Offering
from booking.db import execute, unit_of_work
from booking.errors import NotFound
from booking.people.permissions import PERMISSIONS, ROLES, Acting
from booking.schedule.models import Occurrence
from tests.builders import a_booking, a_host, an_occurrence, an_offering, house_id
from tests.staff import a_programme, a_staff

ZONE = "Europe/Berlin"
FAR, NEAR = 20, 2  # days ahead
CONSTELLATIONS = [(one,) for one in ROLES] + list(combinations(ROLES, 2))


@pytest.fixture
def world(app, clock):
    """Bookings near and far, of an own, a foreign and no programme, assigned or not, a tour or a consultation."""
    host, own = a_host(), a_programme()
    found: list[tuple[int, Whose]] = []
    for programme in (own, a_programme(), None):
        for kind in ("tour", "consultation"):
            offering_id = an_offering(seats=5, party_max=5, kind=kind)
            programmed = update(Offering).where(Offering.id == offering_id).values(programme_id=programme)
            unit_of_work(partial(execute, programmed))
            for days in (NEAR, FAR):
                for hosts in ((), (host,)):
                    starts_at = clock() + timedelta(days=days, hours=len(found))
                    date = an_occurrence(
                        clock, offering_id=offering_id, seats=5, starts_at=starts_at, host_ids=hosts
                    )
                    booked = a_booking(date, clock)
                    of = Whose(house_id(), programme, kind, starts_at, bool(hosts))
                    found.append((booked.booking_id, of))
    library = house_id("library")
    foreign = an_occurrence(clock, offering_id=an_offering(house_id=library), house_id=library)
    booked = a_booking(foreign, clock, house_id=library)
    found.append((booked.booking_id, Whose(library, None, "tour", clock() + timedelta(days=1), False)))
    return host, own, found


def somebody(roles, host, own, *, everything):
    programmes = None if everything and "coordinator" in roles else frozenset({own})
    return Acting(1, house_id(), "Dana", "de", frozenset(roles), host, programmes)


@pytest.mark.parametrize("everything", [False, True])
def test_the_database_shows_whom_the_rule_shows(world, clock, everything):
    for roles in CONSTELLATIONS:
        agree(world, clock, roles, everything=everything)


def agree(world, clock, roles, *, everything):
    """Hold the rule against the database for somebody with these roles."""
    host, own, bookings = world
    acting = somebody(roles, host, own, everything=everything)
    look = partial(sight, acting, exact=False, zone=ZONE, now=clock())
    allowed = {booking_id for booking_id, of in bookings if look(of)}
    with_names = {booking_id for booking_id, of in bookings if look(of).sees(CONTACT)}
    needs = {booking_id for booking_id, of in bookings if look(of).sees(NEEDS)}

    def asked(condition):
        wanted = select(Booking.id).join(Occurrence, Occurrence.id == Booking.occurrence_id)
        wanted = wanted.join(Offering, Offering.id == Occurrence.offering_id).where(condition)
        return unit_of_work(lambda: set(execute(wanted).scalars()))

    whole = sight_queries.with_contact(acting, zone=ZONE, now=clock())
    assert asked(whole) == with_names
    assert asked(or_(whole, sight_queries.without_contact(acting))) == allowed
    assert asked(sight_queries.with_needs(acting, zone=ZONE, now=clock())) == needs

    listed = unit_of_work(
        partial(staff_lists.page, acting, Wanted(), zone=ZONE, language="de", most=100, now=clock())
    )
    assert {row.id for row in listed.rows} == allowed
    assert listed.total == len(allowed)
    assert {row.id for row in listed.rows if row.email} == with_names


def seen(world, clock, *roles, exact=False, everything=False):
    """Return what somebody sees, as facts of the bookings."""
    host, own, bookings = world
    acting = somebody(roles, host, own, everything=everything)
    look = partial(sight, acting, exact=exact, zone=ZONE, now=clock())
    return own, {of: look(of) for _booking_id, of in bookings}


def test_guides_and_experts_see_the_first_name_and_needs_of_those_assigned_to_them(world, clock):
    for role in ("guide", "expert"):
        _own, found = seen(world, clock, role)
        for of, what in found.items():
            assert bool(what) == (of.is_assigned and of.house_id == house_id())
            assert not what.sees(NAME)
            assert not what.sees(CONTACT)
            assert what.sees(FIRST_NAME) == what.sees(NEEDS) == bool(what)


def test_an_expert_changes_own_consultations_and_a_guide_nothing(world, clock):
    _own, experts = seen(world, clock, "expert")
    _own, guides = seen(world, clock, "guide")
    for of, what in experts.items():
        assert what.may(CHANGE_OWN) == (bool(what) and of.kind == "consultation")
        assert not what.may(CHANGE)
    assert not any(what.deeds for what in guides.values())


def test_the_desk_sees_seven_days_around_today_and_the_others_by_what_is_known_exactly(world, clock):
    _own, found = seen(world, clock, "desk")
    ours = {of: what for of, what in found.items() if of.house_id == house_id()}
    near = {of for of in ours if of.starts_at < clock() + timedelta(days=7)}
    assert {of for of, what in ours.items() if what} == near
    assert all(what.may(CHANGE) and not what.may(EXPORT) for what in ours.values() if what)

    _own, exactly = seen(world, clock, "desk", exact=True)
    assert {of for of, what in exactly.items() if what} == set(ours)


def test_a_coordinator_sees_own_programmes_and_what_has_none_only_who_runs_all(world, clock):
    own, found = seen(world, clock, "coordinator")
    assert {of.programme_id for of, what in found.items() if what} == {own}
    _own, everything = seen(world, clock, "coordinator", everything=True)
    assert {of for of, what in everything.items() if what} == {
        of for of in everything if of.house_id == house_id()
    }


def test_an_auditor_sees_no_name_no_address_and_no_need_and_an_admin_nothing(world, clock):
    _own, auditors = seen(world, clock, "auditor")
    _own, admins = seen(world, clock, "admin", exact=True)
    for of, what in auditors.items():
        assert bool(what) == (of.house_id == house_id())
        assert not what.parts & {FIRST_NAME, NAME, CONTACT, NEEDS}
        assert not what.deeds
    assert not any(admins.values())


def test_no_other_house_is_seen_by_anybody(world, clock):
    for roles in CONSTELLATIONS:
        _own, found = seen(world, clock, *roles, exact=True, everything=True)
        assert not any(what for of, what in found.items() if of.house_id != house_id())


def test_who_sees_bookings_at_all_has_the_permission(world, clock):
    for role in ROLES:
        _own, found = seen(world, clock, role, everything=True)
        assert any(found.values()) == (role in PERMISSIONS["bookings.see"])


def test_a_booking_is_opened_by_its_reference_or_not_at_all(world, clock):
    host, own, bookings = world
    wanted = select(Booking.id, Booking.reference)
    references = unit_of_work(lambda: {row.id: row.reference for row in execute(wanted)})
    for roles in CONSTELLATIONS:
        acting = somebody(roles, host, own, everything=False)
        for booking_id, of in bookings:
            find = partial(
                staff_pages.find, references[booking_id], acting, language="de", zone=ZONE, now=clock()
            )
            if sight(acting, of, exact=True, zone=ZONE, now=clock()):
                assert unit_of_work(find).page.id == booking_id
            else:
                with pytest.raises(NotFound):
                    unit_of_work(find)


def search(acting, term, *, now):
    wanted = Wanted(term=term)
    found = unit_of_work(
        partial(staff_lists.page, acting, wanted, zone=ZONE, language="de", most=100, now=now)
    )
    return {row.id for row in found.rows}


def test_the_desk_finds_the_far_ones_by_a_whole_reference_or_address(world, clock):
    _host, _own, bookings = world
    desk = a_staff("desk")
    ours = [(booking_id, of) for booking_id, of in bookings if of.house_id == house_id()]
    near = {booking_id for booking_id, of in ours if of.starts_at < clock() + timedelta(days=7)}
    (reference,) = unit_of_work(
        lambda: execute(select(Booking.reference).where(Booking.id == ours[2][0])).one()
    )
    assert ours[2][0] not in near

    assert search(desk, "kaya", now=clock()) == near
    assert search(desk, "amina@example", now=clock()) == near
    assert search(desk, "Amina@Example.org", now=clock()) == {booking_id for booking_id, _of in ours}
    assert search(desk, f"{reference[:4]} {reference[4:].lower()}", now=clock()) == {ours[2][0]}


def test_nobody_finds_by_a_name_that_is_not_shown(world, clock):
    host, own, _bookings = world
    for role in ("guide", "expert", "auditor"):
        acting = somebody((role,), host, own, everything=False)
        assert search(acting, "Amina", now=clock()) == set()
        assert search(acting, "amina@example.org", now=clock()) == set()


def test_a_percent_sign_is_a_letter_like_any_other(world, clock):
    assert search(a_staff("coordinator"), "%", now=clock()) == set()
