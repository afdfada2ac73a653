"""Views: equipment out of service: listed, entered with what it would break, ended earlier."""

from functools import partial
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.catalogue import thing_lists
from booking.catalogue.thing_lists import PoolLine
from booking.schedule import repairing, thing_uses
from booking.schedule.refusals import Taken
from booking.schedule.repairing import WantedRepair
from booking.schedule.staff_refusals import MoreThanThere, UnitsInUse
from booking.timekit.instants import local_date
from booking.web.context import house, language
from booking.web.public.forms import ButtonForm
from booking.web.public.rows import named
from booking.web.roof import roof
from booking.web.staff.catalogue.saving import Attempt, attempt
from booking.web.staff.catalogue.thing_forms import RepairForm
from booking.web.staff.catalogue.use_rows import limited_rows, repair_row, use_rows
from booking.web.staff.catalogue.words import say_saved
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address

MOST_SHOWN = 50


def repair_list() -> ResponseReturnValue:
    """Show what is out of service, now and later, and what was lately."""
    house_id, now = acting().house_id, roof().clock()
    rows = [(one.ends_at > now, repair_row(one, now=now)) for one in thing_uses.repairs(house_id)]
    pools = [one for one in thing_lists.pools(house_id) if one.is_active]
    return render_template(
        "staff/catalogue/repairs.html",
        saved=say_saved(request.args.get("saved")),
        current=[row for is_current, row in rows if is_current],
        past=[row for is_current, row in rows if not is_current][:MOST_SHOWN],
        pools=[(named(one.names), staff_address("repair_new", pool_id=one.id)) for one in pools],
    )


def repair_new(pool_id: int) -> ResponseReturnValue:
    """Take units out of service, or show first what that would break."""
    person, now = acting(), roof().clock()
    pool = thing_lists.pool(pool_id, house_id=person.house_id)
    today = local_date(now, house().zone).isoformat()
    form = RepairForm(data={"first_day": today, "last_day": today})
    is_asked = request.method == "POST" and "check" in request.form
    tried = (
        _checked(form)
        if is_asked
        else attempt(form, lambda: _begin(pool_id, form), at={MoreThanThere: "units"})
    )
    if tried.is_done and not is_asked:
        return redirect(staff_address("pool_page", pool_id=pool_id, saved="repair"), 303)
    is_readable = request.method == "POST" and not form.errors
    shown = _affected(pool, form.wanted(house().zone)) if is_readable else {}
    body = render_template(
        "staff/catalogue/repair_new.html",
        form=form,
        title=named(pool.names),
        pool_id=pool_id,
        units=pool.units,
        is_checked=is_readable,
        is_refused=isinstance(tried.refusal, UnitsInUse | Taken),
        **{"blockers": [], "limited": [], "touched": []} | shown,
        **tried.shown,
    )
    return body, tried.status


def _checked(form: RepairForm) -> Attempt:
    """Check a form of which nothing shall be saved yet."""
    return attempt(form, lambda: None)


def _begin(pool_id: int, form: RepairForm) -> int:
    wanted = form.wanted(house().zone)
    return repairing.begin(pool_id, wanted, editor=acting(), now=roof().clock())


def _affected(pool: PoolLine, wanted: WantedRepair) -> dict[str, Any]:
    """Return the dates that would lack units, those that use some, and those whose places are fewer already."""
    person, now = acting(), roof().clock()
    since = min(now, wanted.starts_at)
    found = thing_uses.uses(
        house_id=person.house_id, pool_id=pool.id, now=since, until=wanted.ends_at, language=language()
    )
    touched = thing_uses.within(found, wanted.starts_at, wanted.ends_at)
    broken = thing_uses.in_the_way(touched, capacity=pool.units, more=wanted.units)
    broken = ([use for use in broken if use.kind != "repair"] or broken)[:MOST_SHOWN]
    lacking = [thing_uses.too_few(touched, use, capacity=pool.units, more=wanted.units) for use in broken]
    rows = [row for use in broken for row in use_rows([use], person)]
    return {
        "blockers": list(zip(rows, lacking, strict=True)),
        "touched": use_rows([use for use in touched if use not in broken], person)[:MOST_SHOWN],
        "limited": limited_rows(pool.id, person, since=wanted.starts_at, until=wanted.ends_at)[:MOST_SHOWN],
    }


def repair_end(repair_id: int) -> ResponseReturnValue:
    """Ask, then bring the units back; dates that publish fewer places because of it are told."""
    person, now = acting(), roof().clock()
    line = thing_uses.repair(repair_id, house_id=person.house_id)
    form = ButtonForm()
    deed = partial(repairing.end, repair_id, editor=person, now=now)
    tried = attempt(form, deed)
    if tried.is_done:
        return redirect(staff_address("pool_page", pool_id=line.pool_id, saved="repair_over"), 303)
    limited = limited_rows(line.pool_id, person, since=max(now, line.starts_at), until=line.ends_at)
    body = render_template(
        "staff/catalogue/repair_end.html",
        form=form,
        repair=repair_row(line, now=now),
        is_over=line.ends_at <= now,
        limited=limited[:MOST_SHOWN],
        **tried.shown,
    )
    return body, tried.status
