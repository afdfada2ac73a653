"""Views: the texts of the house."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from booking.web.context import house_text
from booking.web.public.programme import cacheable


def imprint() -> ResponseReturnValue:
    """Who is responsible."""
    return _text(_("Imprint"), "imprint")


def privacy() -> ResponseReturnValue:
    """What is stored of whom, why, how long, and what rights people have."""
    return _text(_("Privacy"), "privacy")


def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return _text(_("Accessibility"), "accessibility")


def contact() -> ResponseReturnValue:
    """How to reach the house."""
    return _text(_("Contact"), "contact")


def erased() -> ResponseReturnValue:
    """Say that the data is deleted."""
    return cacheable(render_template("public/erased.html"))


def _text(heading: str, name: str) -> ResponseReturnValue:
    return cacheable(render_template("public/text.html", heading=heading, body=house_text(name)))
