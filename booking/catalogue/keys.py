"""Keys: the part of an address that names a thing, made from its title; pure."""

import re
import unicodedata
from collections.abc import Container

LONGEST = 60
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"})


def key_of(title: str) -> str:
    """Return a key for a title in lower-case letters, digits and hyphens; "new" where nothing is left of it."""
    spelled = unicodedata.normalize("NFC", title).lower().translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    key = ""
    for word in words:
        longer = f"{key}-{word}" if key else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        key = longer
    return key or "new"


def free_key(title: str, *, taken: Container[str]) -> str:
    """Return the key of a title, with a number behind it where it is taken."""
    key, number = key_of(title), 2
    wanted = key
    while wanted in taken:
        wanted = f"{key}-{number}"
        number += 1
    return wanted


def is_key(text: str) -> bool:
    """Return whether a text can stand in an address as it is."""
    return len(text) <= LONGEST + 10 and bool(KEY.fullmatch(text))
