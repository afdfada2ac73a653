"""Questions about a topic: the next dates of its offerings, and the experts who know it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select

from booking.catalogue.models import Offering, OfferingTopic
from booking.db import execute
from booking.people.models import Host
from booking.schedule.expert_queries import Expert, expert_of
from booking.schedule.models import Skill
from booking.schedule.queries import CAN_BE_BOOKED, Date, date_of, in_order, visible
from booking.timekit.instants import to_epoch


def next_dates(topic_id: int, *, house_id: int, language: str, now: datetime, most: int = 5) -> list[Date]:
    """Return the next dates with a place of the offerings of a topic, earliest first, at most ``most``."""
    asked: dict[str, Any] = {"house": house_id, "language": language, "now": to_epoch(now), "people": 1}
    return [date_of(row, now) for row in execute(_NEXT, asked | {"topic": topic_id, "most": most})]


def experts(topic_id: int, *, house_id: int) -> list[Expert]:
    """Return who gives anything on a topic and can be talked to in a consultation, by first name."""
    return [expert_of(row) for row in execute(_EXPERTS, {"house": house_id, "topic": topic_id})]


def _gives(which: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    given = select(Skill.host_id).join(Offering, Offering.id == Skill.offering_id)
    return Host.id.in_(
        given.where(Offering.house_id == bindparam("house"), Offering.state == "published", *which)
    )


_OF_TOPIC = Offering.id.in_(
    select(OfferingTopic.offering_id).where(OfferingTopic.topic_id == bindparam("topic"))
)
_NEXT = in_order(visible().where(*CAN_BE_BOOKED, _OF_TOPIC)).limit(bindparam("most"))
_EXPERTS = (
    select(Host.id.label("host_id"), Host.key, Host.first_name, Host.languages)
    .where(
        Host.house_id == bindparam("house"),
        Host.is_active.is_(True),
        Host.kind != "interpreter",
        _gives([_OF_TOPIC]),
        _gives([Offering.booked_by == "slot"]),
    )
    .order_by(Host.first_name, Host.id)
)
"""Statements made once: making them costs more than running them."""
