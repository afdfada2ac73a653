"""Pictures of a house, as its file names them; pure.

A section ``[pictures.<key>]`` has a ``file`` of the folder ``media/<key of the house>`` beside the files of the
houses (SVG, PNG, JPEG or WebP), its ``width`` and ``height`` in pixels, so that the page need not jump, ``alt``
by language (what somebody who does not see it should know; empty where it only decorates) and may have a
``credit``.  The pages ask for the keys of ``USED``, and for those that topics name; what a house lacks is left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

USED = ("house", "way", "logo")
KINDS: Mapping[str, str] = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
}
MOST_PIXELS = 10_000
_KEY = re.compile(r"[a-z0-9-]{1,80}")
_FILE = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,78}}\.({'|'.join(KINDS)})")
_KNOWN = ("file", "width", "height", "alt", "credit")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the name of its file, its size in pixels, and what it shows by language."""

    key: str
    file: str
    width: int
    height: int
    alt: Mapping[str, str]
    credit: str

    @property
    def content_type(self) -> str:
        """The type of its content, by the ending of the file."""
        return KINDS[self.file.rpartition(".")[2]]

    def shows(self, language: str) -> str:
        """Return what it shows, in a language or in German."""
        return self.alt.get(language) or self.alt["de"]


def pictures(data: Mapping[str, Any]) -> dict[str, Picture]:
    """Return the pictures that a fit file names, by key."""
    sections: Mapping[str, Mapping[str, Any]] = data.get("pictures", {})
    return {
        key: Picture(key, one["file"], one["width"], one["height"], one["alt"], one.get("credit", ""))
        for key, one in sections.items()
    }


def picture_faults(data: Mapping[str, Any], *, languages: tuple[str, ...]) -> Iterator[str]:
    """Yield what is wrong with the sections of a file, in words for whoever writes it."""
    sections = data.get("pictures", {})
    if not isinstance(sections, dict):
        return  # told as a misshapen section
    for key, section in sections.items():
        where = f"pictures.{key}"
        if not _KEY.fullmatch(key):
            yield f"{where}: a key consists of lower-case letters, digits and hyphens"
        if not isinstance(section, dict):
            yield f"{where} must be a section, not {section!r}"
            continue
        yield from (f"{where}.{name} is not known" for name in section if name not in _KNOWN)
        yield from _unfit(section, where, languages)


def _unfit(section: Mapping[str, Any], where: str, languages: tuple[str, ...]) -> Iterator[str]:
    if not _FILE.fullmatch(str(section.get("file", ""))):
        yield f"{where}.file must be a name such as house.svg, with one of: {', '.join(KINDS)}"
    for name in ("width", "height"):
        size = section.get(name)
        if type(size) is not int or not 0 < size <= MOST_PIXELS:
            yield f"{where}.{name} must be a whole number of pixels from 1 to {MOST_PIXELS}"
    alt = section.get("alt")
    if not isinstance(alt, dict) or not all(isinstance(alt.get(language), str) for language in languages):
        yield f"{where}.alt must have a text for each language: {', '.join(languages)}"
    if not isinstance(section.get("credit", ""), str):
        yield f"{where}.credit must be a text"
