"""Paper: PDFs with tags (PDF/UA-1), written by typst from data that are never taken for markup."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from booking.web.glyphs import printable
from booking.web.roof import roof

_TYPESET = str(Path(__file__).with_name("typeset.py"))
_SECONDS = 30
_PRESSES = BoundedSemaphore(2)  # pages that one web process sets at a time: each takes some 60 MB
_LONG_WORD = re.compile(r"\S{41,}")
_BREAK = "\u200b"  # an invisible place where a long word may end its line


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of a template of ``templates/paper``; raises RuntimeError when typst cannot write it.

    typst and its fonts live in a process of their own, which ends with the
    page: a web worker that writes paper stays as small as one that does not.
    """
    folder = roof().root / "templates" / "paper"
    shown = _words(data, lambda text: _breakable(printable(text, _fonts(folder))))
    told = {"template": str(folder / f"{template}.typ"), "folder": str(folder), "data": shown}
    with _PRESSES:
        done = subprocess.run(  # noqa: S603 - our own program, and data on its standard input alone
            [sys.executable, _TYPESET],
            input=json.dumps(told | {"fonts": str(_fonts(folder))}).encode("ascii"),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"{template}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


def blocks(text: str) -> list[dict[str, Any]]:
    """Return the paragraphs and lists of a text of the house: paper shows no more of Markdown, as mails do."""
    found = []
    for block in text.replace("\r\n", "\n").replace("**", "").strip().split("\n\n"):
        first, *items = ("\n" + block).replace("\n* ", "\n- ").split("\n- ")
        found.append({"text": _line(first), "items": [_line(item) for item in items if item.strip()]})
    return [one for one in found if one["text"] or one["items"]]


def _fonts(folder: Path) -> Path:
    return folder / "vendor" / "fira-sans"


def _line(text: str) -> str:
    return " ".join(text.split())


def _breakable(text: str) -> str:
    """Return the text with a place to break in every word that is longer than a line can hold."""
    return _LONG_WORD.sub(lambda word: _BREAK.join(re.findall(".{1,20}", word[0])), text)


def _words(value: Any, change: Callable[[str], str]) -> Any:
    """Return the data with every text changed but those that lead somewhere."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: one if name in ("qr", "url") else _words(one, change) for name, one in value.items()}
    return [_words(one, change) for one in value] if isinstance(value, list | tuple) else value
