"""Deed: the weekly hours of a host or room are saved as one, by whoever saw the hours that are there."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import ColumnElement, delete, insert, select

from booking.catalogue.models import Place
from booking.db import execute
from booking.errors import NotFound, Stale
from booking.journal import service as journal
from booking.people.models import Host
from booking.schedule.availability_models import AvailabilityRule
from booking.schedule.hours import Of, Rule, check_offerings, check_rule
from booking.schedule.staff_refusals import TooManyRules

MOST_RULES = 100
_FIELDS = tuple(Rule.__dataclass_fields__)
_MODULUS = 999_999_999  # a version is a number of nine digits


def rules_of(of: Of, *, house_id: int) -> list[Rule]:
    """Return the weekly hours of a host or room, by weekday and start."""
    return [rule for _, rule in _stored(of, house_id)]


def version_of(rules: Iterable[Rule]) -> int:
    """Return a number that tells one set of weekly hours from another, whatever their order: 1 to 999,999,999."""
    said = "\n".join(sorted(repr(rule) for rule in rules))
    return int.from_bytes(blake2b(said.encode(), digest_size=8).digest()) % _MODULUS + 1


def save_rules(
    rules: Sequence[Rule], *, of: Of, house_id: int, version: int, now: datetime, actor: str = "system"
) -> None:
    """Let these be all weekly hours of a host or room; what is taken already stays as it is.

    ``version``  of the hours that the person saw
    Raises NotFound for a host, place or offering of another house, Stale where the hours have changed since,
    TooManyRules, NoSuchTime and UnfitHours.
    """
    _lock(of, house_id)
    stored = _stored(of, house_id)
    if version_of(rule for _, rule in stored) != version:
        raise Stale
    if len(rules) > MOST_RULES:
        raise TooManyRules(most=MOST_RULES)
    for rule in rules:
        check_rule(rule)
    named = {rule.offering_id for rule in rules if rule.offering_id is not None}
    if named:
        check_offerings(named, house_id=house_id)
    _write(list(dict.fromkeys(rules)), stored, of=of, house_id=house_id, now=now, actor=actor)


def said(rule: Rule) -> str:
    """Return a rule in one line, as the journal keeps it: ``wed 15:00-19:00 odd from 2027-01-01``."""
    parts = [_DAYS[rule.weekday], f"{_clock(rule.start_minute)}-{_clock(rule.end_minute)}"]
    parts += [("even", "odd")[rule.parity]] if rule.parity is not None else []
    parts += [f"ordinal {rule.ordinal}"] if rule.ordinal is not None else []
    parts += [f"from {rule.valid_from}"] if rule.valid_from else []
    parts += [f"until {rule.valid_until}"] if rule.valid_until else []
    parts += [f"offering {rule.offering_id}"] if rule.offering_id is not None else []
    parts += [rule.medium] if rule.medium else []
    parts += [f"school holidays {rule.school_holidays}"] if rule.school_holidays != "any" else []
    return " ".join(parts)


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _write(
    rules: Sequence[Rule],
    stored: Sequence[tuple[int, Rule]],
    *,
    of: Of,
    house_id: int,
    now: datetime,
    actor: str,
) -> None:
    """Write the difference: a rule that stays keeps its row."""
    missing, gone = Counter(rules), list[int]()
    for rule_id, rule in stored:
        if missing[rule]:
            missing[rule] -= 1
        else:
            gone.append(rule_id)
    added = [rule for rule in rules if missing[rule]]
    if not added and not gone:
        return
    if gone:
        execute(delete(AvailabilityRule).where(AvailabilityRule.id.in_(gone)))
    if added:
        execute(
            insert(AvailabilityRule), [{"house_id": house_id} | asdict(of) | asdict(one) for one in added]
        )
    kind, number = ("host", of.host_id) if of.host_id is not None else ("place", of.place_id)
    journal.record(
        "hours.changed",
        house_id=house_id,
        actor=actor,
        object_kind=kind,
        object_id=number or 0,
        now=now,
        changes={
            "rules": [[said(rule) for id_, rule in stored if id_ in gone], [said(one) for one in added]]
        },
    )


def _lock(of: Of, house_id: int) -> None:
    """Let one person at a time change these hours; raises NotFound for a host or place of another house."""
    host = select(Host.id).where(Host.id == of.host_id, Host.house_id == house_id)
    place = select(Place.id).where(Place.id == of.place_id, Place.house_id == house_id, Place.kind == "room")
    owner = host if of.host_id is not None else place
    if execute(owner.with_for_update(key_share=True)).scalar() is None:
        raise NotFound


def _stored(of: Of, house_id: int) -> list[tuple[int, Rule]]:
    columns = (getattr(AvailabilityRule, name) for name in _FIELDS)
    wanted = select(AvailabilityRule.id, *columns).where(_mine(of), AvailabilityRule.house_id == house_id)
    order = (AvailabilityRule.weekday, AvailabilityRule.start_minute, AvailabilityRule.id)
    return [(row[0], Rule(*row[1:])) for row in execute(wanted.order_by(*order))]


def _mine(of: Of) -> ColumnElement[bool]:
    if of.host_id is not None:
        return AvailabilityRule.host_id == of.host_id
    return AvailabilityRule.place_id == of.place_id
