"""The slip of a booking: a tagged PDF with its own fonts, in which what people typed is only words."""

import io
from pathlib import Path

import pypdf
import pytest
from flask import Flask
from sqlalchemy import update

from booking.db import db, unit_of_work
from booking.schedule.models import Occurrence
from booking.web import glyphs, paper
from tests.builders import TEXTS, an_occurrence, an_offering
from tests.web.ways import LANGUAGES, a_secret, path, said

HOSTILE = '#import "x": y; *bold* _it_ \\ $x^2$ <label> @ref // comment `raw` #set page(width: 1cm) "quote"'
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def the_slip(app: Flask, visitor, secret, language="de"):
    answer = visitor.client.get(path(app, "slip_pdf", language, secret=secret))
    assert answer.status_code == 200, answer.text
    return answer


def read(data):
    return pypdf.PdfReader(io.BytesIO(data))


def words(data):
    """Return the text of all pages, with single spaces and without places to break a long word."""
    text = " ".join(page.extract_text() for page in read(data).pages)
    return " ".join(text.replace("\u200b", "").split())


@both_languages
def test_the_slip_says_what_when_where_and_how_to_change_it(app, visitor, clock, language):
    secret = a_secret(visitor, an_occurrence(clock), language)

    answer = the_slip(app, visitor, secret, language)

    assert answer.content_type == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].endswith('.pdf"')
    text = words(answer.data)
    when = {"de": "Dienstag, 12. Januar 2027, 10:00–11:00 Uhr", "en": "Tuesday, 12 January 2027, 10:00–11:00"}
    for told in (when[language], TEXTS[language]["title"], "Amina Kaya", "Magazingasse 3", "+49 341 1230000"):
        assert told in text
    assert said("How to find us", language) in text
    assert path(app, "manage", language, secret=secret) in "".join(text.split())


@both_languages
def test_a_program_that_reads_it_aloud_finds_language_title_and_structure(app, visitor, clock, language):
    found = read(the_slip(app, visitor, a_secret(visitor, an_occurrence(clock), language), language).data)
    root = found.trailer["/Root"]

    assert root["/Lang"] == language
    assert str(root["/MarkInfo"]["/Marked"]) == "True"
    assert "/StructTreeRoot" in root
    assert str(root["/ViewerPreferences"]["/DisplayDocTitle"]) == "True"
    xmp = root["/Metadata"].get_data()
    assert b"pdfuaid:part" in xmp
    assert found.metadata is not None
    assert str(found.metadata.title).startswith(said("Your booking %(reference)s", language, reference=""))
    tree = str(_tags(root["/StructTreeRoot"]))
    assert "/H1" in tree
    assert "/Figure" in tree
    assert said("QR code that leads to the page of your booking", language) in tree


