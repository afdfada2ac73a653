"""What the pages of offerings show: lines of the list, meters of the texts, and the facts of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.catalogue import thing_lists
from booking.catalogue.completeness import Meter, meters
from booking.catalogue.drafts import Draft, NeedGroup
from booking.catalogue.offering_lists import OfferingLine
from booking.catalogue.queries import WORDS
from booking.people.permissions import Acting
from booking.web.labels import age_label, audiences_label, kind_label, medium_label
from booking.web.public.rows import named
from booking.web.staff.catalogue.words import (
    ADDRESS_CHECKS,
    BOOKED_BY,
    FAULT_PAGES,
    FAULTS,
    HINTS,
    HOST_MODES,
    NEEDS,
    STATE_COLOURS,
    language_label,
    say_span,
    say_words,
    state_label,
)
from booking.web.staff.pages import staff_address


@dataclass(frozen=True, slots=True)
class MeterRow:
    """How complete the words of one language are."""

    language: str
    label: str
    done: int
    wanted: int
    missing: str
    state: str
    href: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """An offering in the list."""

    title: str
    href: str
    kind: str
    state: str
    colour: str
    programme: str
    facts: str
    meters: list[MeterRow]


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need with the pages on which it is changed and taken away."""

    label: str
    words: str
    buffers: str
    medium: str
    is_retired: bool
    href: str
    drop_href: str


