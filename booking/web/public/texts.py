"""View: say that the data of a booking is deleted."""

from flask import render_template
from flask.typing import ResponseReturnValue

from booking.web.public.answers import cacheable


def erased() -> ResponseReturnValue:
    """Say that the data is deleted."""
    return cacheable(render_template("public/erased.html"))
