"""The video in sign language of a house: its address with a hash of the content, and the answer in parts."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import abort, request, send_file, url_for
from flask.typing import ResponseReturnValue

from booking.houses.sign_language import content_type
from booking.web.context import house
from booking.web.pictures import YEAR
from booking.web.roof import roof

PARTS = ("video", "poster")


def href(part: str) -> str:
    """Return the address of the video or its poster; empty where the house has none."""
    path = _path(part)
    return url_for("system.signed", part=part, v=_digest(path, path.stat().st_mtime_ns)) if path else ""


def kind(part: str) -> str:
    """Return the content type of the video or its poster."""
    return content_type(getattr(house().sign_language, part))


def signed(part: str) -> ResponseReturnValue:
    """The video or its poster, whole or the part that a player asks for; for a year under the address with its hash."""
    path = _path(part)
    if path is None:
        abort(404)
    digest = _digest(path, path.stat().st_mtime_ns)
    answer = send_file(path, mimetype=kind(part), conditional=True, etag=digest)
    is_named = request.args.get("v") == digest
    answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if is_named else "no-cache"
    return answer


def _path(part: str) -> Path | None:
    """Return where the file of a part lies, or None where there is none."""
    name: str = getattr(house().sign_language, part) if part in PARTS else ""
    path = roof().houses_folder / "media" / house().key / name
    return path if name and path.is_file() else None


@lru_cache(maxsize=32)
def _digest(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
