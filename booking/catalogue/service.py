"""Deeds: enter topics, places, pools and offerings with their texts and needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, update

from booking.catalogue.models import (
    Need,
    Offering,
    OfferingAudience,
    OfferingMedium,
    OfferingText,
    OfferingTopic,
    Place,
    Pool,
    Programme,
    Topic,
)
from booking.catalogue.refusals import UnlikeAlternatives
from booking.db import execute


@dataclass(frozen=True, slots=True)
class TopicDetails:
    """A topic or a cooperation; what its page holds is told in ``catalogue.topics``."""

    key: str
    names: Mapping[str, str]
    kind: str = "topic"
    position: int = 0
    texts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    partners: Sequence[Mapping[str, Any]] = ()
    links: Sequence[Mapping[str, Any]] = ()
    picture: str = ""
    is_published: bool = True


@dataclass(frozen=True, slots=True)
class PlaceDetails:
    """A room or a meeting point; names by language."""

    key: str
    kind: str
    names: Mapping[str, str]
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    people_limit: int | None = None
    is_shared: bool = False
    is_step_free: bool = True


@dataclass(frozen=True, slots=True)
class NeedDetails:
    """What each run takes; ids of the place or pool, buffers in minutes.

    ``medium``  the need is one of this medium alone
    ``choice``  of the needs with the same number one suffices, such as either of two booths
    """

    kind: str
    quantity: int = 1
    place_id: int | None = None
    pool_id: int | None = None
    people_per_unit: int | None = None
    before_minutes: int = 0
    after_minutes: int = 0
    medium: str | None = None
    choice: int | None = None


@dataclass(frozen=True, slots=True)
class OfferingDetails:
    """An offering with its policy; minutes for every length of time but the horizon.

    What follows ``booked_by`` is for those booked by slot: ``step_minutes`` None for as long as it lasts,
    ``is_shared`` for parties that share a slot, bounds by local day, ISO week and minutes booked a day.
    """

    key: str
    kind: str
    minutes: int
    seats: int
    party_max: int
    texts: Mapping[str, Mapping[str, str]]
    party_min: int = 1
    notice_minutes: int = 0
    horizon_days: int = 180
    cancel_until_minutes: int = 60
    age_min: int = 0
    grade_first: int | None = None
    grade_last: int | None = None
    groups_max: int = 1
    is_step_free: bool = True
    is_walk_in: bool = False
    address_check: str = "when_suspicious"
    booked_by: str = "date"
    host_mode: str = "any"
    step_minutes: int | None = None
    offset_minutes: int = 0
    is_shared: bool = False
    per_day: int | None = None
    per_week: int | None = None
    minutes_per_day: int | None = None
    programme_id: int | None = None
    sign_video: str = ""
    state: str = "published"
    audiences: tuple[str, ...] = ("everyone",)
    media: tuple[str, ...] = ("on_site",)
    topic_ids: tuple[int, ...] = ()
    needs: tuple[NeedDetails, ...] = field(default=())


_ELSEWHERE = {"texts", "audiences", "media", "topic_ids", "needs"}
_POLICY = tuple(name for name in OfferingDetails.__dataclass_fields__ if name not in _ELSEWHERE)


def enter_topic(key: str, names: Mapping[str, str], *, house_id: int) -> int:
    """Write a topic of which only the name is known, and return its id."""
    return enter_topic_page(TopicDetails(key, names), house_id=house_id)


def enter_topic_page(details: TopicDetails, *, house_id: int) -> int:
    """Write a topic or a cooperation with what its page tells, and return its id."""
    row = insert(Topic).values(house_id=house_id, **topic_values(details)).returning(Topic.id)
    return int(execute(row).scalar_one())


def renew_topic_page(details: TopicDetails, *, house_id: int) -> int:
    """Write what the page of a topic tells now, known by its key or new, and return its id."""
    known = update(Topic).where(Topic.house_id == house_id, Topic.key == details.key)
    found = execute(known.values(**topic_values(details)).returning(Topic.id)).scalar()
    return enter_topic_page(details, house_id=house_id) if found is None else int(found)


def topic_values(details: TopicDetails) -> dict[str, Any]:
    """Return what is stored of a topic."""
    values = {name: getattr(details, name) for name in ("key", "kind", "position", "picture", "is_published")}
    texts = {language: dict(words) for language, words in details.texts.items()}
    partners, links = ([dict(one) for one in some] for some in (details.partners, details.links))
    return values | {"names": dict(details.names), "texts": texts, "partners": partners, "links": links}


def enter_place(details: PlaceDetails, *, house_id: int) -> int:
    """Write a place and return its id."""
    row = insert(Place).values(
        house_id=house_id,
        key=details.key,
        kind=details.kind,
        names=dict(details.names),
        address=details.address,
        latitude=details.latitude,
        longitude=details.longitude,
        people_limit=details.people_limit,
        is_shared=details.is_shared,
        is_step_free=details.is_step_free,
    )
    return int(execute(row.returning(Place.id)).scalar_one())


def enter_pool(key: str, names: Mapping[str, str], units: int, *, house_id: int) -> int:
    """Write a pool of ``units`` and return its id."""
    row = insert(Pool).values(house_id=house_id, key=key, names=dict(names), units=units).returning(Pool.id)
    return int(execute(row).scalar_one())


def enter_programme(key: str, names: Mapping[str, str], *, house_id: int) -> int:
    """Write a programme, by whose coordination offerings are run, and return its id."""
    row = insert(Programme).values(house_id=house_id, key=key, names=dict(names), version=1)
    return int(execute(row.returning(Programme.id)).scalar_one())


def enter_offering(details: OfferingDetails, *, house_id: int) -> int:
    """Write an offering with texts, topics, audiences, media and needs, and return its id.

    Raises UnlikeAlternatives for needs of one choice that differ in kind, medium or buffers.
    """
    _check_choices(details.needs)
    policy = {name: getattr(details, name) for name in _POLICY}
    row = insert(Offering).values(house_id=house_id, version=1, **policy).returning(Offering.id)
    offering_id = int(execute(row).scalar_one())
    for language, words in details.texts.items():
        _write_text(offering_id, language, words)
    for topic_id in details.topic_ids:
        execute(insert(OfferingTopic).values(offering_id=offering_id, topic_id=topic_id))
    for audience in details.audiences:
        execute(insert(OfferingAudience).values(offering_id=offering_id, audience=audience))
    for medium in details.media:
        execute(insert(OfferingMedium).values(offering_id=offering_id, medium=medium))
    add_needs(offering_id, details.needs)
    return offering_id


def add_needs(offering_id: int, needs: Sequence[NeedDetails]) -> None:
    """Write what each run of an offering takes besides; of needs with the same choice number one suffices."""
    for need in needs:
        _write_need(offering_id, need)


def _write_text(offering_id: int, language: str, words: Mapping[str, str]) -> None:
    wanted = ("title", "summary", "description", "bring", "confirmation", "warning")
    values = {name: words.get(name, "") for name in wanted}
    execute(insert(OfferingText).values(offering_id=offering_id, language=language, **values))


def _write_need(offering_id: int, need: NeedDetails) -> None:
    execute(
        insert(Need).values(
            offering_id=offering_id,
            kind=need.kind,
            place_id=need.place_id,
            pool_id=need.pool_id,
            quantity=need.quantity,
            people_per_unit=need.people_per_unit,
            before_minutes=need.before_minutes,
            after_minutes=need.after_minutes,
            medium=need.medium,
            choice=need.choice,
        )
    )


def _check_choices(needs: tuple[NeedDetails, ...]) -> None:
    alike: dict[int, tuple[object, ...]] = {}
    for need in needs:
        if need.choice is not None:
            common = (need.kind, need.medium, need.before_minutes, need.after_minutes)
            if alike.setdefault(need.choice, common) != common:
                raise UnlikeAlternatives
