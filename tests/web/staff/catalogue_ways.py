"""Ways through the catalogue of staff: where its pages are, and how a form is sent."""

from typing import Any
from xml.etree.ElementTree import Element

from booking.web.staff import ADDRESSES
from tests.visitors import Page, Visitor

GERMAN = "/de/intern"
_HTML = "{http://www.w3.org/1999/xhtml}"
AREA = "booking.web.staff.catalogue"
CATALOGUE = tuple(one for one in ADDRESSES if one.view.__module__.startswith(AREA))


def form_of(page: Page) -> dict[str, Any]:
    """Return what the form of a page would send: the last one, which is the page's own."""
    form = page.all("form")[-1]
    found: dict[str, Any] = {}
    for one in form.iter(f"{_HTML}input"):
        name, kind = one.get("name"), one.get("type")
        if not name or (kind in ("checkbox", "radio") and one.get("checked") is None):
            continue
        if kind == "checkbox" and name in _lists(form):
            found.setdefault(name, []).append(one.get("value", ""))
        else:
            found[name] = one.get("value", "")
    found |= {one.get("name", ""): (one.text or "").lstrip("\n") for one in form.iter(f"{_HTML}textarea")}
    for one in form.iter(f"{_HTML}select"):
        chosen = [option for option in one.iter(f"{_HTML}option") if option.get("selected") is not None]
        options = chosen or list(one.iter(f"{_HTML}option"))
        found[one.get("name", "")] = options[0].get("value", "") if options else ""
    return found


def _lists(form: Element) -> set[str]:
    names = [one.get("name", "") for one in form.iter(f"{_HTML}input") if one.get("type") == "checkbox"]
    return {name for name in names if names.count(name) > 1}


def sent(visitor: Visitor, path: str, **changed: Any) -> Page:
    """Open a form, change some fields (None leaves one out) and send it."""
    fields = form_of(visitor.get(path)) | changed
    return visitor.post(path, {name: value for name, value in fields.items() if value is not None})


def errors_of(page: Page) -> dict[str, str]:
    """Return the errors that stand at fields, by the id of the field."""
    found = {}
    for one in page.all("p"):
        if one.get("class") == "kern-error":
            found[one.get("id", "").removesuffix("-error")] = "".join(one.itertext()).strip()
    return found
