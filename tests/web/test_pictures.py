"""Pictures of a house: from our own address, kept for a year by their hash, and only those that its file names."""

import re

import pytest

from config import ROOT
from tests.visitors import Visitor

MEDIA = ROOT / "houses" / "media"
FILES = sorted(path for path in MEDIA.glob("*/*.svg") if path.stem != "logo")


def pictures(page):
    return [one for one in page.all("img") if "/picture/" in one.get("src", "")]


def test_a_picture_is_named_by_its_content_and_kept_for_a_year(visitor):
    (house, *_) = pictures(visitor.get("/de/"))

    answer = visitor.client.get(house.get("src"))

    assert answer.status_code == 200
    assert answer.content_type == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.data == (MEDIA / "leipzig" / "house.svg").read_bytes()
    again = visitor.client.get(house.get("src"), headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_an_old_address_of_a_picture_is_not_kept(visitor):
    answer = visitor.client.get("/picture/house?v=000000000000")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


def test_an_svg_that_is_opened_by_itself_can_do_nothing(visitor):
    policy = visitor.client.get("/picture/house").headers["Content-Security-Policy"]

    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script" not in policy


def test_every_picture_says_what_it_shows_or_decorates_a_link_and_has_its_size(visitor):
    (house, *_) = pictures(visitor.get("/de/"))

    assert house.get("alt").startswith("Zeichnung: ein Haus")
    assert (house.get("width"), house.get("height"), house.get("loading")) == ("480", "300", None)
    assert pictures(visitor.get("/en/"))[0].get("alt").startswith("Drawing: a house")


def test_only_what_the_file_of_the_house_names_is_there(app, visitor):
    library = Visitor(app, host="bibliothek.localhost")

    assert library.client.get("/picture/books", base_url="http://bibliothek.localhost").status_code == 200
    for address in ("/picture/books", "/picture/unheard-of", "/picture/house.svg", "/picture/..%2Fleipzig"):
        assert visitor.client.get(address).status_code == 404, address


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_our_drawings_are_small_and_carry_neither_text_nor_script(path):
    tags = set(re.findall(r"<(\w+)", path.read_text()))

    assert path.stat().st_size < 6 * 1024
    assert tags <= {"svg", "style", "path", "rect", "circle", "ellipse", "g"}
    assert "prefers-color-scheme" in path.read_text()
