"""Views: an offering with all that belongs to it; entering one, and changing what it is and how it is booked."""

from functools import partial
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.catalogue import draft_queries, offering_editing, readiness, thing_lists
from booking.catalogue.drafts import Draft
from booking.catalogue.offering_editing import NewOffering
from booking.catalogue.staff_refusals import KeyTaken, NotReady
from booking.schedule import offering_states
from booking.schedule.staff_refusals import DatesAhead
from booking.web.context import address, language
from booking.web.public.rows import named
from booking.web.roof import roof
from booking.web.staff.catalogue import offering_rows
from booking.web.staff.catalogue.offering_forms import (
    FactsForm,
    NewOfferingForm,
    facts_data,
    programme_choices,
)
from booking.web.staff.catalogue.policy_form import PolicyForm, policy_data
from booking.web.staff.catalogue.saving import Attempt, attempt
from booking.web.staff.catalogue.words import STATE_COLOURS, say_saved, state_label
from booking.web.staff.doors import acting
from booking.web.staff.history.rows import history_of
from booking.web.staff.pages import staff_address


def own_draft(offering_id: int) -> Draft:
    """Return an offering that the one who asks runs; raises NotFound."""
    return draft_queries.draft(offering_id, editor=acting())


def page_of(offering_id: int, *, saved: str = "") -> str:
    """Return the page of an offering, with what it says was done."""
    more = {"saved": saved} if saved else {}
    return staff_address("offering_page", offering_id=offering_id, **more)


def frame(draft: Draft) -> dict[str, Any]:
    """Return what every page of an offering shows: its title, its state, and the ways to its parts."""
    return {
        "offering_id": draft.id,
        "title": draft.title(language()),
        "state": draft.state,
        "state_label": state_label(draft.state),
        "colour": STATE_COLOURS[draft.state],
        "here": request.endpoint.removeprefix("staff.") if request.endpoint else "",
    }


def lacking(refusal: object, offering_id: int) -> list[offering_rows.FaultRow]:
    """Return what a public offering would lack, if that is why something was refused."""
    return offering_rows.fault_rows(refusal.faults, offering_id) if isinstance(refusal, NotReady) else []


def offering_new() -> ResponseReturnValue:
    """Enter an offering: it begins as a draft that nobody sees."""
    person, form = acting(), NewOfferingForm()
    form.suit(_programmes())
    tried = attempt(form, lambda: _enter(form))
    if tried.is_done:
        return redirect(page_of(tried.result, saved="entered"), 303)
    body = render_template(
        "staff/catalogue/offering_new.html", form=form, runs_all=person.programme_ids is None, **tried.shown
    )
    return body, tried.status


def _enter(form: NewOfferingForm) -> int:
    wanted = NewOffering(
        title=form.title.data or "",
        kind=form.kind.data,
        programme_id=int(form.programme.data) if form.programme.data else None,
        minutes=form.minutes.data or 0,
        seats=form.seats.data or 0,
        party_max=form.party_max.data or 0,
        booked_by=form.booked_by.data,
    )
    return offering_editing.create(wanted, editor=acting(), now=roof().clock())


def offering_page(offering_id: int) -> ResponseReturnValue:
    """Show an offering: what it is, what is missing, and what can be done with it."""
    person, draft = acting(), own_draft(offering_id)
    skilled = offering_states.skilled(offering_id)
    return render_template(
        "staff/catalogue/offering.html",
        **frame(draft),
        saved=say_saved(request.args.get("saved")),
        facts=offering_rows.facts_of(draft, person),
        policy=offering_rows.policy_of(draft),
        needs=offering_rows.need_rows(draft),
        meters=offering_rows.draft_meters(draft),
        faults=offering_rows.fault_rows(readiness.faults(draft, skilled=skilled), offering_id),
        hints=offering_rows.hint_texts(readiness.hints(draft)),
        skilled=skilled,
        public_href=address("offering", key=draft.key) if draft.state == "published" else "",
        key=draft.key,
        dates=_dates(draft),
        history=history_of("offering", offering_id, person),
    )


def _dates(draft: Draft) -> offering_rows.DatesRow | None:
    """Return what is planned of an offering that has dates, and where more are planned."""
    if draft.booked_by != "date" or draft.state == "archived" or not acting().may("dates.edit"):
        return None
    return offering_rows.dates_row(draft, len(offering_states.ahead(draft.id, now=roof().clock())))


def offering_facts(offering_id: int) -> ResponseReturnValue:
    """Change what an offering is, for whom, and for how many."""
    draft = own_draft(offering_id)
    form = FactsForm(data=facts_data(draft))
    form.suit(draft, programmes=_programmes(), topics=_topics())
    tried = attempt(
        form,
        lambda: _change(offering_id, form),
        stored=lambda: facts_data(own_draft(offering_id)),
        at={KeyTaken: "key"},
    )
    if tried.is_done:
        return redirect(page_of(offering_id, saved="facts"), 303)
    return _form_page("staff/catalogue/facts.html", draft, form, tried)


def offering_policy(offering_id: int) -> ResponseReturnValue:
    """Change how an offering is booked."""
    draft = own_draft(offering_id)
    form = PolicyForm(data=policy_data(draft))
    form.suit()
    tried = attempt(
        form,
        lambda: _change(offering_id, form),
        stored=lambda: policy_data(own_draft(offering_id)),
        at={DatesAhead: "booked_by"},
    )
    if tried.is_done:
        return redirect(page_of(offering_id, saved="saved"), 303)
    return _form_page("staff/catalogue/policy.html", draft, form, tried)


def _change(offering_id: int, form: FactsForm | PolicyForm) -> Any:
    deed = partial(offering_states.change, offering_id, form.values(), version=form.seen_version())
    return deed(editor=acting(), now=roof().clock())


def _form_page(
    template: str, draft: Draft, form: FactsForm | PolicyForm, tried: Attempt
) -> ResponseReturnValue:
    body = render_template(
        template, **frame(draft), form=form, lacking=lacking(tried.refusal, draft.id), **tried.shown
    )
    return body, tried.status


def _programmes() -> list[tuple[str, str]]:
    person = acting()
    runs_all = person.programme_ids is None
    return programme_choices(offering_rows.own_programmes(person), runs_all=runs_all)


def _topics() -> list[tuple[str, str]]:
    topics = thing_lists.topics(acting().house_id)
    label = {"topic": "%s", "cooperation": _("%s (cooperation)")}
    return [(str(one.id), label[one.kind].replace("%s", named(one.names))) for one in topics]
