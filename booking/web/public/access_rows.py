"""What pages show of access needs: whether there is time for each, how those stand that were told, what is stored."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from booking.bookings import access_queries
from booking.bookings.access_queries import Need
from booking.bookings.access_refusals import NeedRefused, NeedTooLate
from booking.bookings.access_rules import KEPT_AFTER_VISIT, POSSIBLE, STEPS, TOO_LATE, Standing
from booking.bookings.personal import PERSONAL
from booking.bookings.queries import BookingPage
from booking.bookings.states import TO_BE_CONFIRMED
from booking.messages import wording
from booking.schedule import queries
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.errors import say
from booking.web.labels import need_label, until_label
from booking.web.public.rows import DateRow, date_row
from booking.web.roof import roof

MOST_OTHERS, LOOKED_AT = 3, 30


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need on the form: whether it can be ticked, what there is to know, and step-free dates instead."""

    field: str
    label: str
    hint: str
    is_possible: bool
    others: list[DateRow]


def need_row(standing: Standing, *, offering_id: int, people: int) -> NeedRow:
    """Return a need with what there is to know of it at the date: enough time, until when, or too late."""
    kind = standing.offer.kind
    return NeedRow(
        field=f"need_{kind}",
        label=need_label(kind),
        hint=_hint(standing),
        is_possible=standing.verdict == POSSIBLE,
        others=_level_dates(offering_id, people=people) if standing.verdict == STEPS else [],
    )


def kept_row(need: Need) -> NeedRow:
    """Return a need that was told before, whatever would be said of it now."""
    return NeedRow(f"need_{need.kind}", need_label(need.kind), _state(need), is_possible=True, others=[])


def tell(refusal: NeedRefused, standing: Standing) -> str:
    """Return what a refusal tells at its field: with the first day for which it would be possible."""
    if not isinstance(refusal, NeedTooLate) or standing.first_day is None:
        return say(refusal)
    day, phone = wording.say_day(standing.first_day, language()), house().phone
    return str(
        _(
            "There is not enough time left for this. We can arrange it for dates from %(day)s on: "
            "please choose one of them, or call us: %(phone)s.",
            day=day,
            phone=phone,
        )
    )


def told_rows(booking: BookingPage) -> list[tuple[str, str]]:
    """Return what a booker needs, and how each of it stands, as pairs of words."""
    return [(need_label(need.kind), _told_state(need, booking)) for need in access_queries.needs(booking.id)]


def stored_needs(booking: BookingPage) -> list[dict[str, str]]:
    """Return what is stored of somebody's needs: what, value, why and until when."""
    rows = access_queries.needs(booking.id)
    if not rows:
        return []
    zone = house().zone
    until = wording.say_day(local_date(booking.ends_at + KEPT_AFTER_VISIT, zone), language())
    labels = "; ".join(f"{need_label(need.kind)}: {_told_state(need, booking)}" for need in rows)
    consent = wording.say_instant(max(need.consent_at for need in rows), zone, language())
    found = {
        "kind": (_("What you need to take part"), labels),
        "words": (_("What you wrote about it"), next((need.words for need in rows if need.words), "")),
        "consent_at": (_("Your consent to store it"), consent),
    }
    items = []
    for name, (what, value) in found.items():
        column = PERSONAL[f"access_need.{name}"]
        item = {"name": f"access_{name}", "what": what, "value": value, "why": _(column.purpose)}
        items.append(item | {"until": f"{until} ({until_label(column.until)})"})
    return [item for item in items if item["value"]]


def _hint(standing: Standing) -> str:
    kind = standing.offer.kind
    if standing.verdict == TOO_LATE and standing.first_day is not None:
        day = wording.say_day(standing.first_day, language())
        return str(_("Too late for this date: possible for dates from %(day)s on. Or call us.", day=day))
    if standing.verdict == STEPS:
        return str(_("This date is not step-free. Call us: perhaps we find a way."))
    if standing.is_met and kind == "wheelchair":
        return str(_("This date is step-free. Tick it all the same, so that we are prepared."))
    if standing.is_met:
        return str(_("This date has it. Tick it all the same, so that we are prepared."))
    if kind == "companion":
        return str(_("Count your companion among those who come. It costs nothing for both of you."))
    if standing.until is None:
        return str(_("Possible for this date."))
    return str(_("Possible, if you tell us by %(day)s.", day=wording.say_day(standing.until, language())))


def _told_state(need: Need, booking: BookingPage) -> str:
    if booking.state == TO_BE_CONFIRMED:
        return str(_("We look after it as soon as you have confirmed your address."))
    return _state(need)


def _state(need: Need) -> str:
    if need.state == "arranged":
        return str(_("Arranged"))
    if need.state == "cancelled" or need.due_at is None:
        return str(_("No longer needed: we call off what we have begun."))
    day = wording.say_day(need.due_at.astimezone(ZoneInfo(house().zone)).date(), language())
    return str(_("We are looking after it. You hear from us by %(day)s.", day=day))


def _level_dates(offering_id: int, *, people: int) -> list[DateRow]:
    """Return the next step-free dates with places for so many: of the same offering first."""
    now, spoken = roof().clock(), language()
    ask = partial(queries.next_bookable, house().id, language=spoken, now=now, people=people, most=LOOKED_AT)
    found = [*ask(offering_id=offering_id), *ask()]
    steps = access_queries.with_steps([one.id for one in found])
    return [date_row(one) for one in _each_once(found, but=steps)][:MOST_OTHERS]


def _each_once(found: list[queries.Date], *, but: Collection[int]) -> list[queries.Date]:
    return list({one.id: one for one in found if one.id not in but}.values())