def _tags(node, depth=0):
    """Return the kinds and alternative texts of a structure tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if depth > 12 or not isinstance(node, dict):
        return []
    kids = node.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    kids = kids if isinstance(kids, list) else [kids]
    own = [str(node.get("/S", "")), str(node.get("/Alt", ""))]
    return own + [tag for kid in kids for tag in _tags(kid, depth + 1)]


def test_its_fonts_are_our_own_and_embedded(app, visitor, clock):
    found = read(the_slip(app, visitor, a_secret(visitor, an_occurrence(clock))).data)
    fonts = [font.get_object() for page in found.pages for font in page["/Resources"]["/Font"].values()]

    assert fonts
    for font in fonts:
        own = font["/DescendantFonts"][0].get_object()
        assert "FiraSans" in str(own["/BaseFont"])
        assert {"/FontFile2", "/FontFile3"} & set(own["/FontDescriptor"].get_object())


def test_what_people_typed_is_words_and_no_markup(app, visitor, clock):
    names = f"Олександра Öztürk Ğüşı {HOSTILE}"[:200]
    offering = an_offering(
        texts={"de": TEXTS["de"] | {"title": HOSTILE[:80], "bring": f"{HOSTILE}\n\n- {HOSTILE}"}}
    )
    secret = a_secret(visitor, an_occurrence(clock, offering_id=offering), name=names)

    data = the_slip(app, visitor, secret).data

    text = words(data)
    assert names in text
    assert text.count("".join(HOSTILE)) >= 2
    assert 595 <= float(read(data).pages[0].mediabox.width) <= 596


def test_signs_that_its_fonts_lack_become_boxes_and_never_a_fault(app, visitor, clock, caplog):
    strange = "王小明 สวัสดี 😀 ي 👩\u200d🔬 \u3000Zoë e\u0301"
    texts = TEXTS["de"] | {"title": f"Tour {strange}", "bring": f"{strange}\n\n- {strange}"}
    secret = a_secret(
        visitor, an_occurrence(clock, offering_id=an_offering(texts={"de": texts})), name=f"{strange}\uffff"
    )

    text = words(the_slip(app, visitor, secret).data)

    assert "▯▯▯ ▯" in text
    assert text.count("Zoë é") == 4
    assert "王" not in text + caplog.text


def test_every_sign_of_its_fonts_can_be_drawn(app, visitor, clock):
    folder = Path(app.root_path).parent / "templates" / "paper" / "vendor" / "fira-sans"
    known = "".join(sorted(glyphs.signs(folder)))

    assert {"a", "ß", "Ж", "ğ", "€", glyphs.MISSING, "\n"} <= set(known)
    assert glyphs.printable("\ud800\uffff\x00a\u202e\u2009b\tc", folder) == "▯▯a b c"
    offering = an_offering(texts={"de": TEXTS["de"] | {"title": "Alles", "bring": " ".join(known)}})
    assert the_slip(app, visitor, a_secret(visitor, an_occurrence(clock, offering_id=offering)))


def test_endless_texts_take_more_pages_and_lose_nothing(app, visitor, clock):
    offering = an_offering(texts={"de": TEXTS["de"] | {"bring": "Wort " * 4000 + "Schluss " + "x" * 5000}})
    secret = a_secret(visitor, an_occurrence(clock, offering_id=offering))

    data = the_slip(app, visitor, secret).data

    assert len(read(data).pages) > 1
    text = words(data)
    assert text.count("Wort") == 4000
    assert "Schluss" in text
    assert "".join(text.split()).count("x" * 20) > 100


def test_an_online_consultation_says_how_and_not_where(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))
    unit_of_work(lambda: db.session.execute(update(Occurrence).values(medium="video")))
    text = words(the_slip(app, visitor, secret).data)

    assert said("How to find us", "de") not in text
    assert (
        said("By video. We send you the address the day before; it is also on your booking's page.", "de")
        in text
    )


def test_a_cancelled_booking_has_no_slip_and_a_wrong_link_none_either(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))
    assert visitor.get(path(app, "slip_pdf", secret=secret[:-1])).status == 404
    address = path(app, "cancel", secret=secret)
    visitor.post(address, visitor.get(address).fields())

    assert visitor.get(path(app, "slip_pdf", secret=secret)).status == 410


@pytest.mark.parametrize("name", ["done", "manage"])
def test_the_pages_of_a_booking_lead_to_its_slip(app, visitor, clock, name):
    secret = a_secret(visitor, an_occurrence(clock))

    assert path(app, "slip_pdf", secret=secret) in visitor.get(path(app, name, secret=secret)).links()


def test_paragraphs_and_lists_of_a_house_are_kept():
    assert paper.blocks("Der **Eingang**\nist im Hof.\n\n- Tram 9\n- Bus\n  89\n\n* Rad") == [
        {"text": "Der Eingang ist im Hof.", "items": []},
        {"text": "", "items": ["Tram 9", "Bus 89"]},
        {"text": "", "items": ["Rad"]},
    ]
    assert paper.blocks("  \n\n ") == []
