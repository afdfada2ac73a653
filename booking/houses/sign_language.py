"""The video in German Sign Language of a house, as its file names it; pure.

Section ``[sign_language]``, which may be missing as long as there is no video:

``video``       a file of the folder ``media/<key of the house>`` beside the files of the houses (MP4 or WebM)
``poster``      a picture of that folder, shown until the video plays; may be missing
``transcript``  what is signed, by language
``contact``     how to reach the house without a telephone, by language; may stand without a video
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

VIDEOS: Mapping[str, str] = {"mp4": "video/mp4", "webm": "video/webm"}
POSTERS: Mapping[str, str] = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
}
_KNOWN = ("video", "poster", "transcript", "contact")


@dataclass(frozen=True, slots=True)
class SignLanguage:
    """What a house says in sign language: names of files, empty where there is none, and texts by language."""

    video: str = ""
    poster: str = ""
    transcript: Mapping[str, str] | None = None
    contact: Mapping[str, str] | None = None

    def says(self, name: str, language: str) -> str:
        """Return ``transcript`` or ``contact`` in a language or in German, or an empty string."""
        texts: Mapping[str, str] = getattr(self, name) or {}
        return texts.get(language) or texts.get("de", "")


def sign_language(data: Mapping[str, Any]) -> SignLanguage:
    """Return what a fit file says about sign language."""
    return SignLanguage(**data.get("sign_language", {}))


def content_type(file: str) -> str:
    """Return the type of the content of a file that a fit section names."""
    return {**VIDEOS, **POSTERS}[file.rpartition(".")[2]]


def sign_language_faults(data: Mapping[str, Any], *, languages: tuple[str, ...]) -> Iterator[str]:
    """Yield what is wrong with the section of a file, in words for whoever writes it."""
    section = data.get("sign_language", {})
    if not isinstance(section, dict):
        return  # told as a misshapen section
    yield from (f"sign_language.{name} is not known" for name in section if name not in _KNOWN)
    for name, kinds in (("video", VIDEOS), ("poster", POSTERS)):
        if name in section and not _is_file(section[name], kinds):
            yield f"sign_language.{name} must be the name of a file, with one of: {', '.join(kinds)}"
    needed = {"transcript": "video" in section, "contact": False}
    for name, is_needed in needed.items():
        if (is_needed or name in section) and not _has_texts(section.get(name), languages):
            yield f"sign_language.{name} must have a text for each language: {', '.join(languages)}"


def _is_file(name: object, kinds: Mapping[str, str]) -> bool:
    return re.fullmatch(rf"[a-z0-9][a-z0-9_-]{{0,78}}\.({'|'.join(kinds)})", str(name)) is not None


def _has_texts(texts: object, languages: tuple[str, ...]) -> bool:
    return (
        isinstance(texts, dict)
        and all(texts.get(language) for language in languages)
        and all(isinstance(text, str) for text in texts.values())
    )
