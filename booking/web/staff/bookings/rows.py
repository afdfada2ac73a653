"""What pages of staff show of bookings: words made once, as much as the reader sees."""

from dataclasses import dataclass

from flask_babel import gettext as _

from booking.bookings import access_queries
from booking.bookings.staff_lists import Listed, name_in
from booking.bookings.staff_pages import Mail, Note, Seen
from booking.bookings.states import CANCELLABLE
from booking.messages import wording
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.labels import kind_label, medium_label, need_label
from booking.web.public.rows import where
from booking.web.staff.bookings.words import channel_label, mail_label, mail_state_label, state_label
from booking.web.staff.pages import staff_address

_NEED_STATES = {"arranged": "arranged", "open": "open", "cancelled": "cancelled"}
Facts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class BookingLine:
    """A booking in a list."""

    href: str
    reference: str
    name: str
    contact: str
    title: str
    when: str
    people: str
    how: str
    state: str
    state_label: str
    marks: tuple[str, ...]
    is_unreachable: bool
    phone: str


def booking_line(one: Listed) -> BookingLine:
    """Return a booking as lists show it."""
    zone, spoken = house().zone, language()
    marks = []
    if one.has_needs:
        marks.append(_("access needs"))
    if one.channel != "online":
        marks.append(channel_label(one.channel))
    if one.is_unreachable:
        marks.append(_("mail does not arrive"))
    return BookingLine(
        href=staff_address("booking_shown", reference=one.reference),
        reference=one.reference,
        name=one.name or ("" if not one.sight.sees("name") else _("Without a name")),
        contact=one.email or one.phone,
        title=one.title,
        when=wording.say_when(one.starts_at, one.ends_at, zone, spoken),
        people=str(one.people),
        how=medium_label(one.medium),
        state=one.state,
        state_label=state_label(one.state),
        marks=tuple(marks),
        is_unreachable=one.is_unreachable and one.state in CANCELLABLE,
        phone=one.phone,
    )


def facts_of(seen: Seen) -> Facts:
    """Return what a booking is, as pairs of words: as much as the reader sees of it."""
    page, zone, spoken = seen.page, house().zone, language()
    place = (
        where(page.place_names, page.place_address) if page.medium == "on_site" else medium_label(page.medium)
    )
    found = [
        (_("Reference"), page.reference),
        (_("State"), state_label(page.state)),
        (_("Offering"), page.title),
        (_("Kind"), kind_label(page.kind)),
        (_("When"), wording.say_when(page.starts_at, page.ends_at, zone, spoken)),
        (_("Where") if page.medium == "on_site" else _("How"), place),
        (_("Given by"), ", ".join(seen.hosts)),
        (_("Language of the visit"), wording.say_language(page.spoken, spoken)),
        (_("Who comes"), wording.say_party(page.party, spoken)),
    ]
    return [(term, value) for term, value in [*found, *_person(seen), *_made(seen)] if value]


def _person(seen: Seen) -> Facts:
    page, sight = seen.page, seen.sight
    found = [(_("Name"), name_in(sight, page.name) or (_("Without a name") if sight.sees("name") else ""))]
    if sight.sees("contact"):
        found += [
            (_("Email address"), page.email or _("none: nothing is mailed, please phone")),
            (_("Phone number"), page.phone),
            (_("Language of the mails"), wording.say_language(page.language, language())),
        ]
    if sight.sees("question"):
        found.append((_("Question or wish"), page.note))
    return found


def _made(seen: Seen) -> Facts:
    page, zone = seen.page, house().zone
    made = f"{wording.say_instant(page.created_at, zone, language())}, {channel_label(seen.channel)}"
    if seen.made_by and seen.sight.sees("history"):
        made += f" ({seen.made_by})"
    found = [(_("Booked"), made)]
    reason = page.cancel_reason.get(language()) or page.cancel_reason.get("de", "")
    if reason and page.state not in CANCELLABLE and seen.sight.sees("contact"):
        found.append((_("Reason that was told"), reason))
    return found


def needs_of(seen: Seen) -> Facts:
    """Return what somebody needs to take part, for those who see it."""
    if not seen.sight.sees("needs"):
        return []
    words = {"arranged": _("arranged"), "open": _("still to be arranged"), "cancelled": _("to be called off")}
    rows = access_queries.needs(seen.page.id)
    found = [(need_label(need.kind), words[need.state]) for need in rows]
    told = next((need.words for need in rows if need.words), "")
    return [*found, (_("In their own words"), told)] if told else found


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note of staff; ``delete_href`` is empty for that of somebody else."""

    id: int
    words: str
    said: str
    is_own: bool


def note_row(note: Note, *, staff_id: int) -> NoteRow:
    """Return a note with who wrote it and when."""
    when = wording.say_instant(note.written_at, house().zone, language())
    who = note.who or _("somebody who has left")
    said = f"{who}, {when}"
    if note.kind == "reason":
        said = f"{_('Reason that was told')} – {said}"
    return NoteRow(note.id, note.words, said, note.kind == "note" and note.staff_id == staff_id)


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail about a booking."""

    what: str
    state: str
    state_label: str
    when: str
    recipient: str
    fault: str


def mail_row(mail: Mail) -> MailRow:
    """Return a mail with what became of it."""
    at = mail.done_at or mail.due_at
    return MailRow(
        what=mail_label(mail.kind),
        state=mail.state,
        state_label=mail_state_label(mail.state),
        when=wording.say_instant(at, house().zone, language()),
        recipient=mail.recipient,
        fault=mail.fault,
    )


def day_of(seen: Seen) -> str:
    """Return the local day of a visit, as addresses carry it."""
    return local_date(seen.page.starts_at, house().zone).isoformat()
