"""Views: which mails have own words, and wording one of them."""

from dataclasses import dataclass
from functools import partial

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import Field

from booking.db import unit_of_work
from booking.errors import DomainError, NotFound, Stale
from booking.messages import house_texts, passages, text_queries
from booking.messages.letters import Letter
from booking.web.context import language
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.conflicts import Difference, conflict
from booking.web.staff.doors import acting
from booking.web.staff.messages import rows, scope, specimen
from booking.web.staff.messages.forms import TextsForm
from booking.web.staff.messages.names import mail_label, placeholder_label
from booking.web.staff.messages.scope import Scope
from booking.web.staff.pages import staff_address
from booking.web.variants import LABELS, locale_of


@dataclass(frozen=True, slots=True)
class Passage:
    """A field with what the mail says where it stays empty; ``is_inherited``: others of the house worded that."""

    field: Field
    instead: str
    is_inherited: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows beside the form."""

    errors: tuple[str, ...] = ()
    differences: tuple[Difference, ...] | None = None
    letter: Letter | None = None
    status: int = 200


def message_list() -> ResponseReturnValue:
    """List the mails that the house can word, for itself or for one offering."""
    person = acting()
    offerings = [
        one
        for one in text_queries.offerings(house_id=person.house_id, language=language())
        if person.runs(one.programme_id)
    ]
    if not request.args.get("offering") and not person.runs(None):
        return render_template("staff/messages/choose.html", offerings=offerings, action=_list_href())
    wanted = scope.scope(person)
    counted = text_queries.counts(house_id=person.house_id)
    shown = rows.rows(counted, wanted)
    return render_template(
        "staff/messages/list.html",
        rows=shown,
        meters=rows.meters(shown),
        offerings=offerings,
        own_of=rows.by_offering(counted),
        wanted=wanted,
        runs_house=person.runs(None),
        action=_list_href(),
    )


def message_edit(kind: str, spoken: str) -> ResponseReturnValue:
    """Word a kind of mail in one language; "preview" shows what is typed, and saves nothing."""
    scope.check_kind(kind, spoken)
    wanted = scope.scope(acting())
    form = TextsForm()
    form.suit(kind)
    if request.method != "POST":
        stored = _stored(kind, spoken, wanted)
        form.fill(stored.texts, version=stored.version)
        return _page(kind, spoken, wanted, form, Shown())
    if not form.validate():
        stale = form.is_stale()
        errors = tuple(form.forgive_token()) if stale else ()
        return _page(kind, spoken, wanted, form, Shown(errors, status=400 if stale else 422))
    if "preview" in request.form:
        return _page(kind, spoken, wanted, form, Shown(letter=_tried(kind, spoken, wanted, form)))
    return _save(kind, spoken, wanted, form)


def _save(kind: str, spoken: str, wanted: Scope, form: TextsForm) -> ResponseReturnValue:
    deed = partial(
        house_texts.save,
        kind,
        spoken,
        form.texts(),
        house_id=acting().house_id,
        offering_id=wanted.offering_id,
        version=form.seen_version(),
        actor=acting().actor,
        now=roof().clock(),
    )
    try:
        unit_of_work(deed)
    except Stale:
        stored = _stored(kind, spoken, wanted)
        differences = conflict(form, {**stored.texts, "version": stored.version})
        return _page(kind, spoken, wanted, form, Shown(differences=differences, status=409))
    except NotFound:
        raise
    except DomainError as refusal:
        return _page(kind, spoken, wanted, form, Shown((say(refusal),), status=int(refusal.status)))
    return redirect(wanted.href("message_preview", kind=kind, spoken=spoken, saved=1), 303)


def _page(kind: str, spoken: str, wanted: Scope, form: TextsForm, shown: Shown) -> ResponseReturnValue:
    names = passages.placeholders(kind)
    return render_template(
        "staff/messages/edit.html",
        form=form,
        form_errors=shown.errors,
        differences=shown.differences,
        letter=shown.letter,
        passages=_passages(kind, spoken, wanted, form),
        placeholders=[(f"{{{name}}}", placeholder_label(name)) for name in names],
        kind_label=mail_label(kind),
        spoken_label=LABELS[spoken],
        spoken_code=locale_of(spoken),
        wanted=wanted,
        list_href=wanted.href("message_list"),
        preview_href=wanted.href("message_preview", kind=kind, spoken=spoken),
        action=wanted.href("message_edit", kind=kind, spoken=spoken),
    ), shown.status


def _passages(kind: str, spoken: str, wanted: Scope, form: TextsForm) -> list[Passage]:
    others = scope.inherited(kind, spoken, wanted, house_id=acting().house_id)
    standard = specimen.standard_texts(kind, spoken)
    return [
        Passage(
            field,
            others.get(field.name) or str(standard.get(field.name, "")).strip(),
            is_inherited=field.name in others,
        )
        for field in form.passages()
    ]


def _tried(kind: str, spoken: str, wanted: Scope, form: TextsForm) -> Letter:
    """Return the mail with what is typed, where it would stand if it were saved."""
    found = specimen.specimen(kind, spoken, wanted, acting())
    assert found is not None  # only a reference can lead to nothing
    others = scope.inherited(kind, spoken, wanted, house_id=acting().house_id)
    typed = {name: text for name, text in form.texts().items() if text.strip()}
    return specimen.written(kind, spoken, found.facts, texts=others | typed)


def _stored(kind: str, spoken: str, wanted: Scope) -> text_queries.OwnTexts:
    return text_queries.texts(kind, spoken, house_id=acting().house_id, offering_id=wanted.offering_id)


def _list_href() -> str:
    return staff_address("message_list")
