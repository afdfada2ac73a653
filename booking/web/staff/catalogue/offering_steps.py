"""Views: publish an offering, archive it, copy it."""

from functools import partial

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.catalogue import readiness
from booking.messages import wording
from booking.schedule import offering_states
from booking.web.context import house, language
from booking.web.roof import roof
from booking.web.staff.catalogue.offering_forms import CopyForm, StepForm
from booking.web.staff.catalogue.offering_rows import fault_rows, hint_texts
from booking.web.staff.catalogue.offerings import frame, own_draft, page_of
from booking.web.staff.catalogue.saving import attempt
from booking.web.staff.doors import acting

MOST_SHOWN = 20


def offering_publish(offering_id: int) -> ResponseReturnValue:
    """Say what is missing, or let visitors see it."""
    draft = own_draft(offering_id)
    form = StepForm(data={"version": draft.version})
    deed = partial(offering_states.publish, offering_id, editor=acting(), now=roof().clock())
    tried = attempt(form, lambda: deed(version=form.seen_version()))
    if tried.is_done:
        return redirect(page_of(offering_id, saved="published"), 303)
    draft = own_draft(offering_id)
    form.version.data = str(draft.version)
    faults = readiness.faults(draft, skilled=offering_states.skilled(offering_id))
    body = render_template(
        "staff/catalogue/publish.html",
        **frame(draft),
        form=form,
        faults=fault_rows(faults, offering_id),
        hints=hint_texts(readiness.hints(draft)),
        **tried.shown,
    )
    return body, tried.status


def offering_archive(offering_id: int) -> ResponseReturnValue:
    """Take an offering from visitors, unless dates lie ahead."""
    draft = own_draft(offering_id)
    form = StepForm(data={"version": draft.version})
    now = roof().clock()
    deed = partial(offering_states.archive, offering_id, editor=acting(), now=now)
    tried = attempt(form, lambda: deed(version=form.seen_version()))
    if tried.is_done:
        return redirect(page_of(offering_id, saved="archived"), 303)
    draft = own_draft(offering_id)
    form.version.data = str(draft.version)
    ahead = offering_states.ahead(offering_id, now=now)
    body = render_template(
        "staff/catalogue/archive.html",
        **frame(draft),
        form=form,
        ahead=[_ahead(one) for one in ahead[:MOST_SHOWN]],
        ahead_count=len(ahead),
        **tried.shown,
    )
    return body, tried.status


def _ahead(date: offering_states.AheadDate) -> tuple[int, str, int]:
    when = wording.say_when(date.starts_at, date.ends_at, house().zone, language())
    return date.id, when, date.taken


def offering_copy(offering_id: int) -> ResponseReturnValue:
    """Make a draft that is like the offering."""
    draft = own_draft(offering_id)
    form = CopyForm(data={"title": _("%(title)s (copy)", title=draft.title("de"))[:150]})
    deed = partial(offering_states.duplicate, offering_id, editor=acting(), now=roof().clock())
    tried = attempt(form, lambda: deed(form.title.data or ""))
    if tried.is_done:
        return redirect(page_of(tried.result, saved="copied"), 303)
    body = render_template("staff/catalogue/copy.html", **frame(draft), form=form, **tried.shown)
    return body, tried.status
