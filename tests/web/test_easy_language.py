"""Easy language: a complete way from the start page to a cancelled booking, and nobody is dropped into another one."""

from urllib.parse import urlsplit

import pytest

from booking.bookings.models import Booking
from booking.db import db
from tests.builders import TEXTS, an_occurrence, an_offering
from tests.visitors import Page
from tests.web.easy import leftovers, plain_sentences
from tests.web.every_address import Places, filled
from tests.web.ways import CONTACT, PARTY, path, post, secret_in

EASY = {"title": "Rundgang im Lab", "summary": "Wir zeigen Ihnen das Lab.", "description": "Kommen Sie mit."}
OTHERS = ("/de/", "/en/")


def an_easy_date(clock, **wanted):
    return an_occurrence(clock, offering_id=an_offering(texts=TEXTS | {"ls": EASY}, **wanted))


def is_easy(page: Page) -> bool:
    """Assert that a page is in easy language throughout, and that only its language links leave it."""
    assert page.tree.get("lang") == "de"
    assert leftovers(page.text) == []
    strays = [
        one.get("href", "")
        for one in page.all("a")
        if one.get("href", "").startswith(OTHERS) and not one.get("hreflang")
    ]
    assert strays == []
    return True


def test_somebody_books_moves_changes_and_cancels_in_easy_language_alone(app, visitor, clock):
    occurrence_id = an_easy_date(clock)
    start = visitor.get("/ls/")
    assert "/ls/programm" in start.links()
    programme = visitor.get("/ls/programm")
    date = visitor.get(programme.link(ending=path(app, "occurrence", "ls", occurrence_id=occurrence_id)))
    form = visitor.get(date.link(ending=path(app, "book", "ls", occurrence_id=occurrence_id)))
    kept = visitor.post(form.all("form")[-1].get("action"), form.fields() | PARTY)
    done = visitor.post(kept.all("form")[-1].get("action"), kept.fields() | CONTACT)

    assert all(is_easy(page) for page in (start, programme, date, form, kept, done))
    assert "Rundgang im Lab" in done.text
    assert "Guten Tag Amina Kaya. Wir freuen uns auf Sie." in done.text

    secret = secret_in(done.response.request.path)
    manage = visitor.get(path(app, "manage", "ls", secret=secret))
    party = visitor.get(manage.link(ending=path(app, "change_party", "ls", secret=secret)))
    changed = visitor.post(
        path(app, "change_party", "ls", secret=secret), party.fields() | {"adults": "1", "children": "0"}
    )
    cancel = visitor.get(changed.link(ending=path(app, "cancel", "ls", secret=secret)))
    cancelled = visitor.post(path(app, "cancel", "ls", secret=secret), cancel.fields())

    assert all(is_easy(page) for page in (manage, party, changed, cancel, cancelled))
    assert "1 erwachsene Person" in changed.text
    assert db.session.query(Booking.language, Booking.state).one() == ("ls", "cancelled_by_visitor")


def test_a_booking_moves_in_easy_language(app, visitor, clock):
    offering_id = an_offering(texts=TEXTS | {"ls": EASY})
    occurrence_id = an_occurrence(clock, offering_id=offering_id)
    an_occurrence(clock, offering_id=offering_id)
    secret = booked_easily(app, visitor, occurrence_id)

    listed = visitor.get(path(app, "move", "ls", secret=secret))
    target = next(
        one for one in listed.links() if one.startswith(path(app, "move", "ls", secret=secret) + "?to=")
    )
    asked = visitor.get(target)
    moved = visitor.post(target, asked.fields())

    assert all(is_easy(page) for page in (listed, asked, moved))
    assert "Ihr Termin ist geändert." in moved.text


def booked_easily(app, visitor, occurrence_id, **typed):
    form = visitor.get(path(app, "book", "ls", occurrence_id=occurrence_id))
    kept = visitor.post(form.all("form")[-1].get("action"), form.fields() | PARTY)
    done = visitor.post(kept.all("form")[-1].get("action"), kept.fields() | CONTACT | typed)
    assert done.status == 200, done.text
    return secret_in(done.response.request.path)


