"""View: the first page of staff."""

from flask import render_template
from flask.typing import ResponseReturnValue


def staff_home() -> ResponseReturnValue:
    """Show what needs somebody today."""
    return render_template("staff/home/home.html")
