"""Telling the house of a barrier: without login, with the page on which it was met, and without secrets."""

import pytest

from tests.builders import an_occurrence
from tests.web.told import BARRIER, send, voices
from tests.web.ways import a_secret, contents, error_at, path, post, said


def test_a_barrier_report_works_without_name_address_and_login(app, visitor, clock):
    page = send(visitor, "report_barrier", BARRIER, query="?page=/de/programm")

    assert page.status == 200
    (row,) = voices(app)
    assert "/de/programm" in row
    assert said("Thank you for your report", "de") in page.text
    assert "10. Februar 2027" in page.text, "an answer within 30 days"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/de/programm?from=2027-01-31", "/de/programm"),
        ("http://localhost/de/programm#content", "/de/programm"),
        ("www.leipzig.example/de/kontakt", "/de/kontakt"),
        ("https://localhost", "/"),
        ("", ""),
        ("/de/%3Fname=Amina", "/de/"),
        ("/de/programm%253Fname=Amina%2523x", "/de/programm"),
        ("//evil.example/x", "/evil.example/x"),
        ("/\\evil.example", "/evil.example"),
        ("/de/a.b/c", "/de/a.b/c"),
        ("http://[", "/"),
        ("/a%2500b%25E2%2580%25AE%0a%E2%80%8B%E2%80%8Cc", "/ab c"),
        ("/de/angebote/die-ganz-lange-fuehrung-durch-das-digitale-haus-der-stadt",) * 2,
    ],
)
def test_only_the_path_of_a_page_is_kept(app, visitor, clock, typed, kept):
    assert send(visitor, "report_barrier", BARRIER | {"page": typed}).status == 200

    assert [row[12] for row in voices(app)] == [kept]


def test_the_secret_of_a_booking_is_neither_offered_nor_stored_nor_mailed(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))
    own = path(app, "manage", secret=secret)
    footer = next(one for one in visitor.get(own).links() if "/barriere-melden" in one)
    assert secret not in footer
    post(app)

    coded = own.replace(secret, "".join(f"%{ord(one):02x}" for one in secret))
    for typed in (own, f"http://localhost{own}/absagen", coded, own[:-5]):
        said_words = f"Auf {typed} ging nichts: http://localhost{own}"
        assert send(visitor, "report_barrier", BARRIER | {"page": typed, "words": said_words}).status == 200

    stored = str([contents(app)[name] for name in ("voice", "event")])
    mails = [row for row in contents(app)["outgoing_mail"] if "voice_for_house" in row]
    for part in (secret, secret[:-5], secret[22:]):
        assert part not in stored
        assert part not in str(mails)
    assert [row[12] for row in voices(app)] == ["/de/buchung/…", "/de/buchung/…/absagen"] + [
        "/de/buchung/…"
    ] * 2


@pytest.mark.parametrize("hidden", ["%2500", "%252500", "%EF%BF%BF", "%25E2%2580%25AE", "%25252500"])
def test_what_is_hidden_in_the_address_of_the_form_never_reaches_its_page(visitor, clock, hidden):
    page = visitor.get(f"{path(visitor.app, 'report_barrier')}?page=/a{hidden}b")

    assert page.status == 200
    assert page.fields()["page"] in ("/ab", "/a%00b")
    assert "\x00" not in page.text


def test_what_is_no_address_of_a_page_is_told_at_its_field(app, visitor, clock):
    page = send(visitor, "report_barrier", BARRIER | {"page": "die Startseite"})

    assert page.status == 422
    assert error_at(page, "page") == said(
        "Enter the address of the page as your browser shows it, or nothing.", "de"
    )
    assert page.fields()["page"] == "die Startseite"


def test_every_page_links_to_the_form_with_its_own_address(app, visitor, clock):
    found = next(one for one in visitor.get(path(app, "programme")).links() if "/barriere-melden" in one)

    assert visitor.get(found).fields()["page"] == path(app, "programme")
