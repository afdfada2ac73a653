"""Views: a mail as it leaves now, with a real booking or an invented one, and a test mail to oneself."""

from dataclasses import replace
from functools import partial

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.db import unit_of_work
from booking.errors import DomainError
from booking.messages import passages, testing
from booking.messages.plain import one_line
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.doors import acting
from booking.web.staff.messages import scope, specimen
from booking.web.staff.messages.bounds import count_test_mail
from booking.web.staff.messages.forms import TestMailForm
from booking.web.staff.messages.names import mail_label
from booking.web.staff.messages.scope import Scope
from booking.web.staff.messages.specimen import Specimen
from booking.web.variants import LABELS, locale_of

_REFERENCE_LENGTH = 20


def message_preview(kind: str, spoken: str) -> ResponseReturnValue:
    """Show a mail with the words that are stored; on POST send it to whoever presses."""
    scope.check_kind(kind, spoken)
    wanted, reference = scope.scope(acting()), _reference()
    found = specimen.specimen(kind, spoken, wanted, acting(), reference=reference)
    errors = (
        () if found else (_("You have no booking with the reference %(reference)s.", reference=reference),)
    )
    shown = found or specimen.specimen(kind, spoken, wanted, acting())
    assert shown is not None  # only a reference can lead to nothing
    form = TestMailForm()
    if request.method != "POST":
        return _page(kind, spoken, wanted, shown, form, errors=errors)
    if not form.validate():
        return _page(kind, spoken, wanted, shown, form, errors=tuple(form.forgive_token()), status=400)
    try:
        count_test_mail(acting().staff_id)
        unit_of_work(partial(_owe, kind, spoken, shown))
    except DomainError as refusal:
        return _page(kind, spoken, wanted, shown, form, errors=(say(refusal),), status=int(refusal.status))
    return redirect(wanted.href("message_preview", kind=kind, spoken=spoken, tested=1), 303)


def message_preview_html(kind: str, spoken: str) -> ResponseReturnValue:
    """Answer the HTML part of the mail as a page of its own: no script, nothing from elsewhere."""
    scope.check_kind(kind, spoken)
    wanted = scope.scope(acting())
    found = specimen.specimen(kind, spoken, wanted, acting(), reference=_reference())
    found = found or specimen.specimen(kind, spoken, wanted, acting())
    assert found is not None  # as above
    letter = specimen.written(kind, spoken, found.facts)
    answer = Response(letter.html, content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
    )
    return answer


def _owe(kind: str, spoken: str, shown: Specimen) -> None:
    """Owe the mail to whoever presses, without anything of the person whose booking it is."""
    person = acting()
    facts = replace(shown.facts, is_test=True, name=person.name, phone="", reference=testing.REFERENCE)
    testing.owe(
        specimen.shown_as(kind),
        spoken,
        facts,
        staff_id=person.staff_id,
        house_id=person.house_id,
        actor=person.actor,
        now=roof().clock(),
    )


def _page(
    kind: str,
    spoken: str,
    wanted: Scope,
    shown: Specimen,
    form: TestMailForm,
    *,
    errors: tuple[str, ...] = (),
    status: int = 200,
) -> ResponseReturnValue:
    reference = _reference() if not errors else ""
    more = {"reference": reference} if reference else {}
    return render_template(
        "staff/messages/preview.html",
        form=form,
        form_errors=errors,
        letter=specimen.written(kind, spoken, shown.facts),
        is_real=shown.is_real,
        own=shown.facts.reference if shown.is_real else "",
        reference=_reference(),
        kind=kind,
        kind_label=mail_label(kind),
        is_every=kind == passages.EVERY,
        spoken_label=LABELS[spoken],
        spoken_code=locale_of(spoken),
        wanted=wanted,
        edit_href=wanted.href("message_edit", kind=kind, spoken=spoken),
        action=wanted.href("message_preview", kind=kind, spoken=spoken),
        test_action=wanted.href("message_preview", kind=kind, spoken=spoken, **more),
        html_href=wanted.href("message_preview_html", kind=kind, spoken=spoken, **more),
        is_saved="saved" in request.args,
        is_tested="tested" in request.args,
    ), status


def _reference() -> str:
    return one_line(request.args.get("reference", "")).replace(" ", "").upper()[:_REFERENCE_LENGTH]
