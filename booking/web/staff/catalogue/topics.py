"""Views: topics and cooperations: listed, entered, changed, deleted; their texts, partners and links."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.catalogue import thing_lists, topic_editing
from booking.catalogue.completeness import meters
from booking.catalogue.thing_lists import TopicLine
from booking.voices import topics as voices
from booking.web.context import address
from booking.web.public.rows import named
from booking.web.roof import roof
from booking.web.staff.catalogue.offering_forms import StepForm
from booking.web.staff.catalogue.saving import attempt
from booking.web.staff.catalogue.topic_forms import (
    NEEDED,
    WORDS,
    TopicForm,
    TopicTextForm,
    details_of,
    entries_of,
    entry_name,
    text_data,
    topic_data,
)
from booking.web.staff.catalogue.words import language_label, say_saved, say_words
from booking.web.staff.doors import acting
from booking.web.staff.history.rows import history_of
from booking.web.staff.pages import staff_address
from booking.web.variants import locale_of


@dataclass(frozen=True, slots=True)
class MeterRow:
    """How complete the words of one language are."""

    label: str
    done: int
    wanted: int
    missing: str
    href: str


def topic_list() -> ResponseReturnValue:
    """Show topics and cooperations in the order of the pages."""
    found = thing_lists.topics(acting().house_id)
    rows = [
        {
            "name": named(one.names),
            "href": staff_address("topic_page", topic_id=one.id),
            "topic": one,
            "meters": _meters(one),
        }
        for one in found
    ]
    return render_template(
        "staff/catalogue/topics.html", saved=say_saved(request.args.get("saved")), rows=rows
    )


def topic_new() -> ResponseReturnValue:
    """Enter a topic or a cooperation."""
    form = TopicForm()
    form.suit(is_new=True)
    deed = partial(topic_editing.create_topic, editor=acting(), now=roof().clock())
    tried = attempt(form, lambda: deed(form.details(None)))
    if tried.is_done:
        return redirect(staff_address("topic_page", topic_id=tried.result, saved="entered"), 303)
    return render_template("staff/catalogue/topic_new.html", form=form, **tried.shown), tried.status


def topic_page(topic_id: int) -> ResponseReturnValue:
    """Show and change a topic, with the ways to its texts, partners and links."""
    topic = topic_of(topic_id)
    form = TopicForm(data=topic_data(topic))
    form.suit(is_new=False)
    tried = attempt(
        form,
        lambda: change_topic(topic_id, form.details(topic_of(topic_id)), form.seen_version()),
        stored=lambda: topic_data(topic_of(topic_id)),
    )
    if tried.is_done:
        return back_to(topic_id)
    entries = {
        kind: [
            (entry_name(one), staff_address(f"topic_{kind}", topic_id=topic_id, number=number))
            for number, one in enumerate(entries_of(topic, kind))
        ]
        for kind in ("partner", "link")
    }
    body = render_template(
        "staff/catalogue/topic.html",
        form=form,
        topic=topic,
        topic_id=topic_id,
        title=named(topic.names),
        saved=say_saved(request.args.get("saved")),
        meters=_meters(topic),
        entries=entries,
        public_href=address(topic.kind, key=topic.key)
        if topic.is_published and topic.texts.get("de")
        else "",
        history=history_of("topic", topic_id, acting()),
        **tried.shown,
    )
    return body, tried.status


def topic_text(topic_id: int, of: str) -> ResponseReturnValue:
    """Change what the page of a topic tells in one language."""
    topic = topic_of(topic_id)
    form = TopicTextForm(data=text_data(topic, of))
    tried = attempt(
        form, lambda: _put_text(topic_id, of, form), stored=lambda: text_data(topic_of(topic_id), of)
    )
    if tried.is_done:
        return back_to(topic_id)
    german = text_data(topic, "de") if of != "de" else {}
    body = render_template(
        "staff/catalogue/topic_text.html",
        form=form,
        topic_id=topic_id,
        title=named(topic.names),
        of_label=language_label(of),
        code=locale_of(of),
        words=WORDS if topic.kind == "cooperation" else WORDS[:-1],
        german=german,
        **tried.shown,
    )
    return body, tried.status


def topic_delete(topic_id: int) -> ResponseReturnValue:
    """Ask, then delete a topic that nothing has."""
    topic = topic_of(topic_id)
    form = StepForm(data={"version": topic.version})
    deed = partial(voices.delete_topic, topic_id, editor=acting(), now=roof().clock())
    tried = attempt(form, lambda: deed(version=form.seen_version()))
    if tried.is_done:
        return redirect(staff_address("topic_list", saved="deleted"), 303)
    body = render_template(
        "staff/catalogue/delete.html",
        form=form,
        title=named(topic.names),
        uses=topic.offerings,
        back_href=staff_address("topic_page", topic_id=topic_id),
        here="topic_list",
        **tried.shown,
    )
    return body, tried.status


def _put_text(topic_id: int, of: str, form: TopicTextForm) -> None:
    topic = topic_of(topic_id)
    texts = {language: words for language, words in topic.texts.items() if language != of}
    if form.words():
        texts[of] = form.words()
    change_topic(topic_id, details_of(topic, texts=texts), form.seen_version())


def change_topic(topic_id: int, details: Any, version: int) -> None:
    """Write a topic over the version that was seen."""
    topic_editing.change_topic(topic_id, details, version=version, editor=acting(), now=roof().clock())


def topic_of(topic_id: int) -> TopicLine:
    """Return a topic of the house; raises NotFound."""
    return thing_lists.topic(topic_id, house_id=acting().house_id)


def back_to(topic_id: int, *, saved: str = "saved") -> ResponseReturnValue:
    """Lead to the page of a topic, which says what was done."""
    return redirect(staff_address("topic_page", topic_id=topic_id, saved=saved), 303)


def _meters(topic: TopicLine) -> list[MeterRow]:
    told = {language: dict(topic.texts.get(language, {})) for language in ("de", "en", "ls")}
    for language, words in told.items():
        words["name"] = topic.names.get(language, "")
    found = meters(told, words=("name", *WORDS), needed=NEEDED)
    return [
        MeterRow(
            language_label(one.language),
            one.done,
            one.wanted,
            say_words(one.missing),
            staff_address("topic_text", topic_id=topic.id, of=one.language),
        )
        for one in found
    ]
