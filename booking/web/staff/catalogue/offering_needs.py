"""Views: what each run of an offering needs: people, rooms, equipment."""

from functools import partial
from typing import Any

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import ValidationError

from booking.catalogue import needs_editing, thing_lists
from booking.catalogue.drafts import Draft, NeedGroup
from booking.catalogue.needs_editing import WantedNeed
from booking.catalogue.staff_refusals import ThingGone
from booking.errors import NotFound
from booking.web.public.rows import named
from booking.web.roof import roof
from booking.web.staff.catalogue.fields import BoxesField, ChoiceField, WholeField, numbers
from booking.web.staff.catalogue.offering_forms import StepForm
from booking.web.staff.catalogue.offering_rows import need_rows, need_words
from booking.web.staff.catalogue.offerings import frame, lacking, own_draft
from booking.web.staff.catalogue.saving import attempt
from booking.web.staff.catalogue.words import media_choices, say_saved
from booking.web.staff.doors import acting
from booking.web.staff.forms import VersionedForm
from booking.web.staff.pages import staff_address

FIXED, BY_PEOPLE = "fixed", "people"
_MOST_BUFFER = 1440


class NeedForm(VersionedForm):
    """One need; which fields there are depends on its kind."""

    things = BoxesField(_l("Which"))
    quantity = WholeField(_l("How many"), least=1, most=99, default=1)
    counted = RadioField(
        _l("How many are needed"),
        default=FIXED,
        validate_choice=False,
    )
    people_per_unit = WholeField(
        _l("People who share one"),
        least=1,
        most=99,
        is_needed=False,
        description=_l("1: one for each person"),
    )
    before = WholeField(_l("Minutes before"), least=0, most=_MOST_BUFFER, default=0)
    after = WholeField(_l("Minutes after"), least=0, most=_MOST_BUFFER, default=0)
    medium = ChoiceField(_l("Needed"))

    def suit(self, kind: str, things: list[tuple[str, str]]) -> None:
        """Leave only what a need of this kind has."""
        self.things.choices = things
        self.counted.choices = [(FIXED, _l("a fixed number")), (BY_PEOPLE, _l("one for so many people"))]
        self.medium.choices = [("", _l("however people meet")), *media_choices()]
        unwanted = {
            "host": ("things", "counted", "people_per_unit"),
            "room": ("quantity", "counted", "people_per_unit"),
        }
        for name in unwanted.get(kind, ()):
            del self[name]
        if kind == "host":
            self.quantity.label.text = _l("How many people give it")

    def validate_things(self, field: Any) -> None:
        """Something must be chosen."""
        if not field.data:
            raise ValidationError(_l("Please choose at least one."))

    def validate_people_per_unit(self, field: Any) -> None:
        """Units by people need to know by how many."""
        if self.counted.data == BY_PEOPLE and field.data is None and not field.errors:
            raise ValidationError(_l("Enter how many people share one."))

    def wanted(self, kind: str) -> WantedNeed:
        """Return what the form tells."""
        by_people = "counted" in self and self.counted.data == BY_PEOPLE
        return WantedNeed(
            kind=kind,
            thing_ids=numbers(self.things.data) if "things" in self else (),
            quantity=1 if by_people or "quantity" not in self else self.quantity.data or 1,
            people_per_unit=self.people_per_unit.data if by_people else None,
            before_minutes=self.before.data or 0,
            after_minutes=self.after.data or 0,
            medium=self.medium.data or None,
        )


def offering_needs(offering_id: int) -> ResponseReturnValue:
    """Show what each run needs."""
    draft = own_draft(offering_id)
    return render_template(
        "staff/catalogue/needs.html",
        **frame(draft),
        saved=say_saved(request.args.get("saved")),
        needs=need_rows(draft),
        kinds=[
            (kind, staff_address("offering_need_new", offering_id=offering_id, kind=kind))
            for kind in ("host", "room", "pool")
            if kind != "host" or not draft.hosts()
        ],
    )


def offering_need_new(offering_id: int, kind: str) -> ResponseReturnValue:
    """Add a need."""
    draft = own_draft(offering_id)
    return _need_page(draft, kind, None, {"version": draft.version})


def offering_need(offering_id: int, need_id: int) -> ResponseReturnValue:
    """Change a need."""
    draft = own_draft(offering_id)
    need = _of(draft, need_id)
    return _need_page(draft, need.kind, need, _stored(draft, need))


def offering_need_drop(offering_id: int, need_id: int) -> ResponseReturnValue:
    """Ask, then take a need away."""
    draft = own_draft(offering_id)
    need = _of(draft, need_id)
    form = StepForm(data={"version": draft.version})
    deed = partial(needs_editing.drop, offering_id, need_id, editor=acting(), now=roof().clock())
    tried = attempt(form, lambda: deed(version=form.seen_version()))
    if tried.is_done:
        return redirect(staff_address("offering_needs", offering_id=offering_id, saved="dropped"), 303)
    body = render_template(
        "staff/catalogue/need_drop.html",
        **frame(draft),
        form=form,
        words=need_words(need),
        lacking=lacking(tried.refusal, offering_id),
        **tried.shown,
    )
    return body, tried.status


def _need_page(draft: Draft, kind: str, need: NeedGroup | None, data: dict[str, Any]) -> ResponseReturnValue:
    form = NeedForm(data=data)
    form.suit(kind, _things(kind, need))
    deed = partial(needs_editing.put, draft.id, need_id=need.id if need else None, editor=acting())
    tried = attempt(
        form,
        lambda: deed(form.wanted(kind), version=form.seen_version(), now=roof().clock()),
        stored=lambda: _stored_now(draft.id, need),
        at={} if kind == "host" else {ThingGone: "things"},
    )
    if tried.is_done:
        return redirect(staff_address("offering_needs", offering_id=draft.id, saved="needs"), 303)
    body = render_template(
        "staff/catalogue/need.html",
        **frame(draft),
        form=form,
        kind=kind,
        is_new=need is None,
        lacking=lacking(tried.refusal, draft.id),
        **tried.shown,
    )
    return body, tried.status


def _stored(draft: Draft, need: NeedGroup) -> dict[str, Any]:
    return {
        "version": draft.version,
        "things": [str(thing.id) for thing in need.things],
        "quantity": need.quantity,
        "counted": BY_PEOPLE if need.people_per_unit else FIXED,
        "people_per_unit": need.people_per_unit,
        "before": need.before_minutes,
        "after": need.after_minutes,
        "medium": need.medium or "",
    }


def _stored_now(offering_id: int, need: NeedGroup | None) -> dict[str, Any]:
    """Return what is stored of a need by now; where it is gone, or new, only the version counts."""
    draft = own_draft(offering_id)
    kept = next((one for one in draft.needs if need is not None and one.id == need.id), None)
    return {"version": draft.version} if kept is None else _stored(draft, kept)


def _of(draft: Draft, need_id: int) -> NeedGroup:
    for need in draft.needs:
        if need_id in need.rows:
            return need
    raise NotFound


def _things(kind: str, need: NeedGroup | None) -> list[tuple[str, str]]:
    """Return what can be chosen: what is in use, and what the need names already."""
    kept = {thing.id for thing in need.things} if need else set()
    if kind == "host":
        return []
    if kind not in ("room", "pool"):
        abort(404)
    house_id = acting().house_id
    found = thing_lists.places(house_id) if kind == "room" else thing_lists.pools(house_id)
    return [(str(one.id), named(one.names)) for one in found if one.is_active or one.id in kept]
