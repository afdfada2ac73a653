"""What somebody typed on a page of staff whose sign-in had ended: kept through signing in, and sent once more."""

import json

from flask import request
from flask_wtf.csrf import validate_csrf
from wtforms.validators import ValidationError

MOST_SIGNS = 200_000
MOST_FIELDS = 1000
_OWN = ("csrf_token", "kept", "next")

Pairs = list[tuple[str, str]]


def typed() -> str:
    """Return the fields of this request to be kept, as JSON; nothing for a form that was not ours, or is too long."""
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return ""
    pairs = [(name, value) for name, value in request.form.items(multi=True) if _may_be_kept(name)]
    text = json.dumps(pairs, ensure_ascii=False)
    return text if pairs and len(text) <= MOST_SIGNS and len(pairs) <= MOST_FIELDS else ""


def read(text: str) -> Pairs:
    """Return the fields that were kept; none where the text is not what ``typed`` writes."""
    try:
        found = json.loads(text) if len(text) <= MOST_SIGNS else []
    except (ValueError, RecursionError):
        return []
    if not isinstance(found, list) or len(found) > MOST_FIELDS:
        return []
    pairs = [(one[0], one[1]) for one in found if _is_pair(one)]
    return [(name, value) for name, value in pairs if _may_be_kept(name)]


def _is_pair(one: object) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(text, str) for text in one)


def _may_be_kept(name: str) -> bool:
    """Return whether a field may pass through a page: neither a password nor what belongs to one form alone."""
    return name not in _OWN and "password" not in name
