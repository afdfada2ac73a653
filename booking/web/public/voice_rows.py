"""What templates show of what somebody told us: words made once, no objects of the database."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from booking.errors import N_
from booking.messages import wording
from booking.timekit.instants import local_date
from booking.voices import queries, rules, states
from booking.voices.personal import PERSONAL
from booking.voices.queries import VoicePage
from booking.web.context import address, house, language
from booking.web.labels import kind_label, voice_kind_label, voice_state_label, who_label
from booking.web.public.rows import named
from booking.web.roof import roof


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """What somebody told us, on its own pages; ``href`` is the address to keep, ``url`` the whole of it."""

    reference: str
    is_idea: bool
    facts: list[tuple[str, str]]
    words: str
    state_label: str
    answer: str
    answered: str
    email: str
    answer_until: str
    kept_until: str
    href: str
    url: str
    export_href: str
    erase_href: str
    meetings: list[tuple[str, str]]


def voice_row(page: VoicePage, secret: str) -> VoiceRow:
    """Return what somebody told us as its pages show it."""
    href = address("voice", secret=secret)
    return VoiceRow(
        reference=page.reference,
        is_idea=page.kind == states.IDEA,
        facts=_facts(page),
        words=page.words,
        state_label=voice_state_label(page.kind, page.state),
        answer=page.answer,
        answered=_day(page.answered_at) if page.answered_at else "",
        email=page.email,
        answer_until=_day(rules.answer_until(page.created_at)),
        kept_until=_day(page.kept_until),
        href=href,
        url=roof().base_url(house()) + href,
        export_href=address("voice_data", secret=secret),
        erase_href=address("voice_erase", secret=secret),
        meetings=_meetings(page),
    )


def stored(page: VoicePage) -> list[dict[str, str]]:
    """Return what is stored of the person: what, value, why and until when."""
    values = {
        "words": (_("What you told us"), page.words),
        "name": (_("Name"), page.name),
        "email": (_("Email address"), page.email),
        "who": (_("Who you are"), who_label(page.who) if page.who else ""),
        "page": (_("Page"), page.page),
        "answer": (_("Our answer"), page.answer),
    }
    until = _day(page.kept_until)
    return [
        {
            "name": name,
            "what": str(what),
            "value": value,
            "why": str(_(_purpose(page, name))),
            "until": until,
        }
        for name, (what, value) in values.items()
        if value
    ]


def _purpose(page: VoicePage, name: str) -> str:
    """Return why a column is stored; of the words, only what was told here: an idea, or a barrier."""
    if name != "words":
        return PERSONAL[f"voice.{name}"].purpose
    if page.kind == states.IDEA:
        return N_("to understand your idea")
    return N_("to understand the barrier that you met")


def _facts(page: VoicePage) -> list[tuple[str, str]]:
    facts = [
        (_("Reference number"), page.reference),
        (_("Kind"), voice_kind_label(page.kind)),
        (_("Sent on"), _day(page.created_at)),
        (_("Topic"), named(page.topic) if page.topic else ""),
        (_("Page"), page.page),
        (_("What became of it"), voice_state_label(page.kind, page.state)),
    ]
    return [(str(term), value) for term, value in facts if value]


def _meetings(page: VoicePage) -> list[tuple[str, str]]:
    """Return where one can talk about an idea: its consultations and workshops, once we invite to them."""
    if page.state != states.INVITED or page.topic_id is None:
        return []
    found = queries.meetings(page.topic_id, house_id=page.house_id, language=language())
    return [(f"{one.title} ({kind_label(one.kind)})", address("offering", key=one.key)) for one in found]


def _day(instant: datetime) -> str:
    return wording.say_day(local_date(instant, house().zone), language())
