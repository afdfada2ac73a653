"""What the tests of dates type: forms read as a browser would send them, boxes and lists included."""

from typing import Any
from urllib.parse import urlsplit

from booking.web.staff.pages import PREFIXES
from tests.visitors import Page, Visitor

_HTML = "{http://www.w3.org/1999/xhtml}"
LIST = PREFIXES["de"] + "/termine"
SERIES = PREFIXES["de"] + "/serien"


def filled(page: Page, **typed: Any) -> dict[str, Any]:
    """Return the form of a page that is posted, with its boxes and lists, and what is typed over it."""
    form = next(one for one in reversed(page.all("form")) if one.get("method") == "post" and _is_wide(one))
    sent: dict[str, Any] = {}
    for one in form.iter(f"{_HTML}input"):
        kind, name = one.get("type"), one.get("name", "")
        if kind == "checkbox" and name in ("hosts", "weekdays", "id"):
            if one.get("checked") is not None:
                sent.setdefault(name, []).append(one.get("value", ""))
        elif name and (kind not in ("checkbox", "radio") or one.get("checked") is not None):
            sent[name] = one.get("value", "")
    for one in form.iter(f"{_HTML}textarea"):
        sent[one.get("name", "")] = one.text or ""
    for one in form.iter(f"{_HTML}select"):
        chosen = [option for option in one.iter(f"{_HTML}option") if option.get("selected") is not None]
        sent[one.get("name", "")] = (chosen or list(one.iter(f"{_HTML}option")))[0].get("value", "")
    return sent | typed


def _is_wide(form: Any) -> bool:
    return any(one.get("name") == "csrf_token" for one in form.iter(f"{_HTML}input"))


def sent(visitor: Visitor, page: Page, *, do: str = "save", **typed: Any) -> Page:
    """Send the form of a page to where it goes."""
    return visitor.post(here(page), filled(page, do=do, **typed))


def here(page: Page) -> str:
    """Return the address of a page with its question."""
    url = urlsplit(page.response.request.url)
    return f"{url.path}?{url.query}" if url.query else url.path


def buttons(page: Page) -> dict[str, str]:
    """Return the words of each button that fills the form, by its value."""
    return {
        one.get("value", ""): " ".join("".join(one.itertext()).split())
        for one in page.all("button")
        if one.get("name") == "take" and one.get("value") != "look"
    }


def values(page: Page, name: str) -> list[str]:
    """Return the values of every field of a name."""
    return [one.get("value", "") for one in page.all("input") if one.get("name") == name]
