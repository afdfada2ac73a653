"""Easy language keeps its mechanical rules: in the catalogue, in its own templates, and in what the demo houses say."""

import re

import pytest

from tests.house import easy_checks as checks
from tests.house.tree import ROOT

PO = ROOT / "translations/de/LC_MESSAGES/easy.po"
TEMPLATES = sorted((ROOT / "templates/ls").rglob("*.html")) + sorted((ROOT / "templates/ls").rglob("*.txt"))
EXCEPTIONS = {"a word in capitals: 'SPARCS'": "the name of a project"}
"""What may break a rule, with the reason: the fault as the check tells it."""


def unexcused(found):
    return [fault for fault in found if not any(fault.startswith(one) for one in EXCEPTIONS)]


def test_every_sentence_of_the_catalogue_is_easy():
    found = [(fault, source) for source, text in checks.catalogue(PO) for fault in checks.faults(text)]

    assert [one for one in found if one[0] in unexcused([one[0]])] == []


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates/ls").as_posix()
)
def test_every_sentence_of_a_template_of_its_own_is_easy(path):
    lines = checks.template(path.read_text(encoding="utf-8"))

    assert unexcused(fault for line in lines for fault in checks.faults(line)) == []


def test_what_the_houses_say_is_easy():
    found = [
        (fault, where) for where, text in checks.houses(ROOT / "houses") for fault in checks.faults(text)
    ]

    assert [one for one in found if one[0] in unexcused([one[0]])] == []


def test_every_offering_and_every_house_of_the_demo_has_easy_texts():
    told = {where for where, _text in checks.houses(ROOT / "houses")}

    assert {f"{house}.texts.ls.welcome" for house in ("leipzig", "library")} <= told
    assert len([where for where in told if where.endswith("texts.ls.description")]) >= 16


@pytest.mark.parametrize(
    "text",
    [
        "Sie können heute kommen. Bringen Sie 2 Personen mit.",
        "Am 1. Samstag im Monat ist das Lab offen.",
        "Schreiben Sie uns: lab@leipzig.example",
        "Das ist die Warte-Schlange für %(title)s.",
    ],
)
def test_easy_sentences_are_left_in_peace(text):
    assert list(checks.faults(text)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Bringen Sie etwas mit, z.B. Stifte.", "an abbreviation"),
        ("Wir würden uns freuen.", "a conditional"),
        ("Das ist die Seite des Hauses.", "a genitive"),
        ("Die Buchung wird gelöscht.", "a passive"),
        ("Das ist kostenlos.", "officialese"),
        ("Kommen Sie; wir warten.", "a semicolon"),
        ("Das Lab (im Hof) ist offen.", "a bracket"),
        ("Ihre Buchungs·Nummer", "a middle dot"),
        ("So können Sie mit-machen.", "a hyphen in a verb"),
        ("WICHTIG ist das.", "a word in capitals"),
        ("Es kommen zwei Personen.", "a number as a word"),
        ("Drücken Sie „Weiter“.", "a quotation mark"),
        ("Das Gebärdensprachdolmetscherverzeichnis hilft.", "36 letters"),
        (
            "Wenn Sie heute mit der Straßenbahn zu uns in das Lab kommen und warten dann ist das gut.",
            "18 words",
        ),
    ],
    ids=lambda value: value.partition(" ")[2][:20],
)
def test_what_is_not_easy_is_found(text, fault):
    (told,) = checks.faults(text)

    assert told.startswith(fault)


def test_the_words_of_a_template_are_found():
    text = '{# no words #}<p>Kommen Sie.</p>{{ choice("pencil", x, "Ein Problem melden") }}<p>{{ _("Book again") }}</p>'

    assert list(checks.template(text)) == ["Ein Problem melden", "Kommen Sie.", "Wort", "Wort"]


def macros_of(path):
    return set(re.findall(r"{%-? macro (\w+)\(", path.read_text(encoding="utf-8")))


def given_by(path):
    """Return what a template of macros gives to those that import it: its own, and those that it hands on."""
    handed_on = re.findall(r"^{%-? set ([\w, ]+?) =", path.read_text(encoding="utf-8"), re.MULTILINE)
    return macros_of(path) | {name for names in handed_on for name in names.split(", ")}


def test_macros_of_easy_language_offer_all_that_the_plain_ones_do():
    """Plain pages import them, too, on pages in easy language."""
    pairs = [(path, ROOT / "templates" / path.relative_to(ROOT / "templates/ls")) for path in TEMPLATES]
    shared = [(easy, plain) for easy, plain in pairs if plain.exists() and plain.parent.name != "public"]

    assert len(shared) >= 4
    assert [(plain.name, macros_of(plain) - given_by(easy)) for easy, plain in shared] == [
        (plain.name, set()) for _easy, plain in shared
    ]
