"""What staff see of what people told the house: words made once, no objects of the database."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.messages import wording
from booking.timekit.instants import local_date
from booking.voices import rules, states
from booking.voices.listing import Listed
from booking.voices.queries import VoicePage
from booking.web.context import house, language
from booking.web.labels import voice_kind_label, who_label
from booking.web.public.rows import named
from booking.web.staff.pages import staff_address
from booking.web.staff.voices.labels import state_label
from booking.web.variants import LABELS

SHORT = 160


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when something is to be answered; ``tone``: danger once that is over, warning in the last week."""

    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """One line of the list."""

    href: str
    reference: str
    kind_label: str
    state_label: str
    is_open: bool
    about: str
    words: str
    told: str
    age: str
    deadline: Deadline | None
    note: str


@dataclass(frozen=True, slots=True)
class VoiceShown:
    """What somebody told the house, on its page."""

    id: int
    reference: str
    is_idea: bool
    is_new: bool
    is_over: bool
    facts: list[tuple[str, str]]
    words: str
    language_code: str
    answer: str
    answered: str
    deadline: Deadline | None
    kept_until: str


def voice_line(one: Listed, *, now: datetime, came_back: bool) -> VoiceLine:
    """Return a line of the list."""
    is_open = one.state in states.OPEN
    return VoiceLine(
        href=staff_address("voice_page", voice_id=one.id),
        reference=one.reference,
        kind_label=voice_kind_label(one.kind),
        state_label=state_label(one.kind, one.state),
        is_open=is_open,
        about=named(one.topic) if one.topic else one.page,
        words=one.words if len(one.words) <= SHORT else one.words[: SHORT - 1].rstrip() + "…",
        told=_day(one.created_at),
        age=age_label(one.created_at, now=now) if is_open else "",
        deadline=deadline(one.due_at, now=now),
        note=_note(has_email=one.has_email, came_back=came_back),
    )


def voice_shown(page: VoicePage, *, now: datetime, came_back: bool) -> VoiceShown:
    """Return what the page of staff shows."""
    is_due = page.kind == states.BARRIER and page.state in states.OPEN
    due_at = rules.answer_until(page.created_at) if is_due else None
    return VoiceShown(
        id=page.id,
        reference=page.reference,
        is_idea=page.kind == states.IDEA,
        is_new=page.state == states.NEW,
        is_over=not states.MOVES[page.state],
        facts=_facts(page, came_back=came_back),
        words=page.words,
        language_code="de" if page.language == "ls" else page.language,
        answer=page.answer,
        answered=_day(page.answered_at) if page.answered_at else "",
        deadline=deadline(due_at, now=now),
        kept_until=_day(page.kept_until),
    )


def deadline(due_at: datetime | None, *, now: datetime) -> Deadline | None:
    """Return a deadline in words, with what stands out of it."""
    if due_at is None:
        return None
    if due_at < now:
        return Deadline(_("Overdue since %(day)s", day=_day(due_at)), "danger")
    left = (local_date(due_at, house().zone) - local_date(now, house().zone)).days
    words = _("To be answered by %(day)s", day=_day(due_at))
    return Deadline(words, "warning" if left <= 7 else "info")


def age_label(since: datetime, *, now: datetime) -> str:
    """Return for how long something has waited, in whole days of the house."""
    days = (local_date(now, house().zone) - local_date(since, house().zone)).days
    return ngettext("waits for %(num)s day", "waits for %(num)s days", days) if days > 0 else _("since today")


def _note(*, has_email: bool, came_back: bool) -> str:
    if came_back:
        return _("Our mail did not arrive.")
    return "" if has_email else _("No email address was left: the answer stands on the person’s page.")


def _facts(page: VoicePage, *, came_back: bool) -> list[tuple[str, str]]:
    facts = [
        (_("Reference number"), page.reference),
        (_("Kind"), voice_kind_label(page.kind)),
        (_("State"), state_label(page.kind, page.state)),
        (_("Sent on"), wording.say_instant(page.created_at, house().zone, language())),
        (_("Topic"), named(page.topic) if page.topic else ""),
        (_("Page"), page.page),
        (_("Who"), who_label(page.who) if page.who else ""),
        (_("Name"), page.name),
        (_("Email address"), page.email),
        (_("Written in"), LABELS[page.language]),
        (_("Mails"), _note(has_email=bool(page.email), came_back=came_back)),
        (_("Deleted on"), _day(page.kept_until)),
    ]
    return [(str(term), value) for term, value in facts if value]


def _day(instant: datetime) -> str:
    return wording.say_day(local_date(instant, house().zone), language())
