"""Letters from facts: templates of mails, with links that only this process can write."""

import re
from dataclasses import dataclass

from flask import current_app, g, render_template
from flask_babel import force_locale

from booking.houses import queries as houses
from booking.houses.facts import House
from booking.links.tokens import keyed_hash, token
from booking.messages import calendar, wording
from booking.messages.facts import BookingFacts
from booking.messages.letters import Letter
from booking.messages.outbox import Leased
from booking.messages.plain import Person
from booking.timekit.instants import from_epoch
from booking.web.calendars import absolute, entry, google_link, location, outlook_link
from booking.web.context import house_page
from booking.web.roof import roof

_MESSAGE_ID = re.compile(r"<mail-([0-9]{1,18})\.([A-Za-z0-9_-]{22})@[^>]+>")


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
    cancel_href: str
    calendar_href: str
    google_href: str
    outlook_href: str


class Letters:
    """Writes letters with the templates of ``templates/mail/<kind>/``."""

    def letter(self, mail: Leased, bookings: list[BookingFacts]) -> Letter:
        """Return the letter of an outbox row; raises what a broken template or fact raises."""
        found = houses.house(mail.house_id)
        with current_app.app_context(), force_locale("de" if mail.language == "ls" else mail.language):
            g.language, g.house = mail.language, found
            return self._written(mail, bookings, found)

    def _written(self, mail: Leased, bookings: list[BookingFacts], found: House) -> Letter:
        words = _words(mail, bookings, found)
        subject, text, html = (
            render_template(f"mail/{mail.kind}/{part}", **words)
            for part in ("subject.txt", "body.txt", "body.html")
        )
        return Letter(
            message_id=message_id(mail.id, found),
            in_reply_to=message_id(mail.replies_to, found) if mail.replies_to else None,
            sender=Person(found.text("name", mail.language), found.mailbox),
            reply_to=found.email,
            recipient=Person(bookings[0].name, mail.recipient),
            subject=" ".join(subject.split()),
            text=_tidy(text),
            html=html,
            language=mail.language,
            calendar=_object(mail, bookings[0], found),
            method=mail.method,
            headers=(("X-Request-ID", mail.request_id),) if mail.request_id else (),
        )


def message_id(mail_id: int, found: House) -> str:
    """Return the Message-ID of an outbox row: the same at every try, and not to be guessed by others."""
    host = roof().base_url(found).partition("://")[2].partition(":")[0]
    return f"<mail-{mail_id}.{keyed_hash(f'mail {mail_id}', key=roof().keys[0])}@{host}>"


def mail_of_message_id(text: str) -> int | None:
    """Return the outbox row that a Message-ID of ours names, or None for anybody else's."""
    found = _MESSAGE_ID.search(text)
    if found is None:
        return None
    mail_id, mac = int(found[1]), found[2]
    return mail_id if mac in {keyed_hash(f"mail {mail_id}", key=key) for key in roof().keys} else None


def _words(mail: Leased, bookings: list[BookingFacts], found: House) -> dict[str, object]:
    spoken = mail.language
    shown = [_booking_words(facts, found, spoken=spoken, recipient=mail.recipient) for facts in bookings]
    return {
        "language": "de" if spoken == "ls" else spoken,
        "house": house_page(found, spoken),
        "address_line": found.postal_line(),
        "way": found.text("way", spoken),
        "name": bookings[0].name,
        "booking": shown[0],
        "bookings": shown,
        "programme_href": absolute(found, "programme", spoken=spoken),
        "resend_href": absolute(found, "resend", spoken=spoken),
        "privacy_href": absolute(found, "privacy", spoken=spoken),
    }


def _booking_words(facts: BookingFacts, found: House, *, spoken: str, recipient: str) -> BookingWords:
    wanted = entry(facts, found, spoken=spoken, recipient=recipient)
    secret = token(facts.link_id, purpose="manage", key=roof().keys[0]) if facts.link_id else ""

    def link(name: str) -> str:
        return absolute(found, name, spoken=spoken, secret=secret) if secret else ""

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
        cancel_href=link("cancel"),
        calendar_href=link("calendar"),
        google_href=google_link(wanted),
        outlook_href=outlook_link(wanted),
    )


def _object(mail: Leased, facts: BookingFacts, found: House) -> bytes | None:
    if mail.method is None:
        return None
    is_over = mail.method == "CANCEL"
    wanted = entry(facts, found, spoken=mail.language, recipient=mail.recipient, is_over=is_over)
    return calendar.cancel(wanted) if is_over else calendar.request(wanted)


def _tidy(text: str) -> str:
    """Return the text with at most one empty line in a row and none at its ends."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.splitlines())).strip() + "\n"
