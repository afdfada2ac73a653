"""Views of people who tell us something: an idea, a barrier; what became of it, its data, deleting it."""

import json
from functools import partial

from flask import Response, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.db import unit_of_work
from booking.errors import DomainError
from booking.voices import queries, rules, service
from booking.voices.refusals import FormUsed
from booking.voices.service import Said
from booking.voices.states import BARRIER, IDEA
from booking.web import limits
from booking.web.context import address, house, language
from booking.web.errors import say
from booking.web.public.answers import cacheable
from booking.web.public.forms import ButtonForm
from booking.web.public.rows import named
from booking.web.public.voice_forms import BarrierForm, IdeaForm
from booking.web.public.voice_links import VoiceLinkEnded, VoiceLinkUnknown, secret_of_voice, voice_of
from booking.web.public.voice_rows import stored, voice_row
from booking.web.roof import roof


def idea() -> ResponseReturnValue:
    """Ask for an idea, and say what happens with it."""
    form = IdeaForm()
    form.suit(_topics(), asked=request.args.get("topic", ""))
    said = partial(Said, kind=IDEA, who=form.who.data or "", topic=form.topic.data or "")
    return _form_page(form, said)


def _topics() -> list[tuple[str, str]]:
    """Return the topics by their names as shown, and after them the cooperations."""
    shown = [(one.kind == "cooperation", named(one.names), one.key) for one in queries.topics(house().id)]
    in_order = sorted(shown, key=lambda one: (one[0], one[1].casefold()))
    return [(key, name) for _is_later, name, key in in_order]


def report_barrier() -> ResponseReturnValue:
    """Ask for a barrier and the page on which it was met."""
    form = BarrierForm()
    form.suit(asked=request.args.get("page", ""))
    return _form_page(form, partial(Said, kind=BARRIER, page=form.page.data or ""))


def voice_told(secret: str) -> ResponseReturnValue:
    """Say that it has arrived, with its reference and what happens next."""
    return render_template("public/voice_told.html", voice=voice_row(voice_of(secret), secret))


def voice(secret: str) -> ResponseReturnValue:
    """Show what was told, what became of it, and what is stored."""
    page = voice_of(secret)
    return render_template("public/voice.html", voice=voice_row(page, secret), stored=stored(page))


def voice_data(secret: str) -> ResponseReturnValue:
    """All that is stored of whoever told it, as JSON to take along."""
    page = voice_of(secret)
    body = {
        "house": house().text("name", language()),
        "kind": page.kind,
        "reference": page.reference,
        "state": page.state,
        "language": page.language,
        "topic": page.topic_key,
        "created_at": page.created_at.isoformat(),
        "changed_at": page.changed_at.isoformat(),
        "answered_at": page.answered_at.isoformat() if page.answered_at else None,
        "personal_data": {
            item["name"]: {key: item[key] for key in ("value", "why", "until")} for item in stored(page)
        },
    }
    text = json.dumps(body, ensure_ascii=False, indent=2) + "\n"
    answer = Response(text, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{page.reference}.json"'
    return answer


def voice_erase(secret: str) -> ResponseReturnValue:
    """Ask, then delete what was told."""
    try:
        page = voice_of(secret)
    except VoiceLinkEnded:
        if request.method != "POST":
            raise
        return redirect(address("voice_erased"), 303)  # pressed twice: it is done
    form = ButtonForm()
    errors, status = [], 200
    if request.method == "POST":
        if form.validate():
            unit_of_work(partial(service.erase, page.id, now=roof().clock()))
            return redirect(address("voice_erased"), 303)
        errors, status = form.forgive_token() if form.is_stale() else [], 400
    body = render_template(
        "public/voice_erase.html", voice=voice_row(page, secret), form=form, form_errors=errors
    )
    return body, status


def voice_erased() -> ResponseReturnValue:
    """Say that it is deleted."""
    return cacheable(render_template("public/voice_erased.html"))


def ended(_link: VoiceLinkEnded) -> ResponseReturnValue:
    """Say that what the link opened is deleted."""
    return render_template("public/voice_gone.html"), 410


def unknown(_link: VoiceLinkUnknown) -> ResponseReturnValue:
    """Say that a link is not complete or not ours."""
    return render_template("public/voice_unknown.html"), 404


def _form_page(form: IdeaForm | BarrierForm, said: "partial[Said]") -> ResponseReturnValue:
    """Show a form, or keep what it tells and lead to the page that says so."""
    if request.method != "POST":
        return _page(form)
    if not form.validate():
        stale = form.is_stale()
        return _page(form, errors=form.forgive_token() if stale else [], status=400 if stale else 422)
    if form.is_trapped():
        return _page(form, errors=form.empty_trap(), status=422)
    try:
        link_id = _tell(form, said)
    except DomainError as refusal:
        if isinstance(refusal, FormUsed):
            form.renew_key()
        return _page(form, errors=[say(refusal)], status=int(refusal.status))
    return redirect(address("voice_told", secret=secret_of_voice(link_id)), 303)


def _tell(form: IdeaForm | BarrierForm, said: "partial[Said]") -> str:
    """Keep what a valid form tells, and return the id of its link."""
    words, email = form.words.data or "", form.email.data or ""
    told = said(language=language(), words=words, name=form.name.data or "", email=email)
    with limits.voice_attempt(email):
        deed = partial(
            service.tell,
            told,
            house=house(),
            once=form.key(),
            request_id=g.request_id,
            tells_house=partial(limits.house_may_be_told, house().id),
            now=roof().clock(),
        )
        return unit_of_work(deed).link_id


def _page(
    form: IdeaForm | BarrierForm, *, errors: list[str] | None = None, status: int = 200
) -> ResponseReturnValue:
    name = "idea" if isinstance(form, IdeaForm) else "report_barrier"
    body = render_template(
        f"public/{name}.html",
        form=form,
        form_errors=errors or [],
        action_href=address(name),
        outcomes=[named(one) for one in house().outcomes],
        months_kept=rules.MONTHS_KEPT[IDEA if name == "idea" else BARRIER],
        answer_days=rules.ANSWER_WITHIN.days,
    )
    return body, status
