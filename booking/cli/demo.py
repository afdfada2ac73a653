"""flask demo: two houses with a programme of sixty days, in every state that a visitor can meet."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import click
from flask.cli import with_appcontext

from booking.bookings import calling_off
from booking.bookings import service as bookings
from booking.bookings.service import Wish
from booking.cli import demo_slots, demo_staff, demo_voices, demo_walk_in, hours, programme
from booking.cli.houses import load_file
from booking.cli.planning import Run, publish_dates, today_too
from booking.cli.programme import Ids
from booking.cli.times import instant
from booking.db import unit_of_work
from booking.houses import queries as houses
from booking.houses.facts import House
from booking.messages import outbox
from booking.schedule import queries as dates
from booking.schedule import service as schedule
from booking.timekit.instants import at_wall, local_date
from booking.web.roof import roof

PAST_DAYS, AHEAD_DAYS = 7, 60
REASON = {
    "de": "Der Termin muss leider entfallen.",
    "en": "Unfortunately this date cannot take place.",
    "ls": "Es tut uns leid. Der Termin fällt aus.",
}
FILL = ("some", "full", "empty", "few", "some", "some", "full", "some", "cancelled", "empty", "few")
NAMES = ("Amina K.", "Bruno T.", "Chiara M.", "Dana W.", "Emre S.", "Frida L.", "Goran P.", "Hanna B.")


@click.command("demo")
@click.option(
    "--now",
    type=instant,
    default=None,
    metavar="ISO",
    help="The day to which the programme is dated (default: today).",
)
@with_appcontext
def command(now: datetime | None) -> None:
    """Fill an empty database with two demo houses and their staff; refuses in production and beside real houses.

    A demo that is there already gets the staff that it lacks, and says how to sign in.
    """
    if roof().environment == "production":
        raise click.ClickException("The demo is not for production: its people and dates are invented.")
    found = unit_of_work(houses.all_houses)
    if not all(house.is_demo for house in found):
        raise click.ClickException("The database has houses already; the demo fills an empty one only.")
    if found:
        _enter_staff(found)
    else:
        fill(now=now or roof().clock())


def fill_if_empty(*, now: datetime) -> None:
    """Fill the database unless it has houses; raises ClickException in production."""
    if roof().environment == "production":
        raise click.ClickException("--demo is not for production: its people and dates are invented.")
    found = unit_of_work(houses.all_houses)
    if found:
        _enter_staff(house for house in found if house.is_demo)
    else:
        fill(now=now)


def fill(*, now: datetime) -> None:
    """Load every house of the folder, with the programme that stands beside it."""
    for path in sorted(roof().houses_folder.glob("*.toml")):
        house_id = load_file(path)
        wanted = roof().houses_folder / "programmes" / path.name
        if wanted.exists():
            found = programme.read(wanted)
            runs = unit_of_work(lambda: _fill_house(found, house_id, now=now))  # noqa: B023 - called at once
            click.echo(f"{path.stem}: {runs} dates")
    for house in unit_of_work(houses.all_houses):
        click.echo(f"{house.text('name', 'de')}: {roof().base_url(house)}/")
        demo_walk_in.fill(house, now=now)
        demo_slots.fill(house, now=now)
        demo_voices.fill(house, now=now)
    _enter_staff(unit_of_work(houses.all_houses))


def _enter_staff(found: Iterable[House]) -> None:
    for house in found:
        demo_staff.fill(house, now=roof().clock())


def _fill_house(found: Mapping[str, Any], house_id: int, *, now: datetime) -> int:
    house = houses.house(house_id)
    today = local_date(now, house.zone)
    ids = programme.enter(found, house_id=house_id)
    for closure in found.get("closures", []):
        first = today + timedelta(days=closure["in_days"])
        last = first + timedelta(days=closure.get("days", 1) - 1)
        schedule.close(house_id, first, last, reasons=closure["reasons"])
    hours.enter(found, ids, house=house, now=now)
    _repair(found, ids, house, today, now=now)
    first, last = today - timedelta(days=PAST_DAYS), today + timedelta(days=AHEAD_DAYS)
    runs = publish_dates(found, ids, house, first, last, now=now)
    runs += today_too(found, ids, house, runs, now=now)
    for number, run in enumerate(runs):
        _people(run, run.fill or FILL[number % len(FILL)], number, house, now=now)
    return len(runs)


def _repair(found: Mapping[str, Any], ids: Ids, house: House, today: date, *, now: datetime) -> None:
    for one in found.get("repairs", []):
        begins, ends = (
            at_wall(today + timedelta(days=one[name]), datetime.min.time(), house.zone)
            for name in ("from_day", "to_day")
        )
        schedule.repair(ids.pools[one["pool"]], one["units"], starts_at=begins, ends_at=ends, now=now)


def _people(run: Run, fill: str, number: int, house: House, *, now: datetime) -> None:
    """Let invented people book, as many as the wanted state needs; no mail leaves for them."""
    seats = dates.seats(run.occurrence_id)
    wanted = {"empty": 0, "some": seats // 3, "few": seats - 2, "full": seats, "cancelled": min(3, seats)}[
        fill
    ]
    booked_at = min(
        now, run.starts_at - timedelta(minutes=run.offering.get("notice_minutes", 0))
    ) - timedelta(hours=2)
    taken = 0
    while taken < wanted:
        size = min(1 + (number + taken) % 4, wanted - taken, run.offering["party_max"])
        _book(
            run,
            size,
            f"demo-{run.occurrence_id}-{taken}",
            NAMES[(number + taken) % len(NAMES)],
            house,
            now=booked_at,
        )
        taken += size
    if fill == "cancelled" and run.starts_at > now:
        calling_off.cancel_occurrence(run.occurrence_id, reasons=REASON, actor="system", now=now)
        outbox.withdraw_unsent(house_id=house.id, now=now)


def _book(run: Run, size: int, once: str, name: str, house: House, *, now: datetime) -> None:
    children = size // 3 if run.offering.get("age_min", 0) == 0 else 0
    party = {
        category: people
        for category, people in (("adults", size - children), ("children", children))
        if people
    }
    wish = Wish(
        house_id=house.id,
        occurrence_id=run.occurrence_id,
        language="de",
        name=name,
        email=f"{name.split(maxsplit=1)[0].lower()}@demo.example",
        phone="",
        note="",
        party=party,
    )
    booked = bookings.book(wish, once=f"{once}-{house.key}", now=now)
    outbox.withdraw(bookings.thread_of(booked.booking_id), now=now)
