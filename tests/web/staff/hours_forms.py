"""What a browser would send of a form with lists and boxes."""

from tests.visitors import Page

_HTML = "{http://www.w3.org/1999/xhtml}"


def sent_by(page: Page, number: int = -1) -> dict[str, str]:
    """Return names and values of a form's fields, lists with what is chosen (default: the last form)."""
    form = page.all("form")[number]
    found = page.fields(number)
    for one in form.iter(f"{_HTML}select"):
        options = list(one.iter(f"{_HTML}option"))
        chosen = next((option for option in options if option.get("selected") is not None), options[0])
        found[one.get("name", "")] = chosen.get("value", "")
    return found


def is_done(page: Page) -> bool:
    """Return whether a button did what it says: the answer led on to another page."""
    return [one.status_code for one in page.response.history] == [303] and page.status == 200
