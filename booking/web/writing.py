"""Letters from facts: templates of mails, with links that only this process can write."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import current_app, g, render_template
from flask_babel import gettext as _

from booking.houses import queries as houses
from booking.houses.facts import House
from booking.links.tokens import token
from booking.messages import wording
from booking.messages.facts import VIDEO_ADDRESS, BookingFacts, StaffFacts, Told, VoiceFacts
from booking.messages.letters import Letter
from booking.messages.outbox import Leased
from booking.messages.plain import Person
from booking.timekit.instants import from_epoch, local_date
from booking.web.calendars import absolute, entry, google_link, how, location, outlook_link, video_address
from booking.web.colours import legible_on
from booking.web.context import house_page
from booking.web.former import former_facts
from booking.web.labels import age_label, medium_label
from booking.web.mail_passages import Passages, of_letter
from booking.web.message_ids import message_id
from booking.web.roof import roof
from booking.web.staff_letters import staff_words
from booking.web.variants import locale_of, speaking
from booking.web.voice_letters import recipient_of, reply_to, voice_words


@dataclass(frozen=True, slots=True)
class BookingWords:
    """A booking as mail templates show it; links are absolute, or empty where they would open nothing."""

    reference: str
    title: str
    when: str
    place: str
    people: str
    bring: str
    confirmation: str
    reason: str
    cancel_until: str
    manage_href: str
    move_href: str
    cancel_href: str
    calendar_href: str
    google_href: str
    outlook_href: str
    with_whom: str
    spoken: str
    others_href: str
    is_slot: bool
    is_on_site: bool
    how: str
    confirm_until: str
    confirm_href: str
    video_href: str
    former: str
    former_people: str
    was: list[tuple[str, str]]
    due: str
    age: str


class Letters:
    """Writes letters with the templates of ``templates/mail/<kind>/``.

    ``texts``  own words of the house to try out, in place of those that it has entered
    """

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self._texts = texts

    def letter(self, mail: Leased, told: Told) -> Letter:
        """Return the letter of an outbox row; raises what a broken template or fact raises."""
        found = houses.house(mail.house_id)
        with current_app.app_context(), speaking(mail.language):
            g.house = found
            return self._written(mail, told, found)

    def _written(self, mail: Leased, told: Told, found: House) -> Letter:
        own = of_letter(mail.kind, told[0], found, spoken=mail.language, texts=self._texts)
        words = _frame(mail, found) | _told_words(mail, told, found) | {"passages": own}
        subject, text, html = (
            render_template(f"mail/{mail.kind}/{part}", **words)
            for part in ("subject.txt", "body.txt", "body.html")
        )
        subject = _marked(own.subject(subject), told[0])
        return Letter(
            message_id=message_id(mail.id, found),
            in_reply_to=message_id(mail.replies_to, found) if mail.replies_to else None,
            sender=Person(found.text("name", mail.language), found.mailbox),
            reply_to=reply_to(mail, told[0], found),
            recipient=recipient_of(mail, told[0], found),
            subject=subject,
            text=_tidy(text),
            html=html,
            language=mail.language,
            calendar=_object(mail, told[0], found),
            method=mail.method,
            headers=(("X-Request-ID", mail.request_id),) if mail.request_id else (),
            remark=", ".join(own.remarks),
        )


def standards(mail: Leased, facts: BookingFacts) -> Mapping[str, str]:
    """Return the standard text of every passage of a mail, with placeholders where values stand."""
    found = houses.house(mail.house_id)
    with current_app.app_context(), speaking(mail.language):
        g.house = found
        words, own = _frame(mail, found) | _told_words(mail, [facts], found), Passages({}, {})
        shown = _booking_words(facts, found, spoken=mail.language, recipient="")
        words["booking"] = replace(shown, title="{offering}", when="{date}, {time}", reference="{reference}")
        words["house"] = replace(house_page(found, mail.language), phone="{phone}")
        words |= {"name": "{name}", "passages": own}
        own.subject(render_template(f"mail/{mail.kind}/subject.txt", **words))
        render_template(f"mail/{mail.kind}/body.txt", **words)
    return own.standards


def _marked(subject: str, facts: BookingFacts | VoiceFacts | StaffFacts) -> str:
    """Return the subject, which says of a test that it is one."""
    is_test = isinstance(facts, BookingFacts) and facts.is_test
    return str(_("Test: %(subject)s", subject=subject)) if is_test else subject


def _frame(mail: Leased, found: House) -> dict[str, object]:
    """Return what every mail shows: the house, and its pages."""
    spoken = mail.language
    return {
        "language": locale_of(spoken),
        "variant": spoken,
        "house": house_page(found, spoken),
        "address_line": found.postal_line(),
        "accent": found.accent,
        "on_accent": legible_on(found.accent),
        "programme_href": absolute(found, "programme", spoken=spoken),
        "resend_href": absolute(found, "resend", spoken=spoken),
        "privacy_href": absolute(found, "privacy", spoken=spoken),
    }


def _told_words(mail: Leased, told: Told, found: House) -> dict[str, object]:
    """Return what a mail tells of: bookings, or what somebody told us."""
    spoken, first = mail.language, told[0]
    if isinstance(first, VoiceFacts):
        return {"voice": voice_words(first, found, spoken=spoken)}
    if isinstance(first, StaffFacts):
        return {"staff": staff_words(first, found, spoken=spoken)}
    shown = [
        _booking_words(facts, found, spoken=spoken, recipient=mail.recipient)
        for facts in told
        if isinstance(facts, BookingFacts)
    ]
    return {
        "way": found.text("way", spoken) if first.medium == "on_site" else "",
        "name": first.name,
        "booking": shown[0],
        "bookings": shown,
    }


def _booking_words(facts: BookingFacts, found: House, *, spoken: str, recipient: str) -> BookingWords:
    wanted = entry(facts, found, spoken=spoken, recipient=recipient)
    purpose = "confirm" if facts.confirm_until else "manage"
    secret = token(facts.link_id, purpose=purpose, key=roof().keys[0]) if facts.link_id else ""

    def link(name: str) -> str:
        opens = secret and (name == "confirm_address") == (purpose == "confirm")
        return absolute(found, name, spoken=spoken, secret=secret) if opens else ""

    return BookingWords(
        reference=facts.reference,
        title=facts.title,
        when=wording.say_when(wanted.starts_at, wanted.ends_at, found.zone, spoken),
        place=location(facts, found),
        people=wording.say_party(facts.party, spoken),
        bring=facts.bring,
        confirmation=facts.confirmation,
        reason=facts.reason,
        cancel_until=wording.say_instant(from_epoch(facts.cancel_until), found.zone, spoken),
        manage_href=link("manage"),
        move_href=link("move"),
        cancel_href=link("cancel"),
        calendar_href=link("calendar"),
        google_href=google_link(wanted),
        outlook_href=outlook_link(wanted),
        with_whom=facts.with_whom,
        is_slot=facts.is_slot,
        spoken=wording.say_language(facts.spoken, spoken) if facts.spoken else "",
        others_href=_others(facts, found, spoken),
        is_on_site=facts.medium == "on_site",
        how=how(facts.medium, phone=facts.phone),
        confirm_until=_instant(facts.confirm_until, found, spoken),
        confirm_href=link("confirm_address"),
        video_href=video_address(found, facts.video_room),
        former=_former(facts, found, spoken),
        former_people=wording.say_party(facts.former_party, spoken),
        was=former_facts(facts, found, spoken),
        due=wording.say_day(local_date(from_epoch(facts.due_at), found.zone), spoken) if facts.due_at else "",
        age=age_label(facts.age_min),
    )


def _others(facts: BookingFacts, found: House, spoken: str) -> str:
    """Return where other times are: free ones of a consultation, else the programme."""
    if facts.is_slot:
        return absolute(found, "times", spoken=spoken, key=facts.offering_key)
    return absolute(found, "programme", spoken=spoken)


def _former(facts: BookingFacts, found: House, spoken: str) -> str:
    """Return when it was before a move, and how and with whom where that has changed, too."""
    if facts.former_starts_at is None or facts.former_ends_at is None:
        return ""
    was = from_epoch(facts.former_starts_at), from_epoch(facts.former_ends_at)
    told = [wording.say_when(*was, found.zone, spoken)]
    if facts.former_medium not in ("", facts.medium):
        told.append(medium_label(facts.former_medium))
    if facts.former_with_whom not in ("", facts.with_whom):
        told.append(_("with %(name)s", name=facts.former_with_whom))
    return ", ".join(told)


def _instant(epoch: int | None, found: House, spoken: str) -> str:
    return wording.say_instant(from_epoch(epoch), found.zone, spoken) if epoch else ""


def _object(mail: Leased, facts: BookingFacts | VoiceFacts | StaffFacts, found: House) -> bytes | None:
    if mail.method is None or not isinstance(facts, BookingFacts):
        return None
    from booking.messages import calendar

    is_over = mail.method == "CANCEL"
    wanted = entry(facts, found, spoken=mail.language, recipient=mail.recipient, is_over=is_over)
    if mail.kind == VIDEO_ADDRESS:
        wanted = replace(wanted, conference=video_address(found, facts.video_room) or None)
    return calendar.cancel(wanted) if is_over else calendar.request(wanted)


def _tidy(text: str) -> str:
    """Return the text with at most one empty line in a row and none at its ends, and with plain spaces."""
    lines = (line.rstrip() for line in wording.plain(text).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
