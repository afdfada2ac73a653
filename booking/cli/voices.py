"""flask voices: what people told a house, ideas and barriers, and what is answered."""

import sys
from datetime import datetime
from functools import partial
from textwrap import indent

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from booking.db import unit_of_work
from booking.errors import DomainError, NotFound
from booking.houses import queries as houses
from booking.houses.facts import House
from booking.messages import queries as mails
from booking.messages import wording
from booking.voices import queries, rules, service, states
from booking.voices.queries import VoicePage
from booking.web.labels import voice_kind_label, voice_state_label, who_label
from booking.web.roof import roof

ACTOR = "system"  # whoever may use the command line; sign-ins of staff come later


@click.group("voices")
def group() -> None:
    """Ideas and barrier reports: what waits for an answer, and answering it."""


@group.command("list")
@click.argument("house")
@click.option("--all", "is_all", is_flag=True, help="What is answered, too.")
@with_appcontext
def list_(house: str, *, is_all: bool) -> None:
    """List what people told HOUSE and nobody has answered yet, oldest first."""
    now = roof().clock()
    found = unit_of_work(lambda: _house(house))
    told = unit_of_work(lambda: queries.of_house(found.id, is_open=not is_all))
    with force_locale("en"):
        for page in told:
            click.echo(_line(page, found, now=now))
    click.echo(f"{len(told)} {'in all' if is_all else 'to be answered'}.")


@group.command("show")
@click.argument("house")
@click.argument("reference")
@with_appcontext
def show(house: str, reference: str) -> None:
    """Show what has REFERENCE, and note that it is read."""
    found, page = _page(house, reference)
    unit_of_work(partial(service.read, page.id, actor=ACTOR, now=roof().clock()))
    with force_locale("en"):
        click.echo(_line(page, found, now=roof().clock()))
        for term, value in _facts(page):
            click.echo(f"    {term}: {value}")
        if unit_of_work(lambda: mails.has_come_back(service.threads_of(page.id)[0])):
            click.echo("    Our mail did not arrive. What is answered stands on the person's page.")
        click.echo(indent(page.words, "    > "))
        if page.answer:
            click.echo("    Answered:")
            click.echo(indent(page.answer, "    < "))


@group.command("answer")
@click.argument("house")
@click.argument("reference")
@click.argument("state", type=click.Choice((*states.ANSWERS, states.CLOSED)))
@click.option("--words", default="", help="What to tell the person; else read from standard input.")
@with_appcontext
def answer(house: str, reference: str, state: str, words: str) -> None:
    """Say what became of it: the person gets a mail, and finds it on the page of the link."""
    _found, page = _page(house, reference)
    told = (words or _typed(state)).strip()[: rules.MOST_ANSWER]
    try:
        unit_of_work(partial(service.answer, page.id, state, told, actor=ACTOR, now=roof().clock()))
    except DomainError as refusal:
        raise click.ClickException(
            f"{page.reference} is {page.state} and cannot become {state}, or the words are missing."
        ) from refusal
    mailed = "A mail is on its way." if page.email and told else "Nobody is mailed."
    click.echo(f"{page.reference} is {state}. {mailed}")


def _typed(state: str) -> str:
    return "" if state == states.CLOSED else sys.stdin.read()


def _page(house: str, reference: str) -> tuple[House, VoicePage]:
    found = unit_of_work(lambda: _house(house))
    try:
        return found, unit_of_work(lambda: queries.by_reference(reference, house_id=found.id))
    except NotFound as unknown:
        raise click.ClickException(
            f"{found.key} was told nothing with the reference {reference!r}."
        ) from unknown


def _house(key: str) -> House:
    found = {one.key: one for one in houses.all_houses()}
    if key not in found:
        raise click.ClickException(f"There is no house {key!r}, but: {', '.join(found) or 'none'}.")
    return found[key]


def _line(page: VoicePage, house: House, *, now: datetime) -> str:
    when = wording.say_instant(page.created_at, house.zone, "en")
    late = page.state in states.OPEN and rules.answer_until(page.created_at) < now
    state = f"OVERDUE, {page.state}" if late else voice_state_label(page.kind, page.state)
    return f"{page.reference}: {voice_kind_label(page.kind)} of {when}: {state}"


def _facts(page: VoicePage) -> list[tuple[str, str]]:
    facts = [
        ("topic", page.topic_key),
        ("page", page.page),
        ("who", who_label(page.who) if page.who else ""),
        ("name", page.name),
        ("mail", page.email),
        ("language", page.language),
    ]
    return [(term, value) for term, value in facts if value]
