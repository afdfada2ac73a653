"""Persons, and text from people made harmless for headers and calendar objects."""

import re
import unicodedata
from dataclasses import dataclass

import idna

_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # all that a parser may take for an end
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_INVISIBLE = re.compile(  # not the joiners
    "[\u00ad\u034f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff"
    "\U000e0000-\U000e007f]"
)
_LAST_TWO = "".join(chr(plane << 16 | at) for plane in range(17) for at in (0xFFFE, 0xFFFF))
_NO_SIGNS = re.compile(f"[\ufdd0-\ufdef{_LAST_TWO}]")  # HTML allows them nowhere
_SPACES = re.compile("[ \t]+")
_JOINERS = re.compile("[\u200c\u200d]")
_TITLE = re.compile(
    r"(?<!\w)(?:dr|prof|dipl|ing|med|phil|st|fr|hr|mag|doz|mr|mrs|ms)\."
    r"(?!(?:com|net|org|info|biz|shop|site|online|(?!dr\b)[^\W\d_]{2})\b)"
)
_WEB_ADDRESS = re.compile(r"://|:\\|\bwww\.|[\w-]{2}\.[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a letter or a calendar object names; both texts as somebody typed them."""

    name: str
    email: str


def many_lines(text: str) -> str:
    """Return the text with newlines as its only control characters, fit for UTF-8."""
    whole = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate would stop the worker
    readable = _NO_SIGNS.sub("", _CONTROLS.sub("", _BREAKS.sub("\n", whole).replace("\t", " ")))
    return _INVISIBLE.sub("", readable)


def one_line(text: str) -> str:
    """Return the text as one line without control characters, with single spaces."""
    return _SPACES.sub(" ", many_lines(text).replace("\n", " ")).strip()


def has_web_address(text: str) -> bool:
    """Return whether a mail program may make a link of a part of the text; "Dr.Kaya" is a title."""
    folded = unicodedata.normalize("NFKC", _JOINERS.sub("", text)).casefold().replace("\u3002", ".")
    return _WEB_ADDRESS.search(_TITLE.sub("", folded)) is not None


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
