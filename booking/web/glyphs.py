"""Which signs the fonts on paper can show, and what stands in place of the others."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

MISSING = "▯"
_TABLE = struct.Struct(">4s4xLL")
_SUBTABLE = struct.Struct(">4xL")


def printable(text: str, folder: Path) -> str:
    """Return the text with ▯ for each sign that the fonts in ``folder`` lack; what nobody sees is left out.

    Spaces of other widths become plain ones.  Raises ValueError for a font
    whose character map is none of Unicode's first plane.
    """
    known = signs(folder)
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign if sign in known else _instead(sign) for sign in composed)


@cache
def signs(folder: Path) -> frozenset[str]:
    """Return the signs that every font in ``folder`` shows, and the ends of lines; read once in a process."""
    found = [frozenset(_mapped(font.read_bytes())) for font in sorted(folder.glob("*.ttf"))]
    return frozenset.intersection(*found) | {"\n"}


def _instead(sign: str) -> str:
    category = unicodedata.category(sign)
    if category.startswith("Z") or sign == "\t":
        return " "
    return "" if category in ("Cc", "Cf", "Mn", "Me") else MISSING


def _mapped(font: bytes) -> Iterator[str]:
    """Yield the signs of a TrueType font, from format 4 of its table ``cmap``."""
    tables = (_TABLE.unpack_from(font, 12 + 16 * at) for at in range(_short(font, 4)))
    cmap = next(offset for tag, offset, _length in tables if tag == b"cmap")
    parts = (_SUBTABLE.unpack_from(font, cmap + 4 + 8 * at)[0] for at in range(_short(font, cmap + 2)))
    start = next((cmap + offset for offset in parts if _short(font, cmap + offset) == 4), None)
    if start is None:
        raise ValueError("the font has no character map of format 4")
    width = _short(font, start + 6)  # bytes of each of its four columns: ends, starts, deltas, offsets
    for at in range(start + 14, start + 14 + width, 2):
        yield from _segment(font, at, width=width)


def _segment(font: bytes, at: int, *, width: int) -> Iterator[str]:
    last = _short(font, at)
    first, delta, offset = (_short(font, at + 2 + column * width) for column in (1, 2, 3))
    for code in range(first, last + 1):
        glyph = _short(font, at + 2 + 3 * width + offset + 2 * (code - first)) if offset else code
        if glyph and (glyph + delta) % 0x10000:  # glyph 0 is the sign for a missing one
            yield chr(code)


def _short(font: bytes, at: int) -> int:
    found: int = struct.unpack_from(">H", font, at)[0]
    return found
