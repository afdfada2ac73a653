"""Squeezed answers: public ones for whom can read them, pages of one person never; and one style sheet a house."""

import gzip
import re

from tests.builders import an_occurrence
from tests.web.ways import a_secret

GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def test_a_public_page_is_squeezed_for_whom_can_read_it(visitor, clock):
    an_occurrence(clock)
    plain = visitor.client.get("/de/programm")
    squeezed = visitor.client.get("/de/programm", headers=GZIP)

    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.data) == plain.data
    assert len(squeezed.data) < len(plain.data) / 2
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.vary
    assert "Accept-Encoding" in squeezed.vary
    assert int(squeezed.headers["Content-Length"]) == len(squeezed.data)


def test_whoever_refuses_gzip_gets_none(visitor):
    for refused in ("identity", "gzip;q=0", "br", ""):
        assert (
            "Content-Encoding" not in visitor.client.get("/de/", headers={"Accept-Encoding": refused}).headers
        )


def test_a_squeezed_page_is_known_again_by_its_tag(visitor):
    first = visitor.client.get("/de/", headers=GZIP)

    again = visitor.client.get("/de/", headers=GZIP | {"If-None-Match": first.headers["ETag"]})

    assert first.headers["ETag"].startswith("W/")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Accept-Encoding" in again.vary
    assert again.status_code == 304
    assert not again.data


def test_a_page_of_one_person_is_never_squeezed(visitor, clock):
    """Its length would tell about the secrets in it."""
    secret = a_secret(visitor, an_occurrence(clock))
    for path in (
        f"/de/buchung/{secret}",
        f"/de/buchung/{secret}/absagen",
        f"/de/buchung/{secret}/daten.json",
    ):
        answer = visitor.client.get(path, headers=GZIP)
        assert answer.status_code == 200, path
        assert "Content-Encoding" not in answer.headers, path
    form = visitor.client.get(f"/de/termine/{an_occurrence(clock)}/buchen", headers=GZIP)
    assert "Content-Encoding" not in form.headers


def test_a_style_sheet_is_squeezed_once_and_kept_for_good(visitor):
    page = visitor.client.get("/de/").text
    (href,) = re.findall(r'<link rel="stylesheet" href="(/house.css\?v=[0-9a-f]{12})">', page)

    sheet = visitor.client.get(href, headers=GZIP)

    assert "immutable" in sheet.headers["Cache-Control"]
    assert sheet.headers["Content-Encoding"] == "gzip"
    assert len(sheet.data) < 25_000
    told = gzip.decompress(sheet.data).decode()
    for part in ("@font-face", ".kern-btn", ".header__in", "--house-accent:#1d4e89"):
        assert part in told
    for font in re.findall(r"url\((/static/[^)]+)\)", told):
        assert visitor.client.get(font).status_code == 200


def test_an_old_address_of_the_style_sheet_shows_the_new_one_and_is_not_kept(visitor):
    answer = visitor.client.get("/house.css?v=000000000000")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    again = visitor.client.get("/house.css", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
