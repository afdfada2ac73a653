"""The part of KERN that we send is what our pages use: all of it, and little more."""

import re

import tinycss2

from tests.house.tree import ROOT
from tools.trim_css import TRIMMED, trimmed


def test_the_trimmed_style_sheet_is_up_to_date():
    assert TRIMMED.read_text(encoding="utf-8") == trimmed(), "python -m tools.trim_css"


def test_it_is_a_whole_style_sheet_with_every_class_that_a_template_names():
    told = TRIMMED.read_text(encoding="utf-8")
    whole = (ROOT / "booking/static/vendor/kern/kern.min.css").read_text(encoding="utf-8")
    named = {
        found
        for path in (ROOT / "templates").rglob("*.html")
        for found in re.findall(r"\bkern-[a-z-]+(?:--[a-z-]*[a-z])?\b", path.read_text(encoding="utf-8"))
    }
    known = {one for one in named if f".{one}" in whole}

    assert [one.message for one in tinycss2.parse_stylesheet(told) if one.type == "error"] == []
    assert len(known) > 30
    assert sorted(one for one in known if f".{one}" not in told) == []
    assert len(told) < len(whole) / 3


def test_every_property_that_is_asked_for_is_given():
    told = TRIMMED.read_text(encoding="utf-8")
    own = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "booking/static").glob("*.css"))
    whole = (ROOT / "booking/static/vendor/kern/kern.min.css").read_text(encoding="utf-8")
    asked = set(re.findall(r"var\((--kern-[\w-]+)", told + own))

    assert sorted(one for one in asked if f"{one}:" in whole and f"{one}:" not in told) == []
