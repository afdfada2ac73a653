"""Every text in templates and code is told in German and in easy language; what is compiled is what is written."""

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.house import translation_checks as checks
from tests.house.tree import ROOT

PO = ROOT / "translations/de/LC_MESSAGES/messages.po"
EASY = PO.with_name("easy.po")

needs_catalogue = pytest.mark.skipif(not PO.exists(), reason="there is no German catalogue yet")


@needs_catalogue
def test_every_text_is_translated():
    with PO.open("rb") as file:
        german = read_po(file, locale="de")

    assert list(checks.untranslated(checks.texts(ROOT), german)) == []


@needs_catalogue
def test_every_text_that_visitors_meet_is_told_in_easy_language():
    with EASY.open("rb") as file:
        easy = read_po(file, locale="de")

    assert list(checks.untranslated(checks.texts(ROOT, mapping="babel-easy.cfg"), easy)) == []


def test_easy_language_leaves_out_what_only_staff_and_operators_read():
    every, easy = (
        {checks.first(message.id) for message in checks.texts(ROOT, mapping=mapping) if message.id}
        for mapping in ("babel.cfg", "babel-easy.cfg")
    )

    assert easy < every
    assert "Text part" in every - easy  # of the preview for developers


@needs_catalogue
@pytest.mark.parametrize("po", [PO, EASY], ids=["German", "easy"])
def test_the_compiled_catalogue_is_the_written_one(po):
    assert list(checks.stale(po)) == []


@pytest.fixture
def english():
    catalogue = Catalog()
    catalogue.add("Book a date")
    catalogue.add(("%(num)s place", "%(num)s places"))
    return catalogue


def _german(**changes):
    catalogue = Catalog(locale="de")
    catalogue.add("Book a date", changes.get("book", "Termin buchen"), flags=changes.get("flags", ()))
    catalogue.add(
        ("%(num)s place", "%(num)s places"), changes.get("places", ("%(num)s Platz", "%(num)s Plätze"))
    )
    return catalogue


def test_a_full_translation_is_left_in_peace(english):
    assert list(checks.untranslated(english, _german())) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"book": ""},
        {"flags": ["fuzzy"]},
        {"places": ("%(num)s Platz", "")},
        {"places": ("Plätze", "Plätze")},
    ],
    ids=["empty", "fuzzy", "no plural", "a placeholder lost"],
)
def test_a_gap_in_the_translation_is_found(english, changes):
    assert len(list(checks.untranslated(english, _german(**changes)))) == 1


def test_a_missing_text_is_found(english):
    assert len(list(checks.untranslated(english, Catalog(locale="de")))) == 2


def test_texts_are_found_in_templates_and_code(tmp_path):
    for file in ("babel.cfg", "Makefile"):
        (tmp_path / file).write_text((ROOT / file).read_text())
    (tmp_path / "templates/public").mkdir(parents=True)
    (tmp_path / "templates/public/a.html").write_text("{{ _('One') }}{% trans %}Two{% endtrans %}")
    (tmp_path / "booking/web").mkdir(parents=True)
    (tmp_path / "booking/web/b.py").write_text(
        "N_('Three')\nlazy_gettext('Four')\nlazy_ngettext('5', '6', n)"
    )

    found = {message.id for message in checks.texts(tmp_path) if message.id}

    assert found == {"One", "Two", "Three", "Four", ("5", "6")}


def test_a_stale_compiled_catalogue_is_found(tmp_path):
    po = tmp_path / "messages.po"
    po.write_text('msgid "Book"\nmsgstr "Buchen"\n')
    assert list(checks.stale(po)) == ["messages.mo is missing: make translations"]

    po.with_suffix(".mo").write_bytes(b"old")
    assert list(checks.stale(po)) == ["messages.mo is older than messages.po: make translations"]
