"""Views: the dates with what is held back of them for phone and desk; hold back, change, release."""

from functools import partial

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.bookings import caller_queries, holding_back
from booking.bookings.holding_back import Kept
from booking.bookings.staff_refusals import NotEnoughToHoldBack, ReleaseOver, TooManyToHoldBack
from booking.db import unit_of_work
from booking.errors import DomainError, NotFound, Stale
from booking.messages import wording
from booking.schedule import queries
from booking.schedule.queries import Date
from booking.web.context import house, language
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.bookings import date_lists, slot_lists
from booking.web.staff.bookings.deeds import faults
from booking.web.staff.bookings.forms import HoldBackForm
from booking.web.staff.conflicts import Difference, conflict
from booking.web.staff.doors import acting
from booking.web.staff.history.rows import history_of
from booking.web.staff.pages import staff_address

_FIELDS = {NotEnoughToHoldBack: "places", TooManyToHoldBack: "places", ReleaseOver: "minutes"}


def hold_back_list() -> ResponseReturnValue:
    """Show the dates of four weeks with what is free and held back of each."""
    begin, first, last = date_lists.span(slot_lists.asked_day())
    found = date_lists.dates_between(first, last)
    mine = caller_queries.of_programmes(acting(), {one.offering_id for one in found}) if found else set()
    to = staff_address("hold_back_page", occurrence_id=0).replace("/0", "/{}")
    own = [one for one in found if one.offering_id in mine]
    titles = sorted({one.offering_id: one.title for one in own}.items(), key=lambda one: one[1].casefold())
    wanted = request.args.get("offering", type=int)
    wanted = wanted if wanted in dict(titles) else None
    dates = [one for one in own if wanted is None or one.offering_id == wanted]
    asked = {"offering": str(wanted)} if wanted else {}
    return render_template(
        "staff/bookings/hold_back_list.html",
        days=date_lists.days_of(dates, href=to, people=0),
        offerings=titles,
        chosen=wanted,
        next_href=staff_address("hold_back_list", **asked, **{"from": date_lists.after(begin).isoformat()}),
    )


def hold_back_page(occurrence_id: int) -> ResponseReturnValue:
    """Ask how many places of a date are held back and until when, and keep or release them."""
    caller_queries.offering_of_date(occurrence_id, acting(), language=language())
    kept = holding_back.kept(occurrence_id, now=roof().clock())
    form = HoldBackForm(data=_stored(kept))
    if request.method != "POST":
        return _draw(form, occurrence_id)
    if not form.validate():
        return _draw(form, occurrence_id, errors=faults(form), status=400 if form.is_stale() else 422)
    deed = partial(
        holding_back.hold_back,
        occurrence_id,
        form.places.data or 0,
        minutes_before=form.minutes_before(),
        house_id=house().id,
        actor=acting().actor,
        seen=form.seen_version(),
    )
    try:
        unit_of_work(partial(deed, now=roof().clock()))
    except NotFound:
        raise
    except Stale:
        now = holding_back.kept(occurrence_id, now=roof().clock())
        return _draw(form, occurrence_id, differences=conflict(form, _stored(now)), status=409)
    except DomainError as refusal:
        return _refused(form, occurrence_id, refusal)
    return redirect(staff_address("hold_back_page", occurrence_id=occurrence_id, done="1"), 303)


def _stored(kept: Kept | None) -> dict[str, object]:
    if kept is None:
        return {"places": 0, "minutes": "120", "version": "0"}
    minutes = "" if kept.minutes_before is None else str(kept.minutes_before)
    return {"places": kept.places, "minutes": minutes, "version": str(kept.version)}


def _refused(form: HoldBackForm, occurrence_id: int, refusal: DomainError) -> ResponseReturnValue:
    errors, name = [say(refusal)], _FIELDS.get(type(refusal), "")
    if name:
        form[name].errors, errors = tuple(errors), []
    return _draw(form, occurrence_id, errors=errors, status=int(refusal.status))


def _draw(
    form: HoldBackForm,
    occurrence_id: int,
    *,
    errors: list[str] | None = None,
    differences: tuple[Difference, ...] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    now = roof().clock()
    date = queries.date(occurrence_id, house_id=house().id, language=language(), now=now)
    kept = holding_back.kept(occurrence_id, now=now)
    body = render_template(
        "staff/bookings/hold_back.html",
        form=form,
        form_errors=errors or [],
        differences=differences,
        facts=_facts(date, kept),
        action_href=staff_address("hold_back_page", occurrence_id=occurrence_id),
        back_href=staff_address("hold_back_list"),
        is_done="done" in request.args and request.method != "POST",
        history=history_of("occurrence", occurrence_id, acting()),
    )
    return body, status


def _facts(date: Date, kept: Kept | None) -> list[tuple[str, str]]:
    zone, spoken = house().zone, language()
    held = kept.places if kept else 0
    facts = [
        (_("Offering"), date.title),
        (_("When"), wording.say_when(date.starts_at, date.ends_at, zone, spoken)),
        (_("Places"), str(date.seats)),
        (_("Free for everybody"), str(date.left)),
        (_("Held back"), str(held)),
        (_("Booked or being booked"), str(date.seats - date.left - held)),
    ]
    if kept and kept.until:
        facts.append((_("Free for everybody from"), wording.say_instant(kept.until, zone, spoken)))
    return facts
