"""How an address of the staff area is declared, and its path in the language of the page."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import url_for
from flask.typing import ResponseReturnValue

from booking.web.context import language
from booking.web.variants import locale_of

PREFIXES = {"de": "/de/intern", "en": "/en/staff"}


class Address(NamedTuple):
    """One page: view, paths below the prefix of the language, the permission it needs, and whether it takes a form.

    ``permission``  a name of ``people.permissions``, or "public" for the pages of signing in
    """

    view: Callable[..., ResponseReturnValue]
    german: str
    english: str
    permission: str
    takes_form: bool = False


def staff_address(name: str, **values: Any) -> str:
    """Return the path of a staff page in the language of this one."""
    return url_for(f"staff.{name}", language=locale_of(language()), **values)
