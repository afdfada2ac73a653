"""Views: the consultations by topic with their next free times, and the experts who give them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from booking.messages import wording
from booking.schedule import expert_queries
from booking.schedule.expert_queries import Consultation, Expert
from booking.web.context import address, house, language
from booking.web.labels import audiences_label, kind_label, medium_label
from booking.web.public.answers import cacheable
from booking.web.public.next_times import next_times
from booking.web.public.rows import named
from booking.web.public.slot_rows import TimeRow

_NO_TOPIC = "other"


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """A consultation in a list, with its next free time."""

    title: str
    summary: str
    facts: list[str]
    href: str
    times_href: str
    next: TimeRow | None


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic with its consultations; ``also`` are those that stand below an earlier topic already."""

    id: str
    name: str
    consultations: list[ConsultationRow]
    also: list[ConsultationRow]


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """All that visitors are told of an expert."""

    first_name: str
    topics: str
    languages: str
    href: str


def consultations() -> ResponseReturnValue:
    """What people can talk about with whom, by topic, and when the next time is free."""
    found = expert_queries.consultations(house().id, language=language())
    rows = consultation_rows(found)
    return cacheable(
        render_template(
            "public/consultations.html",
            topics=_topics(found, rows),
            experts=[expert_row(one, found) for one in _experts(found)],
        )
    )


def expert(key: str) -> ResponseReturnValue:
    """First name, topics and languages of an expert, and the consultations with him or her."""
    found, given = expert_queries.with_expert(key, house_id=house().id, language=language())
    rows = consultation_rows(given, expert=found)
    return cacheable(
        render_template(
            "public/expert.html",
            expert=expert_row(found, given),
            consultations=[rows[one.id] for one in given],
        )
    )


def consultation_rows(
    found: Sequence[Consultation], *, expert: Expert | None = None
) -> dict[int, ConsultationRow]:
    """Return consultations as lists show them, with the next free time of each, by the id of the offering."""
    times = next_times(found, expert=expert)
    with_whom = {"host": expert.key} if expert else {}
    return {
        one.id: ConsultationRow(
            title=one.title,
            summary=one.summary,
            facts=_facts(one, expert),
            href=address("offering", key=one.key),
            times_href=address("times", key=one.key, **with_whom),
            next=next(iter(times[one.id]), None),
        )
        for one in found
    }


def _facts(one: Consultation, expert: Expert | None) -> list[str]:
    audiences = audiences_label(one.audiences)
    facts = [
        kind_label(one.kind),
        ngettext("%(num)s minute", "%(num)s minutes", one.minutes),
        _("for %(people)s", people=audiences) if audiences else "",
        _(" or ").join(medium_label(medium) for medium in one.media),
        _languages(expert.languages if expert else one.languages),
        _("step-free") if one.is_step_free and "on_site" in one.media else "",
    ]
    return [str(fact) for fact in facts if fact]


def _languages(spoken: Sequence[str]) -> str:
    return ", ".join(wording.say_language(one, language()) for one in spoken)


def _topics(found: Sequence[Consultation], rows: Mapping[int, ConsultationRow]) -> list[TopicRow]:
    """The topics by name, each with its consultations; one of several topics stands below the first of them."""
    names = {key: named(names) for one in found for key, names in one.topics.items()}
    topics: list[TopicRow] = []
    listed: set[int] = set()
    for key, name in sorted(names.items(), key=lambda topic: topic[1].casefold()):
        mine = [one for one in found if key in one.topics]
        fresh = [rows[one.id] for one in mine if one.id not in listed]
        topics.append(
            TopicRow(f"topic-{key}", name, fresh, [rows[one.id] for one in mine if one.id in listed])
        )
        listed |= {one.id for one in mine}
    rest = [rows[one.id] for one in found if not one.topics]
    return [*topics, TopicRow(f"topic--{_NO_TOPIC}", _("Other topics"), rest, [])] if rest else topics


def _experts(found: Sequence[Consultation]) -> list[Expert]:
    experts = {expert.id: expert for one in found for expert in one.experts}
    return sorted(experts.values(), key=lambda expert: (expert.first_name.casefold(), expert.id))


def expert_row(expert: Expert, found: Sequence[Consultation]) -> ExpertRow:
    """Return what visitors are told of an expert, with the topics of what he or she gives."""
    topics = {named(names) for one in found if expert in one.experts for names in one.topics.values()}
    return ExpertRow(
        first_name=expert.first_name,
        topics=", ".join(sorted(topics, key=str.casefold)),
        languages=_languages(expert.languages),
        href=address("expert", key=expert.key),
    )
