"""Views: the words of an offering in one language, and how visitors would read it."""

from functools import partial
from typing import Any

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from booking.catalogue import offering_editing, thing_lists
from booking.catalogue.drafts import Draft
from booking.catalogue.queries import WORDS, OfferingPage, TopicMark
from booking.catalogue.staff_refusals import TextsNeedTitle
from booking.web.context import render_markdown
from booking.web.public.rows import offering_row
from booking.web.roof import roof
from booking.web.staff.catalogue.offering_forms import TextForm
from booking.web.staff.catalogue.offering_rows import draft_meters
from booking.web.staff.catalogue.offerings import frame, lacking, own_draft, page_of
from booking.web.staff.catalogue.saving import attempt
from booking.web.staff.catalogue.words import language_label
from booking.web.staff.doors import acting
from booking.web.staff.pages import staff_address
from booking.web.variants import locale_of, speaking

_COLUMNS = tuple(name for name in OfferingPage.__dataclass_fields__ if name in Draft.__dataclass_fields__)


def offering_text(offering_id: int, of: str) -> ResponseReturnValue:
    """Change the words of one language."""
    draft = own_draft(offering_id)
    form = TextForm(data=_stored(draft, of))
    tried = attempt(
        form,
        lambda: _write(offering_id, of, form),
        stored=lambda: _stored(own_draft(offering_id), of),
        at={TextsNeedTitle: "title"},
    )
    if tried.is_done:
        return redirect(page_of(offering_id, saved="saved"), 303)
    body = render_template(
        "staff/catalogue/text.html",
        **frame(draft),
        form=form,
        of=of,
        of_label=language_label(of),
        code=locale_of(of),
        meters=draft_meters(draft),
        german=draft.texts.get("de", {}) if of != "de" else {},
        words=WORDS,
        preview_href=staff_address("offering_preview", offering_id=offering_id, of=of),
        lacking=lacking(tried.refusal, offering_id),
        **tried.shown,
    )
    return body, tried.status


def _stored(draft: Draft, of: str) -> dict[str, Any]:
    words = draft.texts.get(of, {})
    return {word: words.get(word, "") for word in WORDS} | {"version": draft.version}


def _write(offering_id: int, of: str, form: TextForm) -> Any:
    words = {word: form[word].data or "" for word in WORDS}
    deed = partial(offering_editing.put_text, offering_id, of, words, version=form.seen_version())
    return deed(editor=acting(), now=roof().clock())


def offering_preview(offering_id: int, of: str) -> ResponseReturnValue:
    """Show an offering as visitors would read it, also a draft."""
    draft = own_draft(offering_id)
    topics = thing_lists.topics(acting().house_id)
    with speaking(of):
        body = render_template("staff/catalogue/_preview_body.html", **_as_visitors_see_it(draft, of, topics))
    return render_template(
        "staff/catalogue/preview.html",
        **frame(draft),
        of=of,
        of_label=language_label(of),
        code=locale_of(of),
        body=body,
        previews=[
            (one, language_label(one), staff_address("offering_preview", offering_id=offering_id, of=one))
            for one in ("de", "en", "ls")
        ],
    )


def _as_visitors_see_it(draft: Draft, of: str, topics: list[thing_lists.TopicLine]) -> dict[str, Any]:
    """Return what the page of visitors would show in a language; what is missing is told in German."""
    words = {word: draft.texts.get(of, {}).get(word) or _german(draft, word) for word in WORDS}
    marks = tuple(
        TopicMark(one.key, one.kind, one.names, has_page=one.is_published and bool(one.texts))
        for one in topics
        if one.id in draft.topic_ids
    )
    values = {name: getattr(draft, name) for name in _COLUMNS}
    shown = {word: text for word, text in words.items() if word in OfferingPage.__dataclass_fields__}
    row = offering_row(OfferingPage(**values | shown, topics=marks))
    confirmation = render_markdown(words["confirmation"]) if words["confirmation"] else None
    return {"offering": row, "confirmation": confirmation}


def _german(draft: Draft, word: str) -> str:
    """Return a word in German, in which pages tell what a language lacks."""
    return draft.texts.get("de", {}).get(word, "")
