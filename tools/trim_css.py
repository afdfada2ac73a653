"""Write `booking/static/kern.css`, the part of KERN UX that our pages use: `python -m tools.trim_css`.

A rule stays when every class in one of its selectors may be used: it stands in a template, script or page of
ours, or its block and its modifier do (`kern-icon--` and `success`, put together on the page).  Custom
properties stay when something that stays asks for them.  A test compares the file with what this makes.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tinycss2

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "booking" / "static"
SOURCE = STATIC / "vendor" / "kern" / "kern.min.css"
TRIMMED = STATIC / "kern.css"
NOTE = "/*! A part of KERN UX (@kern-ux/native, EUPL-1.2, vendor/kern/LICENSE.md), made by tools/trim_css.py */\n"
_PLACES = (
    ("templates", "*.html"),
    ("booking/web", "*.py"),
    ("booking/static", "*.js"),
    ("booking/static", "*.css"),
)
_WORD = re.compile(r"[A-Za-z0-9_]+(?:-+[A-Za-z0-9_]+)*")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_PROPERTY = re.compile(r"--[\w-]+")


def trimmed() -> str:
    """Return the style sheet with what may be used, and nothing else."""
    words = _words()
    rules = tinycss2.parse_stylesheet(SOURCE.read_text("utf-8"), skip_comments=True, skip_whitespace=True)
    kept = [text for rule in rules if (text := _kept(rule, words))]
    asked = "".join(kept) + "".join(path.read_text("utf-8") for path in _own_sheets())
    return NOTE + _without_unasked("".join(kept), asked)


def _own_sheets() -> list[Path]:
    return [path for path in sorted(STATIC.glob("*.css")) if path != TRIMMED]


def _words() -> set[str]:
    """Return every word of our templates, scripts and views, of which classes may consist."""
    found: set[str] = set()
    for folder, pattern in _PLACES:
        for path in sorted((ROOT / folder).rglob(pattern)):
            if "vendor" not in path.parts and path != TRIMMED:
                found.update(_WORD.findall(path.read_text("utf-8")))
    return found


def _kept(rule: Any, words: set[str]) -> str:
    """Return a rule with the selectors that may match something, or nothing."""
    if rule.type == "qualified-rule":
        return _kept_rule(rule, words)
    if rule.type != "at-rule" or rule.at_keyword == "charset":
        return ""
    if rule.at_keyword != "media":
        return str(tinycss2.serialize([rule]))
    inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
    body = "".join(_kept(one, words) for one in inner)
    return f"@media{tinycss2.serialize(rule.prelude)}{{{body}}}" if body else ""


def _kept_rule(rule: Any, words: set[str]) -> str:
    selectors = [one for one in _split(rule.prelude) if _may_match(one, words)]
    return f"{','.join(selectors)}{{{tinycss2.serialize(rule.content)}}}" if selectors else ""


def _split(prelude: Iterable[Any]) -> list[str]:
    """Return the selectors of a rule; commas within parentheses divide none."""
    found: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            found.append([])
        else:
            found[-1].append(token)
    return [tinycss2.serialize(one).strip() for one in found]


def _may_match(selector: str, words: set[str]) -> bool:
    needed = _CLASS.findall(re.sub(r":(not|has|is|where)\([^()]*\)", "", selector))
    return all(_may_be_used(name, words) for name in needed)


def _may_be_used(name: str, words: set[str]) -> bool:
    block, _, modifier = name.partition("--")
    return name in words or (bool(modifier) and f"{block}--" in _blocks(words, block) and modifier in words)


def _blocks(words: set[str], block: str) -> tuple[str, ...]:
    return (f"{block}--",) if block in words else ()


def _without_unasked(sheet: str, asked: str) -> str:
    """Drop custom properties that nobody asks for, until none is left."""
    while (slim := _slimmer(sheet, set(re.findall(r"var\((--[\w-]+)", asked)))) != sheet:
        asked = asked.replace(sheet, slim)
        sheet = slim
    return sheet


def _slimmer(sheet: str, wanted: set[str]) -> str:
    def kept(found: re.Match[str]) -> str:
        return found[0] if found[1] in wanted else ""

    return re.sub(
        r"(?:^|(?<=[{}]))[^{}@]+\{\}", "", re.sub(r"(--kern[\w-]+):([^;{}]*)(;|(?=\}))", kept, sheet)
    )


if __name__ == "__main__":
    TRIMMED.write_text(trimmed(), encoding="utf-8")
    print(f"{TRIMMED.relative_to(ROOT)}: {TRIMMED.stat().st_size // 1024} KB")
