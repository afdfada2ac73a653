"""Pages of visitors; all their addresses stand in this table (and, for people, in docs/addresses.md)."""

from collections.abc import Callable
from typing import NamedTuple

from flask import Blueprint
from flask.typing import ResponseReturnValue

from booking.houses.facts import LANGUAGES
from booking.web.public import (
    access_needs,
    booking,
    consultations,
    dates,
    desk,
    embedding,
    feeds,
    holding,
    kiosk,
    legal,
    manage,
    moving,
    offerings,
    programme,
    reading,
    resend,
    slip_pdf,
    start,
    subscriptions,
    texts,
    times,
    topics,
    trust,
    visit,
    voices,
    walk_in,
)
from booking.web.public.secrets import HoldEnded, LinkEnded, LinkUnknown
from booking.web.public.voice_links import VoiceLinkEnded, VoiceLinkUnknown
from booking.web.public.walk_in_links import WalkInLinkEnded, WalkInLinkUnknown

_KEY = "<key:key>"
_ID = "<int(max=2147483647):occurrence_id>"
_TICKET = "<int(max=2147483647):ticket_id>"
_SECRET = "<string(maxlength=200):secret>"  # noqa: S105 - the place of one, not one


class Address(NamedTuple):
    """One page: its view, its path in German (also of easy language) and English, and whether it takes a form."""

    view: Callable[..., ResponseReturnValue]
    german: str
    english: str
    takes_form: bool = False


