"""The page in sign language: the house's own video where there is one, or that it is missing; never from elsewhere."""

import shutil
import tomllib
from dataclasses import replace

import pytest

from booking.app import create_app
from booking.db import db, unit_of_work
from booking.houses import service as houses
from config import ROOT
from tests.visitors import Visitor
from tests.web.ways import LANGUAGES, path, said

CONTENT = bytes(range(256)) * 40
MISSING = (
    "A video in German Sign Language (DGS) that explains these pages is still missing. We are sorry for that."
)
every_variant = pytest.mark.parametrize("language", [*LANGUAGES, "ls"])


@pytest.fixture
def signing(app, settings, clock, tmp_path):
    """Somebody who visits a house that has a video in a folder of its own."""
    folder = tmp_path / "houses"
    shutil.copytree(ROOT / "houses", folder)
    (folder / "media/leipzig/welcome.mp4").write_bytes(CONTENT)
    data = tomllib.loads((folder / "leipzig.toml").read_text(encoding="utf-8"))
    data["sign_language"] |= {"video": "welcome.mp4", "transcript": {"de": "Willkommen.", "en": "Welcome."}}
    made = create_app(replace(settings, houses_folder=folder), clock=clock)
    with made.app_context():
        unit_of_work(lambda: houses.load(data))
        yield Visitor(made)
        db.session.remove()
        db.engine.dispose()


@every_variant
def test_without_a_video_the_page_says_so_and_how_to_come_with_an_interpreter(app, visitor, language):
    page = visitor.get(path(app, "sign_language", language))

    assert page.all("video") == []
    for text in (MISSING, "Come with an interpreter", "Reach us without a telephone"):
        assert said(text, language) in page.text
    assert "Tess" in page.text
    assert path(app, "programme", language) in page.links()


@every_variant
def test_a_video_of_the_house_is_shown_with_its_words(signing, language):
    page = signing.get(path(signing.app, "sign_language", language))
    (source,) = page.all("source")

    assert said(MISSING, language) not in page.text
    assert source.get("type") == "video/mp4"
    assert source.get("src").startswith("/sign-language/video?v=")
    assert ("Welcome." if language == "en" else "Willkommen.") in page.text


def test_a_player_gets_the_part_that_it_asks_for_and_may_keep_it(signing):
    address = signing.get("/de/gebaerdensprache").all("source")[0].get("src")

    part = signing.client.get(address, headers={"Range": "bytes=100-199"})
    whole = signing.client.get(address)

    assert (part.status_code, part.data) == (206, CONTENT[100:200])
    assert (whole.status_code, whole.data, whole.mimetype) == (200, CONTENT, "video/mp4")
    assert whole.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert signing.client.get("/sign-language/video?v=old").headers["Cache-Control"] == "no-cache"


def test_the_policy_lets_pages_play_what_is_ours_alone(signing):
    policy = signing.client.get("/de/gebaerdensprache").headers["Content-Security-Policy"]

    assert "media-src 'self'" in policy.split("; ")


def test_what_the_house_does_not_name_is_not_there(signing, visitor):
    assert signing.client.get("/sign-language/poster").status_code == 404
    assert signing.client.get("/sign-language/contact").status_code == 404
    assert visitor.client.get("/sign-language/video").status_code == 404


@every_variant
def test_easy_language_is_explained_in_german_on_every_variant(app, visitor, language):
    page = visitor.get(path(app, "easy_language", language))

    assert "So melden Sie ein Problem" in page.text
    assert "Sind diese Seiten barriere-frei?" in page.text
    assert {"/ls/programm", "/ls/barrierefreiheit", "/ls/barriere-melden"} <= set(page.links())
    explained = [one for one in page.tree.iter() if one.get("lang") == "de" and one.tag.endswith("div")]
    assert (
        (page.tree.get("lang"), len(explained)) == ("en", 1)
        if language == "en"
        else page.tree.get("lang") == "de"
    )
