"""Checks of the catalogues: every text is translated, and what is compiled is what is written."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

_PLACEHOLDER = re.compile(r"%\(\w+\)s|%\(\w+\)d|\{\w*\}")


def texts(root: Path, *, mapping: str = "babel.cfg") -> Catalog:
    """Every text of the project that stands to be translated, found as `make translations` finds it."""
    with (root / mapping).open() as file:
        methods, options = parse_mapping_cfg(file)
    named = re.search(r"^KEYWORDS := (.*)$", (root / "Makefile").read_text(), re.MULTILINE)
    assert named, "the Makefile names no keywords"
    keywords = DEFAULT_KEYWORDS | parse_keywords(named[1].replace("-k ", "").split())
    catalogue = Catalog()
    found = extract_from_dir(root, methods, options, keywords, directory_filter=_is_ours)
    for where, line, text, _comments, context in found:
        catalogue.add(text, locations=[(where, line)], context=context)
    return catalogue


def untranslated(source: Catalog, translation: Catalog) -> Iterator[str]:
    """Texts that are missing, empty, fuzzy or lose a placeholder in the translation."""
    for message in source:
        if not message.id:
            continue
        translated = translation.get(first(message.id), message.context)
        if translated is None:
            yield f"{first(message.id)!r} ({message.locations}) is not in the catalogue: make translations"
        elif translated.fuzzy or not all(_forms(translated.string)):
            yield f"{first(message.id)!r} is not translated"
        elif lost := _placeholders(_forms(message.id)) - _placeholders(_forms(translated.string)):
            yield f"{first(message.id)!r} loses {sorted(lost)}"


def stale(po: Path) -> Iterator[str]:
    """A compiled catalogue that is not what a compiler makes of the written one."""
    with po.open("rb") as file:
        catalogue = read_po(file)
    fresh = io.BytesIO()
    write_mo(fresh, catalogue)
    mo = po.with_suffix(".mo")
    if not mo.exists():
        yield f"{mo.name} is missing: make translations"
    elif mo.read_bytes() != fresh.getvalue():
        yield f"{mo.name} is older than {po.name}: make translations"


def _is_ours(folder: str | Path) -> bool:
    return not Path(folder).name.startswith((".", "_")) and Path(folder).name not in {
        "var",
        "tests",
        "vendor",
    }


def _forms(text: Message | str | tuple[str, ...] | list[str] | None) -> list[str]:
    if isinstance(text, list | tuple):
        return [str(form) for form in text]
    return [str(text or "")]


def first(text: str | tuple[str, ...] | list[str]) -> str:
    """Return the one form of a text, or its singular."""
    return _forms(text)[0]


def _placeholders(forms: list[str]) -> set[str]:
    return {placeholder for form in forms for placeholder in _PLACEHOLDER.findall(form)}
