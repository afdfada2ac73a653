"""Forms of topics and cooperations: what they are called, what their page tells, partners and links."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from booking.catalogue.service import TopicDetails
from booking.catalogue.thing_lists import TopicLine
from booking.web.context import house
from booking.web.public.rows import named
from booking.web.staff.catalogue.fields import (
    LANGUAGES,
    ChoiceField,
    NamesFields,
    WholeField,
    area_field,
    https,
    names_data,
    text_field,
    title_field,
)
from booking.web.staff.catalogue.words import choices
from booking.web.staff.forms import VersionedForm
from booking.web.staff.history.field_labels import WORDS as _KINDS

WORDS = ("title", "lead", "body", "questions", "meet")
NEEDED = ("name", "lead", "body")


class TopicForm(NamesFields, VersionedForm):
    """What a topic or a cooperation is called, and where it stands."""

    kind = ChoiceField(_l("Kind"))
    position = WholeField(
        _l("Position in lists"), least=0, most=999, default=0, description=_l("Small numbers come first.")
    )
    picture = ChoiceField(_l("Picture"), description=_l("Pictures stand in the file of the house."))
    is_published = BooleanField(_l("Visitors can read its page, once it has German texts"), default=True)

    def suit(self, *, is_new: bool) -> None:
        """Offer what can be chosen."""
        self.kind.choices = choices({kind: _KINDS[kind] for kind in ("topic", "cooperation")})
        self.picture.choices = [("", _("none")), *((key, key) for key in sorted(house().pictures))]
        if self.picture.data and self.picture.data not in house().pictures:
            self.picture.choices.append((self.picture.data, self.picture.data))
        if is_new:
            del self.version

    def details(self, old: TopicLine | None) -> TopicDetails:
        """Return the topic with what the form tells, and the rest as it is."""
        return details_of(
            old,
            names=self.names(),
            kind=self.kind.data,
            position=self.position.data or 0,
            picture=self.picture.data or "",
            is_published=self.is_published.data,
        )


class TopicTextForm(VersionedForm):
    """What the page of a topic tells in one language."""

    title = title_field(_l("Title"), most=200, description=_l("Empty: the name of the topic"))
    lead = area_field(_l("Introduction"), most=600)
    body = area_field(_l("Text"), most=15000, description=_l("Markdown is possible."))
    questions = area_field(_l("What one could ask"), most=3000, description=_l("One question in each line"))
    meet = area_field(
        _l("Where to meet those who work on it"), most=3000, description=_l("Markdown is possible.")
    )

    def words(self) -> dict[str, Any]:
        """Return the words that are there."""
        found: dict[str, Any] = {word: self[word].data for word in WORDS if self[word].data}
        if "questions" in found:
            found["questions"] = [text.strip() for text in found["questions"].splitlines() if text.strip()]
        return found


class PartnerForm(VersionedForm):
    """Who works in a cooperation, and on what."""

    name_de = text_field(_l("Name in German"), most=200, is_needed=True)
    name_en = text_field(_l("Name in English"), most=200)
    name_ls = text_field(_l("Name in easy language"), most=200)
    part_de = text_field(_l("On what, in German"), most=400)
    part_en = text_field(_l("On what, in English"), most=400)
    part_ls = text_field(_l("On what, in easy language"), most=400)

    def entry(self) -> dict[str, Any]:
        """Return the partner as it is stored."""
        found = {"names": _said(self, "name"), "part": _said(self, "part")}
        return {name: words for name, words in found.items() if words}


class LinkForm(VersionedForm):
    """Where to read more."""

    url = text_field(_l("Address"), most=500, is_needed=True, description=_l("It begins with https://"))
    label_de = text_field(_l("What is found there, in German"), most=200, is_needed=True)
    label_en = text_field(_l("What is found there, in English"), most=200)
    label_ls = text_field(_l("What is found there, in easy language"), most=200)

    validate_url = staticmethod(https)

    def entry(self) -> dict[str, Any]:
        """Return the link as it is stored."""
        return {"url": self.url.data, "labels": _said(self, "label")}


def _said(form: VersionedForm, name: str) -> dict[str, str]:
    typed = {language: form[f"{name}_{language}"].data for language in LANGUAGES}
    return {language: text for language, text in typed.items() if text}


def details_of(old: TopicLine | None, **changed: Any) -> TopicDetails:
    """Return a topic as it is, with what changes."""
    if old is None:
        return TopicDetails(key="", **changed)
    same = ("key", "names", "kind", "position", "texts", "partners", "links", "picture", "is_published")
    return TopicDetails(**{name: getattr(old, name) for name in same} | changed)


def topic_data(topic: TopicLine) -> dict[str, Any]:
    """Return what is stored, as the form holds it."""
    same = ("kind", "position", "picture", "is_published", "version")
    return {name: getattr(topic, name) for name in same} | names_data(topic.names)


def text_data(topic: TopicLine, of: str) -> dict[str, Any]:
    """Return the words of one language, as the form holds them."""
    words = topic.texts.get(of, {})
    found = {word: words.get(word, "") for word in WORDS}
    return found | {"questions": "\n".join(words.get("questions", ())), "version": topic.version}


def partner_data(partner: Mapping[str, Any]) -> dict[str, Any]:
    """Return a partner, as the form holds it."""
    found = {f"name_{language}": partner["names"].get(language, "") for language in LANGUAGES}
    return found | {f"part_{language}": partner.get("part", {}).get(language, "") for language in LANGUAGES}


def link_data(link: Mapping[str, Any]) -> dict[str, Any]:
    """Return a link, as the form holds it."""
    return {"url": link["url"]} | {f"label_{one}": link["labels"].get(one, "") for one in LANGUAGES}


def entry_name(entry: Mapping[str, Any]) -> str:
    """Return what a partner or a link is called."""
    return named(entry.get("names") or entry.get("labels") or {})


def entries_of(topic: TopicLine, kind: str) -> list[Any]:
    """Return the partners or the links of a topic."""
    return list(topic.partners if kind == "partner" else topic.links)
