"""Pictures of a house: their addresses with a hash of the content, and the answers that carry them."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue

from booking.houses.pictures import Picture
from booking.web.context import house, language
from booking.web.roof import roof

YEAR = 31_536_000
_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture as templates show it; ``alt`` is empty where it only decorates."""

    href: str
    alt: str
    width: int
    height: int
    credit: str


def picture_row(key: str) -> PictureRow | None:
    """Return a picture of the house in the language of the page, or None where the house has none of this key."""
    found = house().pictures.get(key)
    digest = _digest_of(found) if found else ""
    if found is None or not digest:
        return None
    href = url_for("system.picture", key=key, v=digest)
    return PictureRow(href, found.shows(language()), found.width, found.height, found.credit)


def picture(key: str) -> ResponseReturnValue:
    """A picture that the file of the house names; for a year under the address that carries its hash."""
    found = house().pictures.get(key)
    digest = _digest_of(found) if found else ""
    if found is None or not digest:
        abort(404)
    answer = Response(_path(found).read_bytes(), content_type=found.content_type)
    is_named = request.args.get("v") == digest
    answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if is_named else "no-cache"
    answer.headers["Content-Security-Policy"] = _SANDBOX  # opened by itself, an SVG is a document
    answer.set_etag(digest)
    answer.make_conditional(request)
    return answer


def _path(found: Picture) -> Path:
    return roof().houses_folder / "media" / house().key / found.file


def _digest_of(found: Picture) -> str:
    """Return a hash of the content, or an empty string where the file is not there."""
    path = _path(found)
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return ""
    return _digest(path, changed)


@lru_cache(maxsize=256)
def _digest(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
