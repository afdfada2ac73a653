"""Deeds: keep places or a slot while somebody fills in the form, for longer, or no more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from booking.bookings import hoarding, hold_queries, rules, seat_queries, securing, states
from booking.bookings.hold_queries import HoldPage
from booking.bookings.models import Booking, Hold
from booking.bookings.refusals import FormUsed, NoMoreTime, TooManyHolds, TryAgain
from booking.bookings.rules import MOST_EXTENSIONS, Bounds
from booking.bookings.seat_queries import Bookable
from booking.db import db, execute
from booking.houses.facts import House
from booking.journal import service as journal
from booking.links import queries as link_queries
from booking.links import service as links
from booking.schedule import appointing, choosing, taking
from booking.schedule.choosing import Wanted

HELD_FOR = timedelta(minutes=15)
EXTENDED_BY = timedelta(minutes=10)
LINK_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody wants places for a party while typing.

    ``once``      the key of the form: the same key keeps the same places
    ``client``    a keyed hash of the connection
    ``replaces``  earlier holds of the same browser: those of the same offering end
    """

    house_id: int
    party: Mapping[str, int]
    once: str
    client: str
    replaces: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A hold that exists, and the id of its link."""

    hold_id: int
    link_id: str


def hold_date(occurrence_id: int, ask: Ask, *, bounds: Bounds, now: datetime) -> Held:
    """Keep places of a date for fifteen minutes.

    Raises NotFound, the refusals of ``rules.check``, Taken, TooManyHolds,
    TryAgain when the same form was sent twice at the same moment, and FormUsed
    when it has led to a booking of something else.
    """
    place = seat_queries.bookable(occurrence_id, house_id=ask.house_id)
    same = hold_queries.by_key(ask.once, house_id=ask.house_id)
    if _stands(same, ask, is_same=same is not None and same.occurrence_id == occurrence_id, now=now):
        return _held(same)
    old = _earlier(same, ask, offering_id=place.offering_id, now=now)
    found = hoarding.within_bounds(
        ask.client,
        bounds,
        house_id=ask.house_id,
        occurrence_id=occurrence_id,
        leaving=old,
        now=now,
    )
    suspicion = rules.suspicion(of_house=found.of_house, of_client=found.of_client, bounds=bounds)
    taking.lock({place.resource_id, *securing.resources(old)})
    policy = hold_queries.policy(occurrence_id)
    rules.check(policy, ask.party, now=now)
    if found.people + sum(ask.party.values()) > bounds.most_of(place.seats, party_max=policy.party_max):
        raise TooManyHolds
    if policy.starts_at != place.starts_at:  # moved before it was locked
        raise TryAgain
    securing.let_go(old, now=now)
    return _keep(same, ask, occurrence_id, seats=place, suspicion=suspicion, now=now)


def hold_slot(wanted: Wanted, ask: Ask, *, house: House, bounds: Bounds, now: datetime) -> Held:
    """Keep a slot for fifteen minutes, with its host, room and equipment.

    Raises as ``hold_date``, and SlotGone; Taken when somebody was faster: the
    caller tries again, since somebody else may be free.
    """
    same = hold_queries.by_key(ask.once, house_id=ask.house_id)
    if _stands(same, ask, is_same=same is not None and _is_same_slot(same, wanted), now=now):
        return _held(same)
    old = _earlier(same, ask, offering_id=wanted.offering_id, now=now)
    found = hoarding.within_bounds(ask.client, bounds, house_id=ask.house_id, leaving=old, now=now)
    suspicion = rules.suspicion(of_house=found.of_house, of_client=found.of_client, bounds=bounds)
    policy = hold_queries.policy_of_offering(wanted.offering_id, starts_at=wanted.starts_at)
    rules.check(policy, ask.party, now=now)
    choosing.in_turn(wanted.offering_id)
    team = choosing.choose(wanted, house=house, moving=_moving(old), now=now)
    taking.lock({*team.resource_ids(), *securing.resources(old)})
    securing.let_go(old, now=now)
    date = appointing.settle(team, expires_at=now + HELD_FOR, now=now)
    seats = seat_queries.seats_of(date.occurrence_id)
    held = _keep(
        same, ask, date.occurrence_id, seats=seats, medium=wanted.medium, suspicion=suspicion, now=now
    )
    appointing.follow_parties(date.occurrence_id, now=now)
    return held


def extend(hold_id: int, *, bounds: Bounds, now: datetime) -> None:
    """Keep the places ten minutes longer, or take them again if they have been lost.

    A hold whose time was over counts as one more.  Raises NoMoreTime after
    twelve times, Taken or SlotGone when they are gone, and TooManyHolds.
    """
    seen = hold_queries.hold(hold_id)
    is_over = seen.booking_id is None and seen.expires_at <= now
    changed = _begun_anew(seen, bounds, now=now) if is_over else {}
    taking.lock(securing.resources([seen]))
    execute(select(Hold.id).where(Hold.id == hold_id).with_for_update())
    held = hold_queries.hold(hold_id)
    if held.booking_id is not None:
        return
    if held.extensions >= MOST_EXTENSIONS:
        raise NoMoreTime(most=MOST_EXTENSIONS)
    until = max(held.expires_at, now) + EXTENDED_BY
    kept = securing.secure(held, until=until, now=now)
    changed |= {"extensions": Hold.extensions + 1, "expires_at": until}
    changed |= {"occurrence_id": kept.occurrence_id, "claim_id": kept.claim_id}
    execute(update(Hold).where(Hold.id == hold_id).values(**changed))
    links.extend("hold", subject_id=hold_id, expires_at=until + LINK_KEPT)


def _begun_anew(held: HoldPage, bounds: Bounds, *, now: datetime) -> dict[str, Any]:
    found = hoarding.within_bounds(held.client, bounds, house_id=held.house_id, now=now)
    return {
        "suspicion": rules.suspicion(of_house=found.of_house, of_client=found.of_client, bounds=bounds)
        or held.suspicion
    }


def give_up(hold_id: int, *, now: datetime) -> None:
    """Give the places back before their time; a second time, or after booking, changes nothing."""
    held = hold_queries.hold(hold_id)
    if held.booking_id is None:
        taking.lock(securing.resources([held]))
        securing.let_go([held], now=now)


def forget_before(before: datetime) -> None:
    """Delete holds that ended before ``before``; their claims are swept by themselves.

    One whose booking waits for its address stays: ``confirm`` needs it.
    """
    waits = exists().where(Booking.id == Hold.booking_id, Booking.state == states.TO_BE_CONFIRMED)
    execute(delete(Hold).where(Hold.expires_at < before, ~waits))


def _stands(same: HoldPage | None, ask: Ask, *, is_same: bool, now: datetime) -> bool:
    """Return whether the form was sent before with the same wish; raises FormUsed if it has booked something else."""
    if same is None:
        return False
    is_alike = is_same and dict(same.party) == dict(ask.party)
    if same.booking_id is not None and not is_alike:
        raise FormUsed
    return is_alike and (same.booking_id is not None or same.expires_at > now)


def _is_same_slot(same: HoldPage, wanted: Wanted) -> bool:
    """Return whether a hold is what is wanted; where it does not matter with whom or in what language, any is."""
    facts = (same.offering_id, same.starts_at, same.medium)
    if not same.is_slot or facts != (wanted.offering_id, wanted.starts_at, wanted.medium):
        return False
    is_spoken = wanted.language in (None, same.language)
    return is_spoken and wanted.host_id in (None, *hold_queries.host_ids(same.occurrence_id))


def _held(same: HoldPage | None) -> Held:
    link_id = link_queries.newest("hold", subject_id=same.id) if same is not None else None
    if same is not None and same.booking_id is not None and link_id is None:
        raise FormUsed  # its link ended with the address that it was booked for
    if same is None or link_id is None:
        raise TryAgain
    return Held(same.id, link_id)


def _earlier(same: HoldPage | None, ask: Ask, *, offering_id: int, now: datetime) -> list[HoldPage]:
    old = hold_queries.earlier(ask.replaces, offering_id=offering_id, house_id=ask.house_id, now=now)
    return old + ([same] if same is not None and same.id not in {one.id for one in old} else [])


def own_claim(hold_ids: tuple[int, ...], *, offering_id: int, house_id: int, now: datetime) -> int | None:
    """Return the claim of the slot that these holds of one browser keep: it is not in their own way."""
    return _moving(hold_queries.earlier(hold_ids, offering_id=offering_id, house_id=house_id, now=now))


def _moving(old: list[HoldPage]) -> int | None:
    """Return the claim that the own earlier hold of a slot has, so that it is not in the way of the new one."""
    slots = [one for one in old if one.is_slot]
    return appointing.moving_claim(slots[-1].occurrence_id, slots[-1].claim_id) if slots else None


def _unless_used(own_insert: Callable[[type[Hold]], Any]) -> Any:
    return own_insert(Hold).on_conflict_do_nothing(index_elements=["once"]).returning(Hold.id)


_WRITE = {"sqlite": _unless_used(sqlite_insert), "postgresql": _unless_used(postgresql_insert)}


def _keep(
    same: HoldPage | None,
    ask: Ask,
    occurrence_id: int,
    *,
    seats: Bookable,
    medium: str = "on_site",
    suspicion: str,
    now: datetime,
) -> Held:
    until = now + HELD_FOR
    people = sum(ask.party.values())
    claim_id = securing.claim_seats(seats, people, house_id=ask.house_id, until=until, now=now)
    row = {
        "occurrence_id": occurrence_id,
        "claim_id": claim_id,
        "party": dict(ask.party),
        "medium": medium,
        "expires_at": until,
    }
    if same is not None:
        if same.extensions >= MOST_EXTENSIONS:  # another date would be more time by another name
            raise NoMoreTime(most=MOST_EXTENSIONS)
        row |= {"extensions": Hold.extensions + 1, "suspicion": suspicion or same.suspicion}
        execute(update(Hold).where(Hold.id == same.id).values(**row))
        links.extend("hold", subject_id=same.id, expires_at=until + LINK_KEPT)
        return _held(same)
    row |= {"house_id": ask.house_id, "once": ask.once, "client": ask.client, "suspicion": suspicion}
    written = execute(_WRITE[db.engine.dialect.name], row | {"created_at": now}).scalar()
    if written is None:
        raise TryAgain
    link_id = links.make(
        "hold", house_id=ask.house_id, subject_id=written, expires_at=until + LINK_KEPT, now=now
    )
    of = {"house_id": ask.house_id, "object_id": written, "people": people}
    journal.record("hold.made", actor="visitor", object_kind="hold", now=now, **of)
    return Held(written, link_id)
