"""Views: the partners and links of a topic, one at a time."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from booking.catalogue.thing_lists import TopicLine
from booking.errors import NotFound
from booking.web.public.rows import named
from booking.web.staff.catalogue.saving import attempt
from booking.web.staff.catalogue.topic_forms import (
    LinkForm,
    PartnerForm,
    details_of,
    entries_of,
    link_data,
    partner_data,
)
from booking.web.staff.catalogue.topics import back_to, change_topic, topic_of


def topic_partner(topic_id: int, number: int) -> ResponseReturnValue:
    """Enter, change or take away a partner of a cooperation."""
    topic = topic_of(topic_id)
    form = PartnerForm(data=_entry_data(topic, "partner", number))
    return _entry_page(topic, "partner", number, form)


def topic_link(topic_id: int, number: int) -> ResponseReturnValue:
    """Enter, change or take away a link of a topic."""
    topic = topic_of(topic_id)
    form = LinkForm(data=_entry_data(topic, "link", number))
    return _entry_page(topic, "link", number, form)


def _entry_page(
    topic: TopicLine, kind: str, number: int, form: PartnerForm | LinkForm
) -> ResponseReturnValue:
    is_new = number == len(entries_of(topic, kind))
    is_dropped = request.method == "POST" and "drop" in request.form
    if is_dropped:
        for name in ("name_de", "label_de", "url"):
            if name in form:
                form[name].validators = ()
    tried = attempt(
        form,
        lambda: _put_entry(topic.id, kind, number, form, is_dropped=is_dropped),
        stored=lambda: _entry_data(topic_of(topic.id), kind, number),
    )
    if tried.is_done:
        return back_to(topic.id, saved="dropped" if is_dropped else "saved")
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


def _entry_data(topic: TopicLine, kind: str, number: int) -> dict[str, Any]:
    """Return an entry as the form holds it; one place behind the last is a new one, anything else is not there."""
    entries = entries_of(topic, kind)
    if number > len(entries):
        raise NotFound
    data = partner_data if kind == "partner" else link_data
    known = data(entries[number]) if number < len(entries) else {}
    return known | {"version": topic.version}


def _put_entry(
    topic_id: int, kind: str, number: int, form: PartnerForm | LinkForm, *, is_dropped: bool
) -> None:
    topic = topic_of(topic_id)
    entries = entries_of(topic, kind)
    entries[number : number + 1] = [] if is_dropped else [form.entry()]
    name = "partners" if kind == "partner" else "links"
    change_topic(topic_id, details_of(topic, **{name: entries}), form.seen_version())
