"""What stands in the way of a date on its form, in words, and the next alternatives as buttons that fill the form."""

from dataclasses import dataclass

from flask_babel import gettext as _

from booking.messages import wording
from booking.schedule import candidates, clashes
from booking.schedule.candidates import Choices
from booking.schedule.clashes import Checked
from booking.schedule.publishing import Plan
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.public.rows import named
from booking.web.roof import roof
from booking.web.staff.dates.forms import DateFields
from booking.web.staff.dates.words import clash_words

MOST = 3
INFORMS = frozenset({"school_holiday"})  # said, and never asked about


@dataclass(frozen=True, slots=True)
class Way:
    """A button that fills the form: its value, its words, and what it changes."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the page says of a date: what blocks it, what only warns, and other ways."""

    blocks: tuple[str, ...]
    warns: tuple[str, ...]
    says: tuple[str, ...]
    ways: tuple[Way, ...]


def check(plan: Plan, *, ignored: frozenset[int] = frozenset()) -> Checked:
    """Return one date with what is in its way."""
    now = roof().clock()
    return clashes.check([plan], house=house(), language=language(), ignored=ignored, now=now)[0]


def verdict(checked: Checked, found: Choices, *, ignored: frozenset[int] = frozenset()) -> Verdict:
    """Return what is in the way, and what would be free instead where something is taken."""
    blocks = tuple(clash_words(one) for one in checked.clashes if one.is_hard)
    soft = [one for one in checked.clashes if not one.is_hard]
    limited = checked.fit.limited_by
    says = [clash_words(one) for one in soft if one.kind in INFORMS]
    if limited is not None and 0 < checked.fit.seats < checked.plan.seats:
        says.append(
            _(
                "Only %(seats)s places can be published, because not more is left of this: %(name)s.",
                seats=checked.fit.seats,
                name=named(limited.names),
            )
        )
    warns = tuple(clash_words(one) for one in soft if one.kind not in INFORMS)
    return Verdict(blocks, warns, tuple(says), _ways(checked, found, ignored) if blocks or warns else ())


def take(form: DateFields, value: str) -> None:
    """Fill in what a button offers; what it does not know changes nothing."""
    name, _sign, chosen = value.partition(":")
    if name == "day":
        form.day.process_formdata([chosen])
    elif name == "room" and chosen in {str(key) for key, *_more in form.place.iter_choices()}:
        form.place.data = chosen
    elif name == "host":
        old, _sign, new = chosen.partition(">")
        known = {str(key) for key, *_more in form.hosts.iter_choices()}
        if new in known:
            kept = [one for one in form.hosts.data or [] if one != old]
            form.hosts.data = [*kept, *([] if new in kept else [new])]


def _ways(checked: Checked, found: Choices, ignored: frozenset[int]) -> tuple[Way, ...]:
    plan, kinds = checked.plan, {clash.kind for clash in checked.clashes}
    ways: list[Way] = []
    if kinds - {"room_size", "skill", "language", "inactive"}:
        ways += _other_days(plan, ignored)
    if kinds & {"room", "room_size"} or any(not one.name for one in checked.clashes if one.kind == "hours"):
        ways += _other_rooms(plan, found)
    if kinds & {"host", "absent", "hours", "busy", "skill", "language", "inactive"}:
        ways += _other_hosts(checked, found)
    return tuple(ways)


def _other_days(plan: Plan, ignored: frozenset[int]) -> list[Way]:
    days = candidates.next_days(plan, house=house(), ignored=ignored, language=language(), now=roof().clock())
    zone, spoken = house().zone, language()
    return [
        Way(
            f"day:{local_date(one.starts_at, zone).isoformat()}",
            _("on %(when)s", when=wording.say_when(one.starts_at, one.ends_at, zone, spoken)),
        )
        for one in days
    ]


def _other_rooms(plan: Plan, found: Choices) -> list[Way]:
    fitting = [
        one
        for one in found.rooms
        if one.is_free and one.id != plan.place_id and (one.people_limit or plan.seats) >= plan.seats
    ]
    return [
        Way(f"room:{one.id}", _("in this room: %(name)s", name=named(one.names))) for one in fitting[:MOST]
    ]


def _other_hosts(checked: Checked, found: Choices) -> list[Way]:
    """Return who could stand in for the first host against whom something speaks."""
    plan, known = checked.plan, {one.id: one for one in found.hosts}
    unfit = next((key for key in plan.host_ids if key not in known or not known[key].fits), None)
    if unfit is None:
        return []
    fitting = [one for one in found.hosts if one.fits and one.id not in plan.host_ids]
    return [Way(f"host:{unfit}>{one.id}", _("with %(name)s", name=one.name)) for one in fitting[:MOST]]
