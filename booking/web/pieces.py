"""Pieces of pages, such as the row of a date, that are drawn once for all who see the same words."""

from collections.abc import Callable, Hashable
from typing import Any

from flask import Flask
from jinja2.runtime import Macro
from markupsafe import Markup

_MOST = 512  # a row takes about 1 KB
_drawn: dict[tuple[Hashable, ...], Markup] = {}


def install(app: Flask, *, language: Callable[[], str]) -> None:
    """Let templates say ``kept(macro, row)`` where they would say ``macro(row)``.

    The macro knows nothing but what it is given and the language of the page, and has a name of its own
    among all templates. Where templates are being worked on, it is drawn each time.
    """

    def kept(macro: Macro, *shown: Hashable) -> Any:
        return macro(*shown) if app.jinja_env.auto_reload else _kept(macro, language(), *shown)

    app.jinja_env.globals["kept"] = kept


def _kept(macro: Macro, language: str, *shown: Hashable) -> Markup:
    key = (macro.name, language, *shown)
    found = _drawn.get(key)
    if found is None:
        if len(_drawn) >= _MOST:
            _drawn.clear()
        found = _drawn[key] = Markup(macro(*shown))  # noqa: S704 - a template drew it, and escaped
    return found
