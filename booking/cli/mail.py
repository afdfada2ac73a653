"""flask mail: a preview of every mail, and reading delivery reports."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

import click
from flask import render_template
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy.exc import DBAPIError

from booking.bookings import service
from booking.db import unit_of_work
from booking.houses import queries as houses
from booking.houses.facts import LANGUAGES, House
from booking.messages import queries
from booking.messages.facts import (
    ADDRESS_CHANGED,
    CANCELLATION,
    CANCELLED_BY_HOUSE,
    CONFIRMATION,
    ERASED,
    LINKS,
    BookingFacts,
)
from booking.messages.letters import Letter
from booking.messages.outbox import Leased
from booking.messages.reports import DeliveryReport, read_report
from booking.timekit.instants import at_wall, local_date, to_epoch
from booking.web.mime import build
from booking.web.roof import roof
from booking.web.writing import Letters, mail_of_message_id

LARGEST_REPORT = 5_000_000  # octets; a report gives back the mail at most, and ours are small
METHODS = {
    CONFIRMATION: "REQUEST",
    CANCELLATION: "CANCEL",
    CANCELLED_BY_HOUSE: "CANCEL",
    ERASED: "CANCEL",
    LINKS: None,
    ADDRESS_CHANGED: None,
}
SAMPLE_WORDS = {
    "de": {
        "title": "Rundgang: Das Lab in 60 Minuten",
        "place": "Foyer",
        "bring": "Bequeme Schuhe.\n\n- Kopfhörer, wenn Sie eigene haben\n- eine Jacke: wir gehen kurz hinaus",
        "confirmation": "Wir treffen uns am Empfang. Bitte kommen Sie fünf Minuten früher.",
        "reason": "Die Führungsperson ist erkrankt, und wir haben keinen Ersatz gefunden.",
    },
    "en": {
        "title": "Guided tour: The lab in 60 minutes",
        "place": "Foyer",
        "bring": "Comfortable shoes.\n\n- headphones, if you have your own\n- a jacket: we go outside for a moment",
        "confirmation": "We meet at the reception desk. Please come five minutes early.",
        "reason": "The guide has fallen ill, and we found nobody to stand in.",
    },
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A mail of the preview: the stem of its files, and the letter."""

    stem: str
    letter: Letter


class NothingToDo(click.ClickException):
    """What came is not for us; said on standard error, and no reason for the mail server to complain."""

    exit_code = 0


@click.group("mail")
def group() -> None:
    """Mails: what they look like, and what came back."""


@group.command("preview")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="Where to write the files.")
@with_appcontext
def preview(folder: Path | None) -> None:
    """Write every mail in every language as files, and print the page that lists them."""
    target = (folder or roof().var_folder / "mail-preview").absolute()
    found = _first_house()
    shown = [
        Shown(f"{kind}.{language}", _sample_letter(kind, language, found, now=roof().clock()))
        for kind in METHODS
        for language in LANGUAGES
    ]
    target.mkdir(parents=True, exist_ok=True)
    for mail in shown:
        _write(mail, target, now=roof().clock())
    with force_locale("en"):
        page = render_template(
            "mail/_preview.html", mails=shown, language="en", name=found.text("name", "en")
        )
    index = target / "index.html"
    index.write_text(page, encoding="utf-8")
    click.echo(index)


@group.command("bounces")
@with_appcontext
def bounces() -> None:
    """Read one delivery report from standard input; a booker it gives up on is noted as unreachable.

    For a pipe from the mail server.  Ends with 0 also when the input is no
    report about a mail of ours: another status would send it back to whoever wrote it.
    """
    report = _report()
    mail_id = _own_mail(report)
    if mail_id is None:
        raise NothingToDo("The report names no mail that we sent. Nothing was changed.")
    if not report.is_failed_for_good:
        click.echo(f"Mail {mail_id} has not failed for good. Nothing was changed.", err=True)
        return
    thread = unit_of_work(lambda: _mark_unreachable(mail_id, now=roof().clock()))
    click.echo(f"Mail {mail_id} came back: {thread or 'nobody'} is marked as unreachable.", err=True)


def _report() -> DeliveryReport:
    raw = sys.stdin.buffer.read(LARGEST_REPORT + 1)
    report = read_report(raw) if len(raw) <= LARGEST_REPORT else None
    if report is None:
        raise NothingToDo("This is not a delivery report (RFC 3464). Nothing was changed.")
    return report


def _own_mail(report: DeliveryReport) -> int | None:
    """Return the outbox row that the report names with a MAC of ours, or None."""
    found = (mail_of_message_id(text) for text in report.message_ids)
    return next((mail_id for mail_id in found if mail_id is not None), None)


def _mark_unreachable(mail_id: int, *, now: datetime) -> str | None:
    found = queries.thread_and_recipient(mail_id)
    if found is None:
        return None
    thread, recipient = found
    service.mark_unreachable(thread, recipient=recipient, now=now)
    return thread


def _first_house() -> House:
    try:
        found = houses.all_houses()
    except DBAPIError as fault:
        raise click.ClickException(
            "The database is not ready: bring it up to date with `make db`."
        ) from fault
    if not found:
        raise click.ClickException(
            "There is no house yet: load one with `flask houses load` or `flask demo`."
        )
    return found[0]


def _sample_letter(kind: str, language: str, found: House, *, now: datetime) -> Letter:
    facts = _sample_facts(kind, SAMPLE_WORDS[language], found, now=now)
    several = [facts, _a_week_later(facts)] if kind == LINKS else [facts]
    mail = Leased(
        id=1,
        lease="",
        house_id=found.id,
        thread="preview",
        kind=kind,
        method=METHODS[kind],
        language=language,
        recipient="amina@example.org",
        facts={},
        request_id="",
        tries=1,
        created_at=now,
        replies_to=None,
    )
    return Letters().letter(mail, several)


def _sample_facts(kind: str, words: Mapping[str, str], found: House, *, now: datetime) -> BookingFacts:
    starts_at = to_epoch(at_wall(local_date(now, found.zone) + timedelta(days=14), time(14), found.zone))
    return BookingFacts(
        booking_id=1,
        reference="K7MX24PA",
        name="Amina Kaya",
        party={"adults": 2, "children": 1},
        kind="tour",
        title=words["title"],
        offering_key="tour",
        occurrence_id=1,
        starts_at=starts_at,
        ends_at=starts_at + 3600,
        place=words["place"],
        place_address="",
        latitude=None,
        longitude=None,
        bring=words["bring"],
        confirmation=words["confirmation"],
        uid="00000000-0000-4000-8000-000000000001",
        sequence=0 if kind == CONFIRMATION else 1,
        stamp=to_epoch(now),
        link_id="" if kind in (ERASED, ADDRESS_CHANGED) else "a-link-of-the-preview-",
        cancel_until=starts_at - 7200,
        reason=words["reason"] if kind == CANCELLED_BY_HOUSE else "",
    )


def _a_week_later(facts: BookingFacts) -> BookingFacts:
    week = 7 * 86400
    return replace(
        facts, reference="9QD3WZ6T", starts_at=facts.starts_at + week, ends_at=facts.ends_at + week
    )


def _write(mail: Shown, target: Path, *, now: datetime) -> None:
    files = {
        "eml": build(mail.letter, now=now).as_bytes(),
        "txt": mail.letter.text.encode(),
        "html": mail.letter.html.encode(),
        "ics": mail.letter.calendar,
    }
    for suffix, content in files.items():
        if content is not None:
            (target / f"{mail.stem}.{suffix}").write_bytes(content)
