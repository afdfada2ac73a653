"""What pages show of what happened: the history of one object for the page of it, and the rows of the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.bookings import history, history_names
from booking.bookings.history import READ_ALL
from booking.bookings.history_names import Thing, Things
from booking.journal.queries import Happened
from booking.messages import wording
from booking.people.permissions import Acting
from booking.voices import queries as voices
from booking.web.context import house, language
from booking.web.staff.doors import acting
from booking.web.staff.history import values
from booking.web.staff.history.objects import object_href, object_label
from booking.web.staff.history.sentences import actor_parts, sentence
from booking.web.staff.history.values import Change
from booking.web.staff.pages import staff_address

MOST = 20  # of the history on the page of an object; the log has the rest
_OF_VOICES = ("idea", "barrier")


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One event: when (``iso`` for machines), what happened in a sentence, what changed, what it was about."""

    id: int
    iso: str
    when: str
    words: str
    changes: tuple[Change, ...]
    counts: tuple[tuple[str, str], ...]
    object_label: str
    object_href: str
    log_href: str


def history_of(object_kind: str, object_id: int, acting: Acting, *, most: int = MOST) -> list[HistoryRow]:
    """Return what happened to an object whose page somebody sees, newest first, in a few statements.

    Draw it with ``{% include "staff/history/_history.html" %}``, which wants it as ``history``.
    """
    return rows_of(history.of_object(object_kind, object_id, acting, most=most), acting)


def last_event(object_kind: str, object_id: int) -> HistoryRow | None:
    """Return what was done last to an object whose page the one who asks sees."""
    found = history_of(object_kind, object_id, acting(), most=1)
    return found[0] if found else None


def rows_of(happened: Sequence[Happened], acting: Acting) -> list[HistoryRow]:
    """Return events in words; a statement for each kind of object that they name, however many they are."""
    things = things_of(happened, acting)
    return [_row(one, things, acting) for one in happened]


def things_of(happened: Sequence[Happened], acting: Acting) -> Things:
    """Return everything that events name: who acted, what it was about, the ids among their values."""
    wanted: dict[str, set[int]] = {}
    for one in happened:
        actor_kind, actor_id = actor_parts(one.actor)
        wanted.setdefault(one.object_kind, set()).add(one.object_id)
        if actor_id is not None:
            wanted.setdefault(actor_kind, set()).add(actor_id)
        for kind, number in values.ids_of(one.changes, one.counts):
            wanted.setdefault(kind, set()).add(number)
    found = dict(history_names.things(wanted, house_id=acting.house_id, language=language()))
    of_voices = sorted({number for kind in _OF_VOICES for number in wanted.get(kind, ())})
    for voice_id, kind, reference in voices.references(of_voices, house_id=acting.house_id):
        found[kind, voice_id] = Thing(reference=reference)
    return found


def when_label(instant: datetime) -> str:
    """Return when something happened, in the zone of the house."""
    return wording.say_instant(instant, house().zone, language())


def _row(one: Happened, things: Things, acting: Acting) -> HistoryRow:
    about = (one.object_kind, one.object_id)
    return HistoryRow(
        id=one.id,
        iso=one.happened_at.isoformat(),
        when=when_label(one.happened_at),
        words=sentence(one, things),
        changes=tuple(values.changes_of(one.changes, things)),
        counts=tuple(values.counts_of(one.counts, things)),
        object_label=object_label(*about, things, masked=is_masked(acting)),
        object_href=object_href(*about, things, acting),
        log_href=_log_href(one, acting),
    )


def is_masked(acting: Acting) -> bool:
    """Return whether somebody reads of bookings their numbers alone: who has no role that meets visitors."""
    return acting.roles <= READ_ALL


def _log_href(one: Happened, acting: Acting) -> str:
    """Return the log of an object alone, for whoever may read the log."""
    if not acting.may("log.read"):
        return ""
    return staff_address("log_list", kind=one.object_kind, id=one.object_id)
