"""Rules of passwords: how long they are, and which ones are tried first; pure (ADR 0021)."""

import re
import unicodedata

from booking.people.commonest import ROWS, WORDS
from booking.people.staff_refusals import TooCommon, TooLong, TooPersonal, TooShort

LEAST = 12
MOST = 200
_SPOKEN = str.maketrans("0134578@$!€+|", "oieastbasieti")  # how people disguise letters
_FILLING = re.compile(r"[\W\d_]+")
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_LONGEST_PERIOD = 4
_LEAST_SIGNS = 5


def normalised(password: str) -> str:
    """Return a password as it is kept and compared: the same signs, however a keyboard composes them."""
    return unicodedata.normalize("NFC", password)


def check_password(password: str, *, email: str, name: str) -> None:
    """Let a new password pass; any signs will do, in any mixture.

    Raises TooShort, TooLong, TooPersonal and TooCommon.
    """
    chosen = normalised(password)
    if len(chosen) < LEAST:
        raise TooShort(least=LEAST)
    if len(chosen) > MOST:
        raise TooLong(most=MOST)
    if _is_personal(chosen.casefold(), email=email.casefold(), name=name.casefold()):
        raise TooPersonal
    if is_common(chosen):
        raise TooCommon


def is_common(password: str) -> bool:
    """Return whether a password is a row of keys, a repetition, or words that everybody takes, with numbers."""
    text = password.casefold()
    return len(set(text)) < _LEAST_SIGNS or _is_repeated(text) or _is_row(text) or _is_of_words(text)


def _is_personal(text: str, *, email: str, name: str) -> bool:
    bare = _FILLING.sub("", text)
    local = email.partition("@")[0]
    own = {_FILLING.sub("", part) for part in (email, local, name)} - {""}
    return text == email or bare in own


def _is_repeated(text: str) -> bool:
    """Return whether the text is a few signs again and again, or twice what would be too short by itself."""
    half = len(text) // 2
    periods = [*range(1, _LONGEST_PERIOD + 1), *([half] if half < LEAST else [])]
    return any(text == (text[:period] * len(text))[: len(text)] for period in periods)


def _is_row(text: str) -> bool:
    """Return whether the text runs along keys, the alphabet or the digits, in pieces of four at least."""
    rows = [row for one in ROWS for row in (one * 2, one[::-1] * 2)]
    at = 0
    while at < len(text):
        longest = _longest_piece(text[at:], rows)
        if longest < min(4, len(text) - at):
            return False
        at += longest
    return True


def _longest_piece(text: str, rows: list[str]) -> int:
    length = 0
    while length < len(text) and any(text[: length + 1] in row for row in rows):
        length += 1
    return length


def _is_of_words(text: str) -> bool:
    """Return whether nothing is left of the text without numbers and signs but one or two common words."""
    core = _EDGES.sub("", text)
    readings = {_FILLING.sub("", text), _FILLING.sub("", core.translate(_SPOKEN))}
    return any(word in WORDS or _is_of_two(word) for word in readings if word) or "" in readings


def _is_of_two(text: str) -> bool:
    return any(text[:at] in WORDS and text[at:] in WORDS for at in range(2, len(text) - 1))
