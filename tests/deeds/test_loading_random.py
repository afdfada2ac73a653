"""Random worlds: what is loaded from the database gives the slots that the slow twin finds on the same facts."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from booking.db import unit_of_work
from booking.schedule.loading import Asked, slot_queries
from booking.schedule.openings import Taken
from booking.schedule.slots import HostMode, SlotQuery, free_slots
from booking.timekit.instants import from_epoch
from tests.deeds.random_worlds import World
from tests.pure.slow_slots import slow_slots

HOUR = 3600
FEW = settings(max_examples=12, deadline=None, derandomize=True)
seeds = st.integers(0, 2**32)


def agree(world: World, offering_id: int, facts: SlotQuery) -> None:
    """Compare the slots of the loaded question with those of the values beside the database."""
    asked = Asked(language=facts.language, party=facts.party, moving=facts.moving)
    since, until, now = (from_epoch(at) for at in (facts.since, facts.until, facts.now))
    loaded = unit_of_work(
        lambda: slot_queries(world.house, [offering_id], asked=asked, since=since, until=until, now=now)
    )

    assert free_slots(loaded[offering_id]) == slow_slots(facts, first=world.start - 48 * HOUR)


@FEW
@given(seed=seeds, mode=st.sampled_from(HostMode))
def test_hosts_with_hours_changed_days_absences_and_bookings(lab, seed, mode):
    world = World(seed)
    policy = world.policy(horizon=world.one(1, 2, 9))
    offering_id = world.consultation(policy, mode=mode)
    hosts = [world.expert(offering_id, is_fixed=number == 0) for number in range(1 + world.up_to(2))]
    policy = replace(policy, mode=mode, fixed=(hosts[0].id,) if mode is HostMode.FIXED_AND_ANY else ())

    agree(world, offering_id, world.query_of(policy, hosts, language=world.one(None, None, "en")))


@FEW
@given(seed=seeds)
def test_rooms_and_equipment(lab, seed):
    world = World(seed)
    policy = world.policy(horizon=9)
    needs = [world.need_of(choice) for choice in range(1, 2 + world.up_to(1))]
    offering_id = world.consultation(policy, tuple(row for _, rows in needs for row in rows))
    host = world.expert(offering_id)

    agree(world, offering_id, world.query_of(policy, [host], needs=tuple(need for need, _ in needs)))


@FEW
@given(seed=seeds)
def test_parties_that_share_a_slot_and_limits_that_count_them(lab, seed):
    world = World(seed)
    limits = {"per_day": world.one(None, 1, 2), "per_week": world.one(None, 3)}
    capacity = world.one(1, 3, 3)
    policy = world.policy(
        capacity=capacity, notice=0, horizon=9, step=60, offset=0, duration=60, before=5, **limits
    )
    offering_id = world.consultation(policy)
    host = world.expert(offering_id)
    slots = [found for _ in range(6) if (found := world.slot_of(offering_id, host, policy))]
    own = tuple(taken for _, taken in slots)
    host = replace(host, allocations=host.allocations + own)
    if capacity > 1:
        host = replace(host, shared=tuple(shared for shared, _ in slots))
    bookings = tuple(
        Taken(run.start, run.end, one.units, one.claim_id if capacity > 1 else run.claim_id, one.expires_at)
        for run, _ in slots
        for one in run.parties
    )
    has_limits = any(limits.values())
    facts = world.query_of(policy, [host], bookings=bookings if has_limits else (), party=world.one(1, 1, 2))

    agree(world, offering_id, facts)
