"""Persons, and text from people made harmless for headers and calendar objects."""

import re
from dataclasses import dataclass

import idna

_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # all that a parser may take for an end
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)  # not the joiners
_SPACES = re.compile("[ \t]+")


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a letter or a calendar object names; both texts as somebody typed them."""

    name: str
    email: str


def many_lines(text: str) -> str:
    """Return the text with newlines as its only control characters, fit for UTF-8."""
    whole = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate would stop the worker
    return _INVISIBLE.sub("", _CONTROLS.sub("", _BREAKS.sub("\n", whole).replace("\t", " ")))


def one_line(text: str) -> str:
    """Return the text as one line without control characters, with single spaces."""
    return _SPACES.sub(" ", many_lines(text).replace("\n", " ")).strip()


def mailbox(email: str) -> str:
    """Return the address for envelope and headers: on one line, the domain in ASCII.

    IDNA of 2008, because that of 2003 would deliver mail for a domain with ß to another domain.
    A domain that cannot be said in ASCII stays as it is: the mail server refuses it.
    """
    local, at, domain = one_line(email).rpartition("@")
    if domain.isascii():
        return local + at + domain
    try:
        return local + at + idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return local + at + domain


def language_tag(language: str) -> str:
    """Return the tag of RFC 5646: easy language is German to a machine."""
    return "de" if language == "ls" else one_line(language)