@dataclass(frozen=True, slots=True)
class FaultRow:
    """What is missing, and where it is mended."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class DatesRow:
    """How many dates are to come, where they are listed, and where more are planned."""

    text: str
    is_lacking: bool
    list_href: str
    new_href: str
    series_href: str


def dates_row(draft: Draft, ahead: int) -> DatesRow:
    """Return what is planned of an offering; a public one without a date cannot be booked."""
    return DatesRow(
        text=ngettext("%(num)s date is to come.", "%(num)s dates are to come.", ahead)
        if ahead
        else _("No date is planned yet."),
        is_lacking=not ahead and draft.state == "published",
        list_href=staff_address("date_list", offering=draft.id) if ahead else "",
        new_href=staff_address("date_new", offering=draft.id),
        series_href=staff_address("series_new", offering=draft.id),
    )


def line_row(line: OfferingLine) -> LineRow:
    """Return an offering as the list shows it."""
    places = ngettext("%(num)s place", "%(num)s places", line.seats)
    return LineRow(
        title=line.title,
        href=staff_address("offering_page", offering_id=line.id),
        kind=kind_label(line.kind),
        state=state_label(line.state),
        colour=STATE_COLOURS[line.state],
        programme=named(line.programme_names) if line.programme_names else "",
        facts=f"{say_span(line.minutes)}, {places}",
        meters=meter_rows(line.meters, line.id),
    )


def meter_rows(found: Iterable[Meter], offering_id: int) -> list[MeterRow]:
    """Return how complete the words of each language are."""
    return [
        MeterRow(
            one.language,
            language_label(one.language),
            one.done,
            one.wanted,
            say_words(one.missing),
            one.state,
            staff_address("offering_text", offering_id=offering_id, of=one.language),
        )
        for one in found
    ]


def draft_meters(draft: Draft) -> list[MeterRow]:
    """Return how complete the words of an offering are."""
    return meter_rows(meters(draft.texts, words=WORDS), draft.id)


def fault_rows(codes: Sequence[str], offering_id: int) -> list[FaultRow]:
    """Return what stands in the way of publishing, each with the page that mends it."""
    return [FaultRow(_(FAULTS[code]), _fault_href(code, offering_id)) for code in codes]


def hint_texts(codes: Sequence[str]) -> list[str]:
    """Return what visitors would miss."""
    return [_(HINTS[code]) for code in codes]


def _fault_href(code: str, offering_id: int) -> str:
    view, values = FAULT_PAGES[code]
    if view.startswith("offering_"):
        return staff_address(view, offering_id=offering_id, **values)
    return staff_address(view, **values)


def need_rows(draft: Draft) -> list[NeedRow]:
    """Return the needs of an offering."""
    return [_need_row(draft.id, need) for need in draft.needs]


def _need_row(offering_id: int, need: NeedGroup) -> NeedRow:
    return NeedRow(
        label=_(NEEDS[need.kind]),
        words=need_words(need),
        buffers=_buffers(need),
        medium=medium_label(need.medium) if need.medium else "",
        is_retired=any(not thing.is_active for thing in need.things),
        href=staff_address("offering_need", offering_id=offering_id, need_id=need.id),
        drop_href=staff_address("offering_need_drop", offering_id=offering_id, need_id=need.id),
    )


def need_words(need: NeedGroup) -> str:
    """Return what a need takes, in words."""
    if need.kind == "host":
        return str(ngettext("%(num)s person is needed", "%(num)s people are needed", need.quantity))
    things = _(" or ").join(named(thing.names) for thing in need.things)
    if need.kind == "room":
        return things
    if need.people_per_unit:
        share = ngettext("one for each person", "one for every %(num)s people", need.people_per_unit)
        return f"{things}: {share}"
    return f"{need.quantity} × {things}"


def _buffers(need: NeedGroup) -> str:
    if not need.before_minutes and not need.after_minutes:
        return ""
    return str(
        _(
            "%(before)s minutes before, %(after)s minutes after",
            before=need.before_minutes,
            after=need.after_minutes,
        )
    )


def facts_of(draft: Draft, acting: Acting) -> list[tuple[str, str]]:
    """Return what the offering is, for its page."""
    topics = [one for one in thing_lists.topics(acting.house_id) if one.id in draft.topic_ids]
    facts = [
        (_("Kind"), kind_label(draft.kind)),
        (_("Programme"), programme_name(draft.programme_id, acting) or _("none")),
        (_("Duration"), say_span(draft.minutes)),
        (_("Places"), str(draft.seats)),
        (_("People of one booking"), f"{draft.party_min}–{draft.party_max}"),
        (_("For whom"), audiences_label(draft.audiences) or "–"),
        (_("Age"), age_label(draft.age_min) or _("for all")),
        (_("How people meet"), ", ".join(medium_label(one) for one in draft.media) or "–"),
        (_("Step-free"), _("yes") if draft.is_step_free else _("no")),
        (_("Topics"), ", ".join(named(one.names) for one in topics) or "–"),
    ]
    if draft.grade_first is not None:
        facts.append((_("Grades"), f"{draft.grade_first}–{draft.grade_last}"))
    return facts


def policy_of(draft: Draft) -> list[tuple[str, str]]:
    """Return how the offering is booked, for its page."""
    facts = [
        (_("How it is booked"), _(BOOKED_BY[draft.booked_by])),
        (_("Lead time"), say_span(draft.notice_minutes) if draft.notice_minutes else _("none is needed")),
        (_("Can be booked ahead"), say_span(draft.horizon_days * 1440)),
        (_("Last cancellation"), say_span(draft.cancel_until_minutes)),
        (_("Email addresses are confirmed"), _(ADDRESS_CHECKS[draft.address_check])),
        (_("Without booking"), _("yes, with a number") if draft.is_walk_in else _("no")),
    ]
    if draft.booked_by == "slot":
        facts.append((_("Who gives it"), _(HOST_MODES[draft.host_mode])))
    return facts


def programme_name(programme_id: int | None, acting: Acting) -> str:
    """Return what a programme is called."""
    found = {one.id: named(one.names) for one in thing_lists.programmes(acting.house_id)}
    return found.get(programme_id or 0, "")


def own_programmes(acting: Acting) -> list[tuple[int, str]]:
    """Return the programmes that somebody runs, by name."""
    return [
        (one.id, named(one.names)) for one in thing_lists.programmes(acting.house_id) if acting.runs(one.id)
    ]