def test_mails_and_calendar_entries_stay_in_easy_language(app, visitor, clock):
    secret = booked_easily(app, visitor, an_easy_date(clock))
    (mail,) = post(app)
    text = mail.get_body(("plain",)).get_content()

    assert mail["Subject"].startswith("Fest gebucht: Rundgang im Lab")
    assert leftovers(" ".join(text.split())) == []
    assert "/ls/buchung/" in text
    assert "/de/" not in text
    assert mail["Content-Language"] in (None, "de")
    entry = visitor.client.get(path(app, "calendar", "ls", secret=secret)).get_data(as_text=True)
    assert "SUMMARY;LANGUAGE=de:Rundgang im Lab" in entry
    assert "/ls/meine-buchungen" in entry.replace("\r\n ", "")


def test_links_are_sent_again_in_easy_language(app, visitor, clock):
    booked_easily(app, visitor, an_easy_date(clock))
    asked = visitor.get("/ls/meine-buchungen")
    sent = visitor.post("/ls/meine-buchungen", asked.fields() | {"email": CONTACT["email"]})

    assert is_easy(asked)
    assert is_easy(sent)
    assert "Link zu Ihrer Buchung" in post(app)[0]["Subject"]


def test_errors_and_refusals_are_in_easy_language(app, visitor, clock):
    occurrence_id = an_easy_date(clock)
    form = visitor.get(path(app, "book", "ls", occurrence_id=occurrence_id))
    nobody = visitor.post(
        form.all("form")[-1].get("action"), form.fields() | {"adults": "0", "children": "0"}
    )
    kept = visitor.post(form.all("form")[-1].get("action"), form.fields() | PARTY)
    nameless = visitor.post(
        kept.all("form")[-1].get("action"), kept.fields() | CONTACT | {"name": "", "email": "x"}
    )

    assert (nobody.status, nameless.status) == (422, 422)
    assert is_easy(nobody)
    assert is_easy(nameless)
    assert "Bitte schreiben Sie Ihren Namen." in nameless.text


@pytest.mark.parametrize(
    "address", ["/ls/nichts", "/ls/termine/999", "/ls/buchung/falsch", "/ls/angebote/nichts"]
)
def test_what_is_not_there_is_told_in_easy_language(visitor, address):
    page = visitor.get(address)

    assert page.status == 404
    assert is_easy(page)


def test_every_page_is_easy_throughout(app, visitor, clock):
    places, seen = Places(visitor, clock), []

    for rule, address in filled(places):
        if address.startswith("/ls/") and not is_of_staff(rule.endpoint):
            page = visitor.get(address)
            assert page.response.mimetype != "text/html" or is_easy(page), address
            seen.append(address)

    assert len(seen) > 40


def is_of_staff(endpoint: str) -> bool:
    return endpoint == "public.embed_guide"


def test_an_offering_without_easy_texts_is_shown_in_german(app, visitor, clock):
    page = visitor.get(path(app, "occurrence", "ls", occurrence_id=an_occurrence(clock)))

    assert TEXTS["de"]["title"] in page.text


def test_no_browser_is_led_to_easy_language(visitor):
    for wanted in ("ls", "ls,de;q=0.1", "de-simple"):
        answer = visitor.client.get("/", headers={"Accept-Language": wanted})
        assert urlsplit(answer.headers["Location"]).path == "/de/"


def test_every_page_offers_the_two_other_variants_by_their_own_names(visitor):
    for here, others in (
        ("ls", {"Deutsch": "/de/programm", "English": "/en/programme"}),
        ("en", {"Deutsch": "/de/programm", "Leichte Sprache": "/ls/programm"}),
    ):
        page = visitor.get("/ls/programm" if here == "ls" else "/en/programme")
        links = {"".join(one.itertext()).strip(): one for one in page.all("a") if one.get("hreflang")}
        assert {label: one.get("href") for label, one in links.items()} == others
        assert all(one.get("lang") == one.get("hreflang") in ("de", "en") for one in links.values())


def test_the_list_of_sentences_that_would_be_leftovers_is_not_empty():
    assert len(plain_sentences()) > 500
    assert "Sie können alles auch telefonisch buchen" not in leftovers("Am Telefon geht alles auch.")
    assert leftovers(
        "Diese Buchung ist beendet, weil die Adresse nicht rechtzeitig bestätigt wurde. Bitte buchen Sie neu."
    )
