"""Views: topics and cooperations: listed, entered, changed, deleted; their texts, partners and links."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from booking.catalogue import thing_lists, topic_editing
from booking.catalogue.completeness import meters
from booking.catalogue.thing_lists import TopicLine
from booking.errors import NotFound
from booking.voices import topics as voices
from booking.web.context import address
from booking.web.public.rows import named
from booking.web.roof import roof
from booking.web.staff.catalogue.offering_forms import StepForm
from booking.web.staff.catalogue.saving import attempt
from booking.web.staff.catalogue.topic_forms import (
    NEEDED,
    WORDS,
    LinkForm,
    PartnerForm,
    TopicForm,
    TopicTextForm,
    details_of,
    entry_name,
    link_data,
    partner_data,
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
    return render_template("staff/catalogue/topics.html", saved=say_saved(request.args.get("saved")), rows=rows)


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
    topic = _topic(topic_id)
    form = TopicForm(data=topic_data(topic))
    form.suit(is_new=False)
    tried = attempt(
        form,
        lambda: _change(topic_id, form.details(_topic(topic_id)), form.seen_version()),
        stored=lambda: topic_data(_topic(topic_id)),
    )
    if tried.is_done:
        return _back(topic_id)
    entries = {
        kind: [
            (entry_name(one), staff_address(f"topic_{kind}", topic_id=topic_id, number=number))
            for number, one in enumerate(_entries(topic, kind))
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
        public_href=address(topic.kind, key=topic.key) if topic.is_published and topic.texts.get("de") else "",
        history=history_of("topic", topic_id, acting()),
        **tried.shown,
    )
    return body, tried.status


def topic_text(topic_id: int, of: str) -> ResponseReturnValue:
    """Change what the page of a topic tells in one language."""
    topic = _topic(topic_id)
    form = TopicTextForm(data=text_data(topic, of))
    tried = attempt(
        form, lambda: _put_text(topic_id, of, form), stored=lambda: text_data(_topic(topic_id), of)
    )
    if tried.is_done:
        return _back(topic_id)
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


def topic_partner(topic_id: int, number: int) -> ResponseReturnValue:
    """Enter, change or take away a partner of a cooperation."""
    topic = _topic(topic_id)
    form = PartnerForm(data=_entry_data(topic, "partner", number))
    return _entry_page(topic, "partner", number, form)


def topic_link(topic_id: int, number: int) -> ResponseReturnValue:
    """Enter, change or take away a link of a topic."""
    topic = _topic(topic_id)
    form = LinkForm(data=_entry_data(topic, "link", number))
    return _entry_page(topic, "link", number, form)


def topic_delete(topic_id: int) -> ResponseReturnValue:
    """Ask, then delete a topic that nothing has."""
    topic = _topic(topic_id)
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


def _entry_page(
    topic: TopicLine, kind: str, number: int, form: PartnerForm | LinkForm
) -> ResponseReturnValue:
    is_new = number == len(_entries(topic, kind))
    is_dropped = request.method == "POST" and "drop" in request.form
    if is_dropped:
        for name in ("name_de", "label_de", "url"):
            if name in form:
                form[name].validators = ()
    tried = attempt(
        form,
        lambda: _put_entry(topic.id, kind, number, form, is_dropped=is_dropped),
        stored=lambda: _entry_data(_topic(topic.id), kind, number),
    )
    if tried.is_done:
        return _back(topic.id, saved="dropped" if is_dropped else "saved")
    body = render_template(
        "staff/catalogue/topic_entry.html",
        form=form,
        kind=kind,
        is_new=is_new,
        topic_id=topic.id,
        title=named(topic.names),
        **tried.shown,
    )
    return body, tried.status


def _entries(topic: TopicLine, kind: str) -> list[Any]:
    return list(topic.partners if kind == "partner" else topic.links)


def _entry_data(topic: TopicLine, kind: str, number: int) -> dict[str, Any]:
    """Return an entry as the form holds it; one place behind the last is a new one, anything else is not there."""
    entries = _entries(topic, kind)
    if number > len(entries):
        raise NotFound
    data = partner_data if kind == "partner" else link_data
    known = data(entries[number]) if number < len(entries) else {}
    return known | {"version": topic.version}


def _put_entry(
    topic_id: int, kind: str, number: int, form: PartnerForm | LinkForm, *, is_dropped: bool
) -> None:
    topic = _topic(topic_id)
    entries = _entries(topic, kind)
    entries[number : number + 1] = [] if is_dropped else [form.entry()]
    name = "partners" if kind == "partner" else "links"
    _change(topic_id, details_of(topic, **{name: entries}), form.seen_version())


def _put_text(topic_id: int, of: str, form: TopicTextForm) -> None:
    topic = _topic(topic_id)
    texts = {language: words for language, words in topic.texts.items() if language != of}
    if form.words():
        texts[of] = form.words()
    _change(topic_id, details_of(topic, texts=texts), form.seen_version())


def _change(topic_id: int, details: Any, version: int) -> None:
    topic_editing.change_topic(topic_id, details, version=version, editor=acting(), now=roof().clock())


def _topic(topic_id: int) -> TopicLine:
    return thing_lists.topic(topic_id, house_id=acting().house_id)


def _back(topic_id: int, *, saved: str = "saved") -> ResponseReturnValue:
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