ADDRESSES = (
    Address(start.start, "/", "/"),
    Address(programme.programme, "/programm", "/programme"),
    Address(feeds.calendar_feed, "/programm.ics", "/programme.ics"),
    Address(feeds.news_feed, "/programm.atom", "/programme.atom"),
    Address(subscriptions.subscribe, "/abonnieren", "/subscribe"),
    Address(kiosk.today, "/heute", "/today"),
    Address(embedding.embed, "/einbetten", "/embed"),
    Address(embedding.embed_guide, "/einbetten/anleitung", "/embed/guide"),
    Address(offerings.offerings, "/angebote", "/offerings"),
    Address(offerings.offering, f"/angebote/{_KEY}", f"/offerings/{_KEY}"),
    Address(topics.topics, "/themen", "/topics"),
    Address(topics.topic, f"/themen/{_KEY}", f"/topics/{_KEY}"),
    Address(topics.cooperations, "/kooperationen", "/cooperations"),
    Address(topics.cooperation, f"/kooperationen/{_KEY}", f"/cooperations/{_KEY}"),
    Address(visit.visit, "/besuch", "/visit"),
    Address(consultations.consultations, "/sprechstunden", "/consultations"),
    Address(consultations.expert, f"/fachleute/{_KEY}", f"/experts/{_KEY}"),
    Address(times.times, f"/angebote/{_KEY}/zeiten", f"/offerings/{_KEY}/times"),
    Address(dates.occurrence, f"/termine/{_ID}", f"/dates/{_ID}"),
    Address(holding.book, f"/termine/{_ID}/buchen", f"/dates/{_ID}/book", takes_form=True),
    Address(holding.book_slot, f"/angebote/{_KEY}/buchen", f"/offerings/{_KEY}/book", takes_form=True),
    Address(booking.hold, f"/reservierung/{_SECRET}", f"/hold/{_SECRET}", takes_form=True),
    Address(booking.confirm_address, f"/adresse/{_SECRET}", f"/confirm/{_SECRET}", takes_form=True),
    Address(booking.done, f"/buchung/{_SECRET}/fertig", f"/booking/{_SECRET}/done"),
    Address(manage.manage, f"/buchung/{_SECRET}", f"/booking/{_SECRET}"),
    Address(manage.calendar, f"/buchung/{_SECRET}/termin.ics", f"/booking/{_SECRET}/date.ics"),
    Address(manage.export, f"/buchung/{_SECRET}/daten.json", f"/booking/{_SECRET}/data.json"),
    Address(slip_pdf.slip_pdf, f"/buchung/{_SECRET}/beleg.pdf", f"/booking/{_SECRET}/slip.pdf"),
    Address(moving.move, f"/buchung/{_SECRET}/verschieben", f"/booking/{_SECRET}/move", takes_form=True),
    Address(
        moving.change_party, f"/buchung/{_SECRET}/personen", f"/booking/{_SECRET}/people", takes_form=True
    ),
    Address(
        access_needs.access_needs, f"/buchung/{_SECRET}/bedarf", f"/booking/{_SECRET}/access", takes_form=True
    ),
    Address(manage.cancel, f"/buchung/{_SECRET}/absagen", f"/booking/{_SECRET}/cancel", takes_form=True),
    Address(
        manage.change_address, f"/buchung/{_SECRET}/adresse", f"/booking/{_SECRET}/address", takes_form=True
    ),
    Address(manage.erase, f"/buchung/{_SECRET}/loeschen", f"/booking/{_SECRET}/delete", takes_form=True),
    Address(walk_in.queue, f"/angebote/{_KEY}/warteschlange", f"/offerings/{_KEY}/queue", takes_form=True),
    Address(walk_in.ticket, f"/nummer/{_SECRET}", f"/ticket/{_SECRET}"),
    Address(
        walk_in.leave, f"/nummer/{_SECRET}/zurueckgeben", f"/ticket/{_SECRET}/give-back", takes_form=True
    ),
    Address(walk_in.now_serving, "/aufruf", "/now-serving"),
    Address(desk.queue_desk, f"/schalter/{_SECRET}", f"/desk/{_SECRET}", takes_form=True),
    Address(desk.slip, f"/schalter/{_SECRET}/zettel/{_TICKET}", f"/desk/{_SECRET}/slip/{_TICKET}"),
    Address(resend.resend, "/meine-buchungen", "/my-bookings", takes_form=True),
    Address(resend.resend_sent, "/meine-buchungen/gesendet", "/my-bookings/sent"),
    Address(trust.trust, "/vertrauen", "/trust"),
    Address(trust.trust_data, "/vertrauen.json", "/trust.json"),
    Address(voices.idea, "/ideen", "/ideas", takes_form=True),
    Address(voices.report_barrier, "/barriere-melden", "/report-a-barrier", takes_form=True),
    Address(voices.voice_erased, "/ideen/geloescht", "/ideas/deleted"),
    Address(voices.voice, f"/rueckmeldung/{_SECRET}", f"/feedback/{_SECRET}"),
    Address(voices.voice_told, f"/rueckmeldung/{_SECRET}/danke", f"/feedback/{_SECRET}/thanks"),
    Address(voices.voice_data, f"/rueckmeldung/{_SECRET}/daten.json", f"/feedback/{_SECRET}/data.json"),
    Address(
        voices.voice_erase,
        f"/rueckmeldung/{_SECRET}/loeschen",
        f"/feedback/{_SECRET}/delete",
        takes_form=True,
    ),
    Address(reading.easy_language, "/leichte-sprache", "/easy-language"),
    Address(reading.sign_language, "/gebaerdensprache", "/sign-language"),
    Address(texts.erased, "/geloescht", "/deleted"),
    Address(legal.imprint, "/impressum", "/imprint"),
    Address(legal.privacy, "/datenschutz", "/privacy"),
    Address(legal.accessibility, "/barrierefreiheit", "/accessibility"),
    Address(legal.contact, "/kontakt", "/contact"),
)


def blueprint() -> Blueprint:
    """Return the pages of visitors under their language."""
    pages = Blueprint("public", __name__)
    pages.url_value_preprocessor(_drop_language)
    pages.register_error_handler(HoldEnded, booking.ended)
    pages.register_error_handler(LinkEnded, manage.ended)
    pages.register_error_handler(LinkUnknown, manage.unknown)
    pages.register_error_handler(WalkInLinkEnded, walk_in.ended)
    pages.register_error_handler(WalkInLinkUnknown, walk_in.unknown)
    pages.register_error_handler(VoiceLinkEnded, voices.ended)
    pages.register_error_handler(VoiceLinkUnknown, voices.unknown)
    pages.add_url_rule("/", "root", start.root)
    for page in ADDRESSES:
        for language, path in zip(LANGUAGES, (page.german, page.english, page.german), strict=True):
            pages.add_url_rule(
                f"/{language}{path}",
                page.view.__name__,
                page.view,
                methods=("GET", "POST") if page.takes_form else ("GET",),
                defaults={"language": language},
            )
    return pages


def _drop_language(_endpoint: str | None, values: dict[str, str] | None) -> None:
    """The language is read from the path by ``context.language``; views need not take it."""
    if values is not None:
        values.pop("language", None)
