"""The book of journeys is whole: each need has its page, each page its pictures, each test its name."""

import os
import re

from tests.browser.journeys.needs import FOLDER, NEEDS, PICTURES, index
from tests.house.tree import ROOT


def test_the_index_names_every_need():
    if os.environ.get("JOURNEYS") == "write":
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / "README.md").write_text(index(), encoding="utf-8")

    assert (FOLDER / "README.md").read_text(encoding="utf-8") == index(), "make journeys"


def test_every_need_is_walked_or_says_what_it_waits_for():
    for need in NEEDS:
        assert bool(need.test) != bool(need.later), need.key
        if need.test:
            path, _, name = need.test.partition("::")
            assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), need.key


def test_every_picture_is_there_and_no_other():
    told = {
        picture
        for need in NEEDS
        if need.test
        for picture in re.findall(r"\(pictures/([^)]+)\)", need.page.read_text(encoding="utf-8"))
    }
    there = {one.name for one in (FOLDER / PICTURES).iterdir()}

    assert told == there
    assert all((FOLDER / PICTURES / one).stat().st_size < 150_000 for one in there)
