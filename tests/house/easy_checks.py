"""Mechanical rules of easy language, after DIN SPEC 33429: what a machine can see.

One statement a sentence, short words, active, no conditional, no genitive, no brackets, no abbreviations.
Whether people understand it, only people can say.
"""

import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.pofile import read_po

MOST_WORDS = 15
FORBIDDEN = {
    "an abbreviation": r"\b(?:z\. ?B\.|usw\.|bzw\.|ggf\.|d\. ?h\.|u\. ?a\.|etc\.|evtl\.|ca\.|inkl\.|Std\.|Min\.|Nr\.)",
    "a conditional": r"(?i)\b(?:würden?|könnten?|sollten?|müssten?|möchten?|hätten?|wären?|dürften?)\b",
    "a genitive": r"\b(?:des|eines|dieses Jahres|wegen|trotz|während|innerhalb|anhand|aufgrund|mithilfe|bezüglich)\b",
    "a passive": r"\b(?:wird|werden|wurden?|worden)\b(?!.*\b(?:heiß|schwindelig|schlecht)\b)",
    "officialese": r"\b(?:telefonisch|kostenlos|erfolgt|diesbezüglich|gemäß|sofern|falls|unverzüglich|entsprechend\w*"
    r"|Einwilligung|widerrufen|Benutzerkonto|Schaltfläche)\b",
    "a semicolon": r";",
    "a bracket": r"[()\[\]]",
    "a middle dot": r"[·•]",
    "a hyphen in a verb": r"\b(?![Bb]arriere-frei)[A-Za-zäöüÄÖÜß]{2,}-[a-zäöü]{4,}\b",
    "a word in capitals": r"\b[A-ZÄÖÜ]{6,}\b",
    "a number as a word": r"\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|fünfzehn|dreißig)\b",
    "a quotation mark": r"[„“”»«]",
}
MOST_LETTERS = 22
"""A longer word has a hyphen between its parts."""
_ENDS = re.compile(r"(?<!\b[0-9])(?<![0-9]{2})[.!?:](?=\s|$)|\n+")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ADDRESS = re.compile(r"\b\S*(?:@|https?://|www\.)\S*")
_TAGS = re.compile(r"[*#]+|^- |^\d+\. ", re.MULTILINE)


def faults(text: str) -> Iterator[str]:
    """Yield what a machine can see is not easy in a text; placeholders count as one word."""
    plain = _ADDRESS.sub("Adresse", _TAGS.sub("", _LINK.sub(r"\1", _PLACEHOLDER.sub("Wort", text))))
    for name, pattern in FORBIDDEN.items():
        found = re.search(pattern, plain)
        if found:
            yield f"{name}: {found[0]!r} in {_short(plain)}"
    for sentence in _ENDS.split(plain):
        words = [word for word in sentence.split() if any(map(str.isalnum, word))]
        if len(words) > MOST_WORDS:
            yield f"{len(words)} words: {_short(sentence)}"
        yield from (
            f"{len(part)} letters: {part}"
            for word in words
            for part in re.split(r"[-–/]", word)
            if _is_long(part)
        )


def _is_long(part: str) -> bool:
    return len(re.sub(r"\W", "", part)) > MOST_LETTERS


def catalogue(po: Path) -> Iterator[tuple[str, str]]:
    """Yield every message of a catalogue with what is said for it."""
    with po.open("rb") as file:
        messages = list(read_po(file, locale="de"))
    for message in messages:
        if message.id:
            forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
            yield from ((str(message.id), str(form)) for form in forms if form)


def houses(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every easy text of houses and programmes with where it stands."""
    for file in sorted(folder.rglob("*.toml")):
        yield from _easy(tomllib.loads(file.read_text(encoding="utf-8")), file.stem)


def _easy(data: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, list):
        for number, one in enumerate(data):
            yield from _easy(one, f"{where}.{number}")
    if isinstance(data, dict):
        for name, one in data.items():
            if name == "ls":
                yield from _texts(one, f"{where}.ls")
            else:
                yield from _easy(one, f"{where}.{one.get('key', name) if isinstance(one, dict) else name}")


def _texts(data: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, str):
        yield where, data
    if isinstance(data, dict):
        for name, one in data.items():
            yield from _texts(one, f"{where}.{name}")


class _Words(HTMLParser):
    """The words of a template, a line for each element that begins one."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)

    def _break(self, tag: str) -> None:
        if tag not in ("a", "strong", "span", "b", "em"):
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data


def template(text: str) -> Iterator[str]:
    """Yield the lines of a template that people read: its words, and the texts that it gives to macros."""
    ours = re.sub(r'(?:_|ngettext)\((?:"[^"]*",? ?)+', "", text)
    yield from re.findall(r'(?<=[ (,])"([A-ZÄÖÜ][a-zäöüß]+ [^"{}]*)"', ours)
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", text, flags=re.DOTALL)
    reader = _Words()
    reader.feed(re.sub(r"\{\{.*?\}\}", "Wort", bare, flags=re.DOTALL))
    yield from (line for line in reader.lines if line.strip())


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return repr(flat if len(flat) < 120 else f"{flat[:117]}...")
