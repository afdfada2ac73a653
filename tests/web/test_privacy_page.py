"""The pages that the law wants: filled from the house's data, and true to what the code stores and deletes."""

import tomllib

import pytest

from booking.bookings import rules
from booking.db import unit_of_work
from booking.houses import service as houses
from booking.reports.inventory import PERSONAL
from booking.voices.rules import ANSWER_WITHIN, MONTHS_KEPT
from booking.web.public.inventory_rows import GROUPS, WHAT
from config import ROOT
from tests.visitors import Visitor
from tests.web.ways import LIBRARY, path, said

LANGUAGES = ("de", "en", "ls")
every_language = pytest.mark.parametrize("language", LANGUAGES)


@every_language
def test_every_purpose_of_the_inventory_stands_there_with_its_end(app, visitor, language):
    page = visitor.get(path(app, "privacy", language))
    spoken = "en" if language == "en" else "de"

    if language == "ls":
        return assert_complete_in_easy_language(page)
    for column, one in PERSONAL.items():
        assert said(one.purpose, spoken) in page.text, column
        assert said(one.until.text, spoken, **one.until.facts) in page.text, column
    return None


def assert_complete_in_easy_language(page):
    rows = {(one.purpose, one.until) for one in PERSONAL.values()}
    shown = [one for one in page.all("div") if [child.tag.rpartition("}")[2] for child in one][:1] == ["dt"]]
    assert len(shown) >= len(rows)
    assert str(rules.KEPT_AFTER_VISIT.days) + " Tage nach dem Besuch" in page.text


def test_every_table_with_personal_data_has_its_place_on_the_page_and_every_column_its_name():
    told = {table for tables in GROUPS.values() for table in tables}
    tables = {name.partition(".")[0] for name in PERSONAL}

    assert told == tables
    of_hosts = {"host", "absence", "busy_time"}
    assert [name for name in PERSONAL if name not in WHAT and name.partition(".")[0] not in of_hosts] == []


@every_language
def test_the_numbers_are_those_of_the_rules(app, visitor, language):
    text = visitor.get(path(app, "privacy", language)).text

    assert str(round(rules.KEPT_UNCONFIRMED.total_seconds() / 3600)) in text
    assert all(str(months) in text for months in MONTHS_KEPT.values())
    assert str(ANSWER_WITHIN.days) in visitor.get(path(app, "accessibility", language)).text


@pytest.mark.parametrize("language", ["de", "en"])
def test_who_is_responsible_who_watches_and_which_law_are_the_houses_own(app, visitor, language):
    own, other = visitor.get(path(app, "privacy", language)).text, Visitor(app, host=LIBRARY)
    library = other.get(path(app, "privacy", language)).text

    for known, text in (
        (("Martin-Luther-Ring 4–6", "datenschutz@leipzig.example", "SächsDSDG"), own),
        (("Marktplatz 1", "datenschutz@lindenau.example", "BayDSG"), library),
    ):
        assert [one for one in known if one not in text] == []
    assert "SächsDSDG" not in library


@every_language
def test_a_page_that_nobody_has_checked_says_so(app, visitor, language):
    note = "Bitte prüfen Sie diese Seite" if language == "de" else said("This is a sample", "en")
    note = "Eine Fach-Person" if language == "ls" else note

    for name in ("privacy", "imprint", "accessibility"):
        assert note in visitor.get(path(app, name, language)).text


def test_a_house_that_is_no_demo_and_was_checked_says_no_such_thing(app, visitor):
    data = tomllib.loads((ROOT / "houses" / "leipzig.toml").read_text(encoding="utf-8"))
    checked = data | {"demo": False, "legal": {"reviewed": True, "privacy_law": "§ 1 DSG"}}
    del checked["publisher"]
    unit_of_work(lambda: houses.load(checked))

    pages = {name: visitor.get(path(app, name)) for name in ("privacy", "imprint", "accessibility")}

    assert [page.status for page in pages.values()] == [200] * 3
    assert not any(said("This is a sample", "de") in page.text for page in pages.values())
    assert "§ 1 DSG" in pages["privacy"].text
    assert said("This is to be entered before these pages are used.", "de") in pages["imprint"].text


@every_language
def test_the_statement_says_what_is_missing_when_it_was_checked_and_who_enforces_it(app, visitor, language):
    page = visitor.get(path(app, "accessibility", language))

    assert {"de": "23. November 2026", "en": "23 November 2026"}.get(language, "2026") in page.text
    assert {"de": "Durchsetzungsstelle", "en": "Enforcement body", "ls": "Durchsetzungs-Stelle"}[
        language
    ] in page.text
    assert {"de": "fehlt noch", "en": "still missing", "ls": "fehlt noch"}[language] in page.text
    assert path(app, "report_barrier", language) in page.links()


@every_language
def test_the_contact_page_leads_to_all_that_people_write_about(app, visitor, language):
    links = visitor.get(path(app, "contact", language)).links()

    for name in ("idea", "report_barrier", "resend", "privacy"):
        assert path(app, name, language) in links
    assert "tel:+493411230000" in links
