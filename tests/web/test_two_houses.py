"""Two houses under one roof: each shows its own programme, name, colours and phone, and nothing of the other."""

import pytest

from tests.builders import TEXTS, an_occurrence, an_offering, house_id
from tests.visitors import Visitor
from tests.web.ways import LIBRARY, a_secret, contents, path, post

PAGES = (
    "/",
    "/en/",
    "/de/programm",
    "/de/kontakt",
    "/de/impressum",
    "/de/datenschutz",
    "/de/barrierefreiheit",
)


@pytest.fixture
def library(app):
    """Somebody at the library."""
    return Visitor(app, host=LIBRARY)


def titled(title):
    return {language: TEXTS[language] | {"title": title} for language in TEXTS}


@pytest.fixture
def dates(app, clock):
    """One date of each house, with the same key of the offering."""
    houses = {"leipzig": house_id(), "library": house_id("library")}
    return {
        key: an_occurrence(
            clock,
            house_id=house,
            offering_id=an_offering(key="one", house_id=house, texts=titled(f"In {key}")),
        )
        for key, house in houses.items()
    }


def test_each_house_shows_its_own_programme(visitor, library, dates):
    for address in ("/de/", "/de/programm", "/de/angebote/one"):
        ours, theirs = visitor.get(address).text, library.get(address).text
        assert "In leipzig" in ours
        assert "In library" not in ours
        assert "In library" in theirs
        assert "In leipzig" not in theirs


def test_no_house_shows_or_books_the_dates_of_the_other(app, visitor, library, dates):
    for who, foreign in ((visitor, dates["library"]), (library, dates["leipzig"])):
        assert who.get(path(app, "occurrence", occurrence_id=foreign)).status == 404
        assert who.get(path(app, "book", occurrence_id=foreign)).status == 404


def test_each_house_has_its_own_name_phone_and_texts(visitor, library, dates):
    for address in PAGES:
        ours, theirs = visitor.get(address), library.get(address)
        assert "Lindenau" not in ours.text, address
        assert "Leipzig" not in theirs.text.replace("In leipzig", ""), address
        assert "tel:+498999998123" in theirs.links()
        assert "tel:+498999998123" not in ours.links()
        assert "mailto:digitalwerkstatt@lindenau.example" in theirs.links()


def test_each_house_has_its_own_colours(visitor, library):
    sheets = [one.client.get("/house.css", base_url=f"http://{one.host}") for one in (visitor, library)]

    assert [sheet.content_type for sheet in sheets] == ["text/css; charset=utf-8"] * 2
    assert "#7a2948" in sheets[1].text
    assert "#7a2948" not in sheets[0].text
    assert all(sheet.headers["Cache-Control"] == "no-cache" for sheet in sheets), (
        "only with its hash for good"
    )


def test_a_booking_belongs_to_its_house_and_its_mail_leads_there(app, visitor, library, dates):
    secret = a_secret(library, dates["library"])

    assert visitor.get(path(app, "manage", secret=secret)).status == 404
    assert library.get(path(app, "manage", secret=secret)).status == 200

    (mail,) = post(app)
    text = mail.get_body(("plain",)).get_content()
    assert f"http://{LIBRARY}/de/buchung/{secret}" in text
    assert "lindenau" in str(mail["From"])
    assert "Leipzig" not in text


def test_links_are_sent_for_the_bookings_of_one_house_alone(app, visitor, library, dates):
    ours, theirs = a_secret(visitor, dates["leipzig"]), a_secret(library, dates["library"])
    post(app)

    library.post(
        path(app, "resend"), library.get(path(app, "resend")).fields() | {"email": "amina@example.org"}
    )

    text = post(app)[0].get_body(("plain",)).get_content()
    assert theirs in text
    assert ours not in text


def test_a_form_of_one_house_books_nothing_at_the_other(app, visitor, library, dates):
    form = visitor.get(path(app, "book", occurrence_id=dates["leipzig"])).fields()

    answer = library.post(path(app, "book", occurrence_id=dates["leipzig"]), form)

    assert answer.status == 404
    assert contents(app)["booking"] == []


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1", "BIBLIOTHEK.localhost:8000", "x.localhost"]
)
def test_a_host_without_a_house_of_its_own_shows_the_default_house(app, host):
    text = Visitor(app, host=host).get("/de/kontakt").text

    assert ("Lindenau" in text) == ("BIBLIOTHEK" in host)
