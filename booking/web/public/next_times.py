"""The next free times of consultations, in whatever way each can be had."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

from booking.messages import wording
from booking.schedule.expert_queries import Consultation, Expert, consultation
from booking.schedule.listing import soonest
from booking.schedule.loading import Asked, slot_queries
from booking.timekit.instants import day_bounds, local_date
from booking.web.context import address, house, language
from booking.web.labels import medium_label
from booking.web.public.slot_filters import Filters
from booking.web.public.slot_rows import TimeRow, Words
from booking.web.roof import roof

SOON = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """What the page of a consultation shows of its times: how, in which languages, with whom, and the next ones."""

    facts: list[tuple[str, str]]
    experts: list[tuple[str, str]]
    times: list[TimeRow]
    href: str


def times_to_choose(key: str) -> Choice:
    """Return the next three free times of a consultation and the way to all; raises NotFound."""
    found = consultation(key, house_id=house().id, language=language())
    spoken = ", ".join(wording.say_language(one, language()) for one in found.languages)
    facts = [
        (_("How"), _(" or ").join(medium_label(medium) for medium in found.media)),
        (_("Languages"), spoken),
    ]
    return Choice(
        facts=[(term, fact) for term, fact in facts if fact],
        experts=[(one.first_name, address("expert", key=one.key)) for one in found.experts],
        times=next_times([found], most=SOON)[found.id],
        href=address("times", key=key),
    )


def next_times(
    consultations: Sequence[Consultation], *, expert: Expert | None = None, most: int = 1
) -> dict[int, list[TimeRow]]:
    """Return the next free times, at most ``most``, by the id of the offering; with one expert, if given.

    Where two ways are free at the same time, the one that comes first is named: in the house, video, phone.
    """
    now, zone = roof().clock(), house().zone
    furthest = max((one.horizon_days for one in consultations), default=0)
    until = day_bounds(local_date(now, zone) + timedelta(days=furthest), zone)[1]
    found: dict[int, dict[int, TimeRow]] = {one.id: {} for one in consultations}
    for medium in dict.fromkeys(medium for one in consultations for medium in one.media):
        had = {one.id: one for one in consultations if medium in one.media}
        asked = Asked(medium=medium, host_id=expert.id if expert else None)
        queries = slot_queries(
            house(), list(had), asked=asked, since=now, until=until, now=now, language=language()
        )
        for id_, query in queries.items():
            words = Words(had[id_], Filters(medium, host=expert), query)
            for slot in soonest(query, most=most):
                found[id_].setdefault(slot.start, words.row(slot))
    return {id_: [rows[start] for start in sorted(rows)][:most] for id_, rows in found.items()}
