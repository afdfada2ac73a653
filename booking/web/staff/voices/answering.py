"""Views: what one person told the house, and answering it."""

from dataclasses import dataclass
from functools import partial

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.bookings.telling_queries import NO_LINK
from booking.db import unit_of_work
from booking.errors import DomainError, Stale
from booking.messages import queries as mails
from booking.voices import answering, queries, service
from booking.voices.queries import VoicePage
from booking.web.errors import say
from booking.web.roof import roof
from booking.web.staff.conflicts import Difference, conflict
from booking.web.staff.doors import acting
from booking.web.staff.history.rows import history_of
from booking.web.staff.pages import staff_address
from booking.web.staff.telling import Telling, telling_one
from booking.web.staff.voices.forms import AnswerForm, ReadForm
from booking.web.staff.voices.rows import voice_shown


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows beside the form: refusals, two versions, the mail before it leaves."""

    errors: tuple[str, ...] = ()
    differences: tuple[Difference, ...] | None = None
    told: Telling | None = None
    status: int = 200


def voice_page(voice_id: int) -> ResponseReturnValue:
    """Show what was told; on POST show the mail with the answer first, then answer."""
    page = queries.of_one_house(voice_id, house_id=acting().house_id)
    form = AnswerForm()
    form.suit(page.kind, page.state)
    if request.method != "POST":
        form.version.data = str(page.version)
        return _page(page, form, Shown())
    if form.seen_version() != page.version:
        return _conflict(page, form)
    told = _told(page, form)
    form.suit_telling(told)
    if not form.validate():
        stale = form.is_stale()
        errors = tuple(form.forgive_token()) if stale else ()
        return _page(page, form, Shown(errors, status=400 if stale else 422))
    if told.sample is not None and not form.has_looked():
        form.note_look()
        return _page(page, form, Shown(told=told))
    return _answer(page, form)


def voice_read(voice_id: int) -> ResponseReturnValue:
    """Note that it is read; lead back to its page in any case."""
    page = queries.of_one_house(voice_id, house_id=acting().house_id)
    if request.method == "POST" and ReadForm().validate():
        deed = partial(
            answering.read,
            voice_id,
            house_id=page.house_id,
            actor=acting().actor,
            now=roof().clock(),
        )
        unit_of_work(deed)
    return redirect(staff_address("voice_page", voice_id=voice_id), 303)


def _answer(page: VoicePage, form: AnswerForm) -> ResponseReturnValue:
    deed = partial(
        answering.answer,
        page.id,
        form.state.data,
        form.words.data or "",
        seen=form.seen_version(),
        house_id=page.house_id,
        actor=acting().actor,
        tells=form.tells(),
        now=roof().clock(),
    )
    try:
        unit_of_work(deed)
    except Stale:
        return _conflict(queries.of_one_house(page.id, house_id=page.house_id), form)
    except DomainError as refusal:
        return _page(page, form, Shown((say(refusal),), status=int(refusal.status)))
    return redirect(staff_address("voice_page", voice_id=page.id, done="answered"), 303)


def _conflict(page: VoicePage, form: AnswerForm) -> ResponseReturnValue:
    form.suit(page.kind, page.state)
    stored = {"version": page.version, "state": page.state, "words": page.answer}
    return _page(page, form, Shown(differences=conflict(form, stored), status=409))


def _told(page: VoicePage, form: AnswerForm) -> Telling:
    """Return the mail that the answer as it was typed would send."""
    state, words, now = form.state.data or "", form.words.data or "", roof().clock()
    is_offered = state in [one.value for one in form.state.choices or ()]
    if not is_offered or not words.strip():
        return Telling(0, 0, 0, None)
    owed = answering.preview(page, state, words, link_id=NO_LINK, now=now)
    return telling_one(owed, acting(), came_back=_came_back(page))


def _came_back(page: VoicePage) -> bool:
    return mails.has_come_back(service.threads_of(page.id)[0])


def _page(page: VoicePage, form: AnswerForm, shown: Shown) -> ResponseReturnValue:
    body = render_template(
        "staff/voices/voice.html",
        voice=voice_shown(page, now=roof().clock(), came_back=_came_back(page)),
        form=form,
        read_form=ReadForm(formdata=None),
        form_errors=list(shown.errors),
        differences=shown.differences,
        told=shown.told,
        has_mail=bool(page.email),
        is_done=request.method == "GET" and request.args.get("done") == "answered",
        action_href=staff_address("voice_page", voice_id=page.id),
        read_href=staff_address("voice_read", voice_id=page.id),
        list_href=staff_address("voice_list"),
        history=history_of(page.kind, page.id, acting()),
    )
    return body, shown.status
