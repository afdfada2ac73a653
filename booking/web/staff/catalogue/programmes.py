"""Views: programmes, by which coordination offerings are run."""

from functools import partial

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.catalogue import offering_lists, thing_lists, topic_editing
from booking.errors import NotFound
from booking.web.context import language
from booking.web.public.rows import named
from booking.web.roof import roof
from booking.web.staff.catalogue.offering_forms import StepForm
from booking.web.staff.catalogue.offering_rows import line_row
from booking.web.staff.catalogue.saving import attempt
from booking.web.staff.catalogue.thing_forms import ProgrammeForm, programme_data
from booking.web.staff.catalogue.words import say_saved
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address


def programme_list() -> ResponseReturnValue:
    """Show the programmes that somebody runs."""
    person = acting()
    found = [one for one in thing_lists.programmes(person.house_id) if person.runs(one.id)]
    return render_template(
        "staff/catalogue/programmes.html",
        saved=say_saved(request.args.get("saved")),
        rows=[
            (named(one.names), staff_address("programme_page", programme_id=one.id), one.offerings)
            for one in found
        ],
        may_add=person.runs(None),
    )


def programme_new() -> ResponseReturnValue:
    """Enter a programme; only who runs all of them can."""
    person, form = acting(), ProgrammeForm()
    del form.version
    if not person.runs(None):
        raise NotFound
    deed = partial(topic_editing.create_programme, editor=person, now=roof().clock())
    tried = attempt(form, lambda: deed(form.names()))
    if tried.is_done:
        return redirect(staff_address("programme_page", programme_id=tried.result, saved="entered"), 303)
    return render_template("staff/catalogue/programme_new.html", form=form, **tried.shown), tried.status


def programme_page(programme_id: int) -> ResponseReturnValue:
    """Show and rename a programme, with its offerings."""
    person = acting()
    programme = _own(programme_id)
    form = ProgrammeForm(data=programme_data(programme))
    deed = partial(topic_editing.rename_programme, programme_id, editor=person, now=roof().clock())
    tried = attempt(
        form,
        lambda: deed(form.names(), version=form.seen_version()),
        stored=lambda: programme_data(_own(programme_id)),
    )
    if tried.is_done:
        return redirect(staff_address("programme_page", programme_id=programme_id, saved="saved"), 303)
    lines = offering_lists.offerings(editor=person, language=language())
    body = render_template(
        "staff/catalogue/programme.html",
        form=form,
        title=named(programme.names),
        programme_id=programme_id,
        saved=say_saved(request.args.get("saved")),
        offerings=[line_row(line) for line in lines if line.programme_id == programme_id],
        may_delete=person.runs(None) and not programme.offerings,
        **tried.shown,
    )
    return body, tried.status


def programme_delete(programme_id: int) -> ResponseReturnValue:
    """Ask, then delete a programme without offerings."""
    person = acting()
    programme = _own(programme_id)
    if not person.runs(None):
        raise NotFound
    form = StepForm(data={"version": programme.version})
    deed = partial(topic_editing.delete_programme, programme_id, editor=person, now=roof().clock())
    tried = attempt(form, lambda: deed(version=form.seen_version()))
    if tried.is_done:
        return redirect(staff_address("programme_list", saved="deleted"), 303)
    body = render_template(
        "staff/catalogue/delete.html",
        form=form,
        title=named(programme.names),
        uses=programme.offerings,
        back_href=staff_address("programme_page", programme_id=programme_id),
        here="programme_list",
        **tried.shown,
    )
    return body, tried.status


def _own(programme_id: int) -> thing_lists.ProgrammeLine:
    if not acting().runs(programme_id):
        raise NotFound
    return thing_lists.programme(programme_id, house_id=acting().house_id)
