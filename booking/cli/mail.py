"""flask mail: a preview of every mail, and reading delivery reports."""

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
from flask import render_template
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy.exc import DBAPIError

from booking.bookings import reaching
from booking.cli import staff_samples
from booking.cli.mail_samples import sample_letter
from booking.cli.staff_samples import sample_staff_letter
from booking.cli.voice_samples import sample_voice_letter
from booking.db import unit_of_work
from booking.houses import queries as houses
from booking.houses.facts import LANGUAGES, House
from booking.messages import queries
from booking.messages.facts import STAFF_KINDS, VOICE_KINDS
from booking.messages.letters import Letter
from booking.messages.reports import DeliveryReport, read_report
from booking.web.mail_samples import METHODS
from booking.web.message_ids import mail_of_message_id
from booking.web.mime import build
from booking.web.roof import roof

LARGEST_REPORT = 5_000_000  # octets; a report gives back the mail at most, and ours are small


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
        Shown(f"{kind}.{language}", sample(kind, language, found, now=roof().clock()))
        for kinds, sample, languages in (
            (METHODS, sample_letter, LANGUAGES),
            (VOICE_KINDS, sample_voice_letter, LANGUAGES),
            (STAFF_KINDS, sample_staff_letter, staff_samples.LANGUAGES),
        )
        for kind in kinds
        for language in languages
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
    reaching.mark_unreachable(thread, recipient=recipient, now=now)
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
