"""flask slots: what is free, and why something is not, told to staff."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from booking.catalogue.models import MEDIA, Offering
from booking.cli.times import instant
from booking.db import execute, unit_of_work
from booking.houses import queries as houses
from booking.houses.facts import LANGUAGES, House
from booking.houses.school_holidays import school_holiday_name
from booking.messages import wording
from booking.schedule.loading import Asked, staff_queries
from booking.schedule.models import LANGUAGES as SPOKEN
from booking.schedule.reasons import Refusal, refusal_for_day, refusal_for_start
from booking.schedule.saying import ChangeKind, Sentence, to_staff
from booking.schedule.slots import Slot, SlotQuery, free_slots
from booking.timekit.instants import at_wall, day_bounds, from_epoch, local_date, to_epoch
from booking.web.roof import roof
from booking.web.variants import speaking

BEFORE, AFTER = timedelta(days=7), timedelta(days=28)  # where the nearest free time is looked for
_Command = TypeVar("_Command", bound=Callable[..., Any])


@click.group("slots")
def group() -> None:
    """Free times of what is booked by slot."""


def _asked(command: _Command) -> _Command:
    """Add the options with which a visitor asks."""
    for option in (
        click.option("--medium", type=click.Choice(MEDIA), default=MEDIA[0], show_default=True),
        click.option("--language", type=click.Choice(SPOKEN), help="A language that a host must speak."),
        click.option("--party", type=click.IntRange(1, 999), default=1, show_default=True),
        click.option("--now", type=instant, metavar="ISO", help="Do as if it were this instant."),
        click.option(
            "--language-of-answer", "spoken", type=click.Choice(LANGUAGES), default="de", show_default=True
        ),
    ):
        command = option(command)
    return command


@group.command("list")
@click.argument("house")
@click.argument("offering")
@click.option("--days", type=click.IntRange(1, 366), default=14, show_default=True, help="From today on.")
@_asked
@with_appcontext
def list_free(house: str, offering: str, days: int, now: datetime | None, spoken: str, **asked: Any) -> None:
    """Print the free starts of OFFERING in HOUSE, both by their keys, with who could take them."""
    at, found = now or roof().clock(), _house(house)
    today = local_date(at, found.zone)
    query = _query(found, offering, Asked(**asked), today, today + timedelta(days=days - 1), spoken, now=at)
    names = {host.id: host.name for host in query.hosts}
    slots = free_slots(query)
    with speaking(spoken):
        for slot in slots:
            click.echo(
                f"{_when(slot, found, spoken)}  {', '.join(names[id_] for id_ in slot.hosts)}{_left(query, slot)}"
            )
        if not slots:
            click.echo(_("Nothing is free on these days."))


@group.command("why")
@click.argument("house")
@click.argument("offering")
@click.argument("when")
@_asked
@with_appcontext
def why(house: str, offering: str, when: str, now: datetime | None, spoken: str, **asked: Any) -> None:
    """Print why OFFERING of HOUSE is not free on a day or at an instant, and the smallest change that helps.

    WHEN is a day such as 2027-01-13, or a time such as 2027-01-13T17:30, in the zone of the house unless it
    names one.
    """
    found = _house(house)
    day, start = _day_or_start(when, found.zone)
    first, last = day - BEFORE, day + AFTER
    query = _query(found, offering, Asked(**asked), first, last, spoken, now=now or roof().clock())
    refusal = refusal_for_day(query, day) if start is None else refusal_for_start(query, start)
    with speaking(spoken):
        for line in (
            _told(refusal, query, day, found, spoken) if refusal else _free(query, day, found, spoken)
        ):
            click.echo(line)


def _house(key: str) -> House:
    for house in unit_of_work(houses.all_houses):
        if house.key == key:
            return house
    raise click.ClickException(f"There is no house {key!r}.")


def _query(
    house: House, key: str, asked: Asked, first: date, last: date, spoken: str, *, now: datetime
) -> SlotQuery:
    def load() -> SlotQuery | None:
        wanted = select(Offering.id).where(Offering.house_id == house.id, Offering.key == key)
        offering_id = execute(wanted).scalar()
        if offering_id is None:
            return None
        since, until = day_bounds(first, house.zone)[0], day_bounds(last, house.zone)[1]
        found = staff_queries(
            house, [offering_id], asked=asked, since=since, until=until, now=now, language=spoken
        )
        return found.get(offering_id)

    query = unit_of_work(load)
    if query is None:
        raise click.ClickException(
            f"{house.key!r} has no published {key!r} that is booked by slot and can be had as {asked.medium!r}."
        )
    return query


def _day_or_start(text: str, zone: str) -> tuple[date, int | None]:
    try:
        if "T" not in text and " " not in text:
            return date.fromisoformat(text), None
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise click.BadParameter(f"{text!r} is neither a day nor a time such as 2027-01-13T17:30") from fault
    start = at_wall(moment.date(), moment.time(), zone) if moment.tzinfo is None else moment.astimezone(UTC)
    return local_date(start, zone), to_epoch(start)


def _when(slot: Slot, house: House, spoken: str) -> str:
    return _between(slot.start, slot.end, house, spoken)


def _between(begin: int, end: int, house: House, spoken: str) -> str:
    return wording.plain(wording.say_when(from_epoch(begin), from_epoch(end), house.zone, spoken))


def _left(query: SlotQuery, slot: Slot) -> str:
    if query.policy.capacity == 1:
        return ""
    return f"  ({ngettext('%(num)s place free', '%(num)s places free', slot.left)})"


def _free(query: SlotQuery, day: date, house: House, spoken: str) -> list[str]:
    slots = [slot for slot in free_slots(query) if local_date(from_epoch(slot.start), house.zone) == day]
    times = ", ".join(f"{from_epoch(slot.start).astimezone(ZoneInfo(house.zone)):%H:%M}" for slot in slots)
    return [_("Free on %(day)s: %(times)s", day=wording.say_day(day, spoken), times=times)]


def _told(refusal: Refusal, query: SlotQuery, day: date, house: House, spoken: str) -> list[str]:
    is_language = refusal.smallest_change.kind is ChangeKind.LANGUAGE
    lines = [_sentence(one, house, spoken, is_language=is_language) for one in to_staff(refusal)]
    for begin, end in refusal.blocker.spans:
        lines.append(f"  {_between(begin, end, house, spoken)}")
    holidays = school_holiday_name(house, day)
    return [*lines, _("School holidays: %(name)s.", name=holidays)] if holidays else lines


def _sentence(sentence: Sentence, house: House, spoken: str, *, is_language: bool) -> str:
    facts: Mapping[str, object] = {
        name: _fact(fact, house, spoken, is_language=is_language and name == "name")
        for name, fact in sentence.facts.items()
    }
    return str(_(sentence.text, **facts))


def _fact(fact: object, house: House, spoken: str, *, is_language: bool) -> object:
    if isinstance(fact, datetime):
        return wording.plain(wording.say_instant(fact, house.zone, spoken))
    if isinstance(fact, date):
        return wording.say_day(fact, spoken)
    return wording.say_language(str(fact), spoken) if is_language and fact in SPOKEN else fact
