"""Topics and cooperations of a programme's file: checked word by word before they are entered."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from booking.catalogue.service import TopicDetails
from booking.catalogue.topics import TEXTS

_KNOWN = {"key", "names", "kind", "texts", "partners", "links", "picture", "is_published"}
_LANGUAGES = {"de", "en", "ls"}
_LISTS = {"questions"}


class UnfitTopic(ValueError):
    """A topic of a programme's file cannot be entered as it stands."""


def checked(one: Mapping[str, Any], *, position: int) -> TopicDetails:
    """Return a topic as its file tells it, at its place in the file; raises UnfitTopic naming every fault."""
    faults = list(_faults(one))
    if faults:
        raise UnfitTopic(f"topic {one.get('key')!r}: " + "; ".join(faults))
    return TopicDetails(**dict(one), position=position)


def _faults(one: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{name} is not known" for name in one if name not in _KNOWN)
    if not (isinstance(one.get("key"), str) and _is_said(one.get("names"))):
        yield "key and names (with de) are needed"
    yield from _faults_of_texts(one.get("texts", {}))
    for partner in one.get("partners", ()):
        if set(partner) - {"names", "part"} or not _is_said(partner.get("names")):
            yield f"a partner has names and part, by language, not {partner!r}"
    for link in one.get("links", ()):
        if set(link) != {"url", "labels"} or not _is_said(link["labels"]) or not _is_https(link["url"]):
            yield f"a link has an https url and labels, by language, not {link!r}"


def _faults_of_texts(texts: Mapping[str, Any]) -> Iterator[str]:
    if texts and "de" not in texts:
        yield "texts.de is missing: other languages fall back to it"
    for language, words in texts.items():
        if language not in _LANGUAGES:
            yield f"texts.{language} is not known"
        yield from (f"texts.{language}.{name} {fault}" for name, fault in _text_faults(words))


def _text_faults(words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in words.items():
        if name not in TEXTS:
            yield name, "is not known"
        elif name in _LISTS:
            if not (isinstance(value, list) and all(isinstance(text, str) for text in value)):
                yield name, "must be a list of texts"
        elif not isinstance(value, str):
            yield name, "must be a text"


def _is_said(words: object) -> bool:
    return (
        isinstance(words, dict)
        and bool(words.get("de"))
        and words.keys() <= _LANGUAGES
        and all(isinstance(text, str) for text in words.values())
    )


def _is_https(url: object) -> bool:
    try:
        parts = urlsplit(str(url))
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)
