"""What an offering still lacks before visitors may see it, and what would make it better; pure.

A fault stands in the way of publishing, a hint does not. Both are codes: the pages have the sentences.
"""

from collections.abc import Iterator, Mapping

from booking.catalogue.completeness import NEEDED
from booking.catalogue.drafts import Draft, NeedGroup

FAULTS = (
    "title",
    "summary",
    "description",
    "audience",
    "medium",
    "host",
    "skill",
    "room_small",
    "pool_small",
    "thing_retired",
    "never",
    "grades",
)
HINTS = ("english", "easy", "topic", "room", "pool_few", "bring")


def faults(draft: Draft, *, skilled: int | None = None) -> tuple[str, ...]:
    """Return why the offering cannot be published; ``skilled`` people can give it, None if nobody has counted."""
    found = dict.fromkeys([*_faults_of_texts(draft), *_faults_of_facts(draft), *_faults_of_needs(draft)])
    if skilled == 0 and draft.hosts():
        found["skill"] = None
    return tuple(code for code in FAULTS if code in found)


def hints(draft: Draft) -> tuple[str, ...]:
    """Return what visitors would miss, though it can be published so."""
    wanted: Mapping[str, bool] = {
        "english": not _is_told(draft, "en"),
        "easy": not _is_told(draft, "ls"),
        "topic": not draft.topic_ids,
        "room": "on_site" in draft.media and not any(one.kind == "room" for one in draft.needs),
        "pool_few": any(_most(one) < draft.seats for one in draft.needs if one.people_per_unit),
        "bring": not draft.texts.get("de", {}).get("bring"),
    }
    return tuple(code for code in HINTS if wanted[code])


def _is_told(draft: Draft, language: str) -> bool:
    return all(draft.texts.get(language, {}).get(word) for word in NEEDED)


def _faults_of_texts(draft: Draft) -> Iterator[str]:
    yield from (word for word in NEEDED if not draft.texts.get("de", {}).get(word))


def _faults_of_facts(draft: Draft) -> Iterator[str]:
    if not draft.audiences:
        yield "audience"
    if not draft.media:
        yield "medium"
    if draft.notice_minutes >= draft.horizon_days * 1440:
        yield "never"
    if draft.kind == "school" and draft.grade_first is None:
        yield "grades"


def _faults_of_needs(draft: Draft) -> Iterator[str]:
    if not draft.hosts():
        yield "host"
    if any(not thing.is_active for need in draft.needs for thing in need.things):
        yield "thing_retired"
    if "on_site" in draft.media and _people_in_rooms(draft) < draft.seats:
        yield "room_small"
    if any(_most(need) < draft.party_min for need in draft.needs if need.kind == "pool"):
        yield "pool_small"


def _people_in_rooms(draft: Draft) -> float:
    """Return how many people all the rooms of one run take: of alternatives the smallest, since it may be that one."""
    rooms = [need for need in draft.needs if need.kind == "room"]
    limits = [min(thing.limit or float("inf") for thing in need.things) for need in rooms if need.things]
    return sum(limits) if limits else float("inf")


def _most(need: NeedGroup) -> float:
    """Return for how many people the equipment suffices when nothing else uses it; of alternatives the best."""
    units = max((thing.limit or 0 for thing in need.things), default=0)
    if need.people_per_unit:
        return units * need.people_per_unit
    return float("inf") if units >= need.quantity else 0
