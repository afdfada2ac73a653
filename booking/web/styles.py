"""The one style sheet of a house: fonts, the part of KERN in use, our own rules, and the colours of the house."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

from booking.web.context import house, static
from booking.web.pictures import picture_row

_FONTS = "vendor/fira-sans"
_PARTS = ("kern.css", "app.css", "public.css")
_YEAR = 31_536_000


def install(app: Flask) -> None:
    """Let templates name the style sheet, and the pictures of the house."""
    app.jinja_env.globals["stylesheet_href"] = stylesheet_href
    app.jinja_env.globals["picture_of"] = picture_row


def house_stylesheet() -> Response:
    """Return the style sheet; for good, where its address carries the hash of what it says now."""
    sheet, named = _sheet(), request.args.get("v")
    answer = Response(sheet, content_type="text/css; charset=utf-8")
    answer.set_etag(_hash(sheet))
    is_this = named == _hash(sheet)
    answer.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable" if is_this else "no-cache"
    answer.make_conditional(request)
    return answer


def stylesheet_href() -> str:
    """Return the address of the style sheet of this house, with a hash of its content."""
    return url_for("system.house_stylesheet", v=_hash(_sheet()))


def _sheet() -> str:
    found = house()
    colours = f":root{{--house-accent:{found.accent};--house-accent-dark:{found.accent_dark}}}\n"
    folder = Path(str(current_app.static_folder))
    return _common(folder, request.script_root, _versions(folder)) + colours


def _versions(folder: Path) -> tuple[int, ...]:
    """Return when each part was written, so that what a developer saves is seen at once."""
    return tuple((folder / part).stat().st_mtime_ns for part in _PARTS)


@lru_cache(maxsize=8)
def _common(folder: Path, _root: str, _written: tuple[int, ...]) -> str:
    """Return what all houses share, without comments and the space that nobody reads."""
    fonts = (folder / _FONTS / "fira-sans.css").read_text("utf-8")
    fonts = re.sub(r"url\(([^)]+)\)", lambda found: f"url({static(f'{_FONTS}/{found[1]}')})", fonts)
    own = "".join((folder / part).read_text("utf-8") for part in _PARTS)
    bare = re.sub(r"/\*(?!!).*?\*/", "", own, flags=re.DOTALL)
    return fonts + re.sub(r"\n\s*", "\n", bare)


@lru_cache(maxsize=32)
def _hash(sheet: str) -> str:
    return hashlib.sha256(sheet.encode()).hexdigest()[:12]
