"""What stands in the head of a page for machines."""

import json
from typing import Any

from tests.visitors import Page


def metas(page: Page, name: str) -> list[str]:
    """Return the contents of the metas of a name."""
    found = [one for one in page.all("meta") if name in (one.get("name"), one.get("property"))]
    return [one.get("content") or "" for one in found]


def linked(page: Page, rel: str = "alternate") -> list[Any]:
    """Return the links of a relation."""
    return [one for one in page.all("link") if one.get("rel") == rel]


def data(page: Page) -> dict[str, Any]:
    """Return the blocks of JSON-LD by their type."""
    scripts = [one for one in page.all("script") if one.get("type") == "application/ld+json"]
    return {one["@type"]: one for one in (json.loads(script.text or "") for script in scripts)}


def is_hidden(page: Page) -> bool:
    """Return whether the page tells robots to forget it; the test client is no browser."""
    return page.response.headers.get("X-Robots-Tag") == "noindex, nofollow"
