"""flask access-needs: what the staff of a house have to arrange for people with access needs."""

from datetime import datetime
from textwrap import indent

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from booking.bookings import access_queries, access_tasks
from booking.bookings.access_queries import Task
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.houses import queries as houses
from booking.houses.facts import House
from booking.messages import wording
from booking.web.labels import need_label
from booking.web.roof import roof

ACTOR = "system"  # whoever may use the command line; sign-ins of staff come later


@click.command("access-needs")
@click.argument("house")
@click.option(
    "--done", "need_id", type=int, metavar="ID", help="Mark one as arranged, or as called off, by its number."
)
@with_appcontext
def command(house: str, need_id: int | None) -> None:
    """List what is to be arranged for bookers of HOUSE, by deadline; whoever asked is told when it is done.

    These are health data: print them for nobody but who arranges them.
    """
    now = roof().clock()
    found = unit_of_work(lambda: _found(house))
    if need_id is not None:
        _mark(need_id, found, now=now)
        return
    tasks = unit_of_work(lambda: access_queries.tasks(found.id, language="en"))
    with force_locale("en"):
        for task in tasks:
            click.echo(_line(task, found, now=now))
    click.echo(f"{len(tasks)} to be arranged or called off.")


def _mark(need_id: int, house: House, *, now: datetime) -> None:
    try:
        unit_of_work(lambda: access_tasks.done(need_id, house_id=house.id, actor=ACTOR, now=now))
    except NotFound as unknown:
        raise click.ClickException(
            f"{house.key} has nothing to arrange with the number {need_id}. Perhaps it was withdrawn."
        ) from unknown
    click.echo(f"{need_id} is done.")


def _line(task: Task, house: House, *, now: datetime) -> str:
    when = wording.say_when(task.starts_at, task.ends_at, house.zone, "en")
    due = wording.say_instant(task.due_at, house.zone, "en")
    what = "CALL OFF" if task.state == "cancelled" else "OVERDUE" if task.due_at < now else "arrange"
    lines = [f"{task.id}: {what} by {due}: {need_label(task.kind)}"]
    lines.append(indent(f"for {task.reference}, {task.title}, {when}", "    "))
    if task.words:
        lines.append(indent(task.words, "    > "))
    return "\n".join(lines)


def _found(key: str) -> House:
    found = {one.key: one for one in houses.all_houses()}
    if key not in found:
        raise click.ClickException(f"There is no house {key!r}, but: {', '.join(found) or 'none'}.")
    return found[key]
