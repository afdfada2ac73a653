"""Views: the rooms, meeting points and equipment of the house: listed, entered, changed, taken out of use."""

from datetime import timedelta
from functools import partial
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.catalogue import thing_lists
from booking.catalogue.thing_lists import PlaceLine, PoolLine
from booking.errors import DomainError
from booking.schedule import thing_editing, thing_uses
from booking.schedule.refusals import CapacityInUse
from booking.schedule.staff_refusals import ThingBusy
from booking.schedule.thing_uses import Use
from booking.web.context import language
from booking.web.public.rows import named
from booking.web.roof import roof
from booking.web.staff.catalogue.saving import Attempt, attempt
from booking.web.staff.catalogue.thing_forms import PlaceForm, PoolForm, place_data, pool_data
from booking.web.staff.catalogue.use_rows import limited_rows, repair_row, use_rows
from booking.web.staff.catalogue.words import say_saved
from booking.web.staff.doors import acting
from booking.web.staff.history.rows import history_of
from booking.web.staff.pages import staff_address

MOST_USES = 20
_USES_AHEAD = timedelta(days=60)


def thing_list() -> ResponseReturnValue:
    """Show all rooms, meeting points and equipment."""
    house_id = acting().house_id
    places = thing_lists.places(house_id)
    return render_template(
        "staff/catalogue/things.html",
        saved=say_saved(request.args.get("saved")),
        rooms=[_place_row(one) for one in places if one.kind == "room"],
        points=[_place_row(one) for one in places if one.kind != "room"],
        pools=[_pool_row(one) for one in thing_lists.pools(house_id)],
    )


def _place_row(place: PlaceLine) -> dict[str, Any]:
    href = staff_address("place_page", place_id=place.id)
    return {"name": named(place.names), "href": href, "place": place}


def _pool_row(pool: PoolLine) -> dict[str, Any]:
    return {"name": named(pool.names), "href": staff_address("pool_page", pool_id=pool.id), "pool": pool}


def place_new(kind: str) -> ResponseReturnValue:
    """Enter a room or a meeting point."""
    form = PlaceForm()
    form.suit(kind, is_new=True)
    deed = partial(thing_editing.create_place, editor=acting(), now=roof().clock())
    tried = attempt(form, lambda: deed(form.details(kind)))
    if tried.is_done:
        return redirect(staff_address("place_page", place_id=tried.result, saved="entered"), 303)
    body = render_template("staff/catalogue/place_new.html", form=form, kind=kind, **tried.shown)
    return body, tried.status


def place_page(place_id: int) -> ResponseReturnValue:
    """Show and change a room or a meeting point, with what lies ahead there."""
    person = acting()
    place = thing_lists.place(place_id, house_id=person.house_id)
    form = PlaceForm(data=place_data(place))
    form.suit(place.kind, is_new=False)
    deed = partial(thing_editing.change_place, place_id, editor=person, now=roof().clock())
    tried = attempt(
        form,
        lambda: deed(form.values(), version=form.seen_version()),
        stored=lambda: place_data(thing_lists.place(place_id, house_id=person.house_id)),
        at={CapacityInUse: "people_limit"} if place.kind == "room" else {},
    )
    if tried.is_done:
        return redirect(staff_address("place_page", place_id=place_id, saved="saved"), 303)
    ahead = thing_uses.uses(
        house_id=person.house_id, place_id=place_id, now=roof().clock(), language=language()
    )
    blockers = _blockers_of_place(ahead, form, tried.refusal)
    return _thing_page("place", place_id, named(place.names), place, form, tried, ahead, blockers)


def _blockers_of_place(ahead: list[Use], form: PlaceForm, refusal: DomainError | None) -> list[Use]:
    """Return what stands in the way of what was wanted, if something does."""
    if isinstance(refusal, ThingBusy):
        return ahead
    if not isinstance(refusal, CapacityInUse):
        return []
    limit = form.people_limit.data or 1
    if form.is_shared.data:
        return thing_uses.in_the_way(ahead, capacity=limit)
    return [use for use in ahead if use.seats > limit]


def pool_new() -> ResponseReturnValue:
    """Enter equipment."""
    form = PoolForm()
    form.suit(is_new=True)
    deed = partial(thing_editing.create_pool, editor=acting(), now=roof().clock())
    tried = attempt(form, lambda: deed(form.details()))
    if tried.is_done:
        return redirect(staff_address("pool_page", pool_id=tried.result, saved="entered"), 303)
    return render_template("staff/catalogue/pool_new.html", form=form, **tried.shown), tried.status


def pool_page(pool_id: int) -> ResponseReturnValue:
    """Show and change equipment, with its repairs and what lies ahead of it."""
    person, now = acting(), roof().clock()
    pool = thing_lists.pool(pool_id, house_id=person.house_id)
    form = PoolForm(data=pool_data(pool))
    form.suit(is_new=False)
    deed = partial(thing_editing.change_pool, pool_id, editor=person, now=now)
    tried = attempt(
        form,
        lambda: deed(form.details(), version=form.seen_version()),
        stored=lambda: pool_data(thing_lists.pool(pool_id, house_id=person.house_id)),
        at={CapacityInUse: "units"},
    )
    if tried.is_done:
        return redirect(staff_address("pool_page", pool_id=pool_id, saved="saved"), 303)
    ahead = thing_uses.uses(house_id=person.house_id, pool_id=pool_id, now=now, language=language())
    blockers: list[Use] = []
    if isinstance(tried.refusal, CapacityInUse):
        blockers = thing_uses.in_the_way(ahead, capacity=form.units.data or 0)
    elif isinstance(tried.refusal, ThingBusy):
        blockers = ahead
    repairs = thing_uses.repairs(person.house_id, pool_id=pool_id)
    return _thing_page(
        "pool",
        pool_id,
        named(pool.names),
        pool,
        form,
        tried,
        ahead,
        blockers,
        repairs=[repair_row(one, now=now) for one in repairs if one.ends_at > now],
        limited=limited_rows(pool_id, person, since=now)[:MOST_USES],
    )


def _thing_page(
    kind: str,
    number: int,
    title: str,
    thing: PlaceLine | PoolLine,
    form: PlaceForm | PoolForm,
    tried: Attempt,
    ahead: list[Use],
    blockers: list[Use],
    **more: Any,
) -> ResponseReturnValue:
    person = acting()
    soon = roof().clock() + _USES_AHEAD
    body = render_template(
        f"staff/catalogue/{kind}.html",
        form=form,
        thing=thing,
        title=title,
        saved=say_saved(request.args.get("saved")),
        blockers=use_rows(blockers[:MOST_USES], person),
        blockers_more=max(0, len(blockers) - MOST_USES),
        uses=use_rows([use for use in ahead if use.starts_at < soon][:MOST_USES], person),
        history=history_of(kind, number, person),
        **tried.shown,
        **more,
    )
    return body, tried.status
