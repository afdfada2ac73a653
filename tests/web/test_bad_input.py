"""Bad input: answered clearly in the person's language, what was typed is kept, nothing is written."""

import pytest

from tests.builders import an_occurrence
from tests.web.ways import (
    CONTACT,
    LANGUAGES,
    PARTY,
    booked,
    counted,
    details,
    error_at,
    form_of,
    hold,
    path,
    said,
    summary,
)

both_languages = pytest.mark.parametrize("language", LANGUAGES)

NUMBER = "Enter a whole number from 0 to %(most)s, in digits."
FEWEST = "Please tell us how many people come: at least %(fewest)s."
MOST = "One booking can bring at most %(most)s people. For larger groups, please call us."
NAME, NAME_LENGTH = "Enter your name.", "Enter at most 200 characters."
EMAIL, EMAIL_MISSING = "Enter an email address in the form name@example.org.", "Enter your email address."
EMAIL_LENGTH = "This email address is too long."
PHONE = "Enter a phone number in digits, for example 0341 1234567."
NOTE = "Enter at most 1,000 characters."
CHECK = ("Please check %(num)s thing", "Please check %(num)s things")

NO_NUMBERS = [
    "-5",
    "+5",
    "1000",
    "zwölf",
    "9" * 5000,
    "٣",
    "³",
    "1.5",
    "1,5",
    "1e2",
    "0x10",
    "2 2",
    "<script>",
]
BAD_PARTIES = [
    ({"adults": "0", "children": "0"}, FEWEST, {"fewest": 1}),
    ({"adults": "", "children": ""}, FEWEST, {"fewest": 1}),
    ({"adults": "16", "children": "0"}, MOST, {"most": 15}),
    ({"adults": "999", "children": "999"}, MOST, {"most": 15}),
    *(({"adults": typed}, NUMBER, {"most": 15}) for typed in NO_NUMBERS),
    ({"children": "viele"}, NUMBER, {"most": 15}),
]
BAD_ADDRESSES = [
    *"amina amina@ @example.org amina@example amina@@example.org a@b@example.org amina@exa_mple.org".split(),
    *"amina@-example.org amina@.example.org amina..kaya@example.org .amina@example.org".split(),
    *["amina kaya@example.org", "Amina <amina@example.org>", "amina@example.org, b@example.org"],
    *["amina@[127.0.0.1]", "amina@localhost", '"amina"@example.org', "amina@example.org;b@example.org"],
    *["amina@example.org\r\nBcc: b@example.org", "amina@example.org%0aBcc:b@example.org", "a\tb@example.org"],
    "\N{REPLACEMENT CHARACTER}@example.org",
]
NO_PHONES = ["ruf mich an", "1", "12345x", "٠٣٤١١٢٣٤", "1" * 41]
BAD_TEXTS = [
    *(("name", typed, NAME) for typed in ("", "  \t ", "\x00\x07\x1b")),
    ("name", "ä" * 201, NAME_LENGTH),
    ("email", "", EMAIL_MISSING),
    ("email", "a" * 60 + "@" + "example." * 30 + "org", EMAIL_LENGTH),
    *(("email", address, EMAIL) for address in BAD_ADDRESSES),
    *(("phone", typed, PHONE) for typed in NO_PHONES),
    ("note", "n" * 1001, NOTE),
]


@both_languages
def test_a_party_that_cannot_be_is_told_at_its_field(app, visitor, clock, language):
    occurrence_id = an_occurrence(clock)
    before = booked(app)
    for typed, message, facts in BAD_PARTIES:
        page = hold(visitor, occurrence_id, language, **typed)

        field = "children" if "adults" not in typed else "adults"
        words = said(message, language, **facts)
        assert page.status == 422, typed
        assert error_at(page, field) == words
        assert words in summary(page)[0]
        assert f"#{field}" in summary(page)[1]
        assert page.tree.get("lang") == language
        assert {name: page.fields()[name] for name in PARTY} == PARTY | typed
    assert booked(app) == before


@both_languages
def test_a_text_that_does_not_fit_is_told_at_its_field(app, visitor, clock, language):
    action, filled = details(visitor, an_occurrence(clock), language)
    before = booked(app)
    for field, typed, message in BAD_TEXTS:
        page = visitor.post(action, filled | {field: typed})

        assert page.status == 422, typed
        assert error_at(page, field) == said(message, language), typed
        assert f"#{field}" in summary(page)[1]
        assert counted(*CHECK, 1, language) in summary(page)[0]
        assert page.tree.get("lang") == language
        visible = "".join(one for one in " ".join(typed.split()) if one.isprintable())
        assert {name: page.fields()[name].casefold() for name in CONTACT} == {
            name: value.casefold() for name, value in (CONTACT | {field: visible}).items()
        }
    assert booked(app) == before


@both_languages
def test_every_field_that_is_wrong_is_told_at_once(app, visitor, clock, language):
    occurrence_id = an_occurrence(clock)
    action, filled = details(visitor, occurrence_id, language)
    first = path(app, "book", language, occurrence_id=occurrence_id)
    forms = {
        first: form_of(visitor, occurrence_id, language) | {"adults": "x", "children": "y"},
        action: filled | {"name": "", "email": "z", "phone": "w", "note": "n" * 1001},
    }
    before = booked(app)

    for (address, typed), wrong in zip(forms.items(), (PARTY, CONTACT), strict=True):
        page = visitor.post(address, typed)

        assert page.status == 422
        assert summary(page)[1] == [f"#{name}" for name in wrong]
        assert {name: page.fields()[name] for name in wrong} == {name: typed[name] for name in wrong}
    assert booked(app) == before
