"""The variant of a page: where its sentences and templates come from, whatever asks for them."""

import pytest
from flask import g
from flask_babel import force_locale, get_locale, gettext, lazy_gettext, ngettext
from jinja2 import DictLoader

from booking.web.variants import EasyEnvironment, preferred, speaking

BOOKED = {"de": "Ausgebucht", "en": "Fully booked", "ls": "Alle Plätze sind besetzt"}


@pytest.mark.parametrize(("variant", "said"), BOOKED.items())
def test_sentences_are_those_of_the_variant_also_when_they_were_marked_before(app, variant, said):
    marked = lazy_gettext("Fully booked")

    with speaking(variant):
        assert gettext("Fully booked") == str(marked) == said


def test_plurals_and_dates_are_german_in_easy_language(app):
    with speaking("ls"):
        assert str(get_locale()) == "de"
        assert [ngettext("%(num)s place free", "%(num)s places free", number) for number in (1, 2)] == [
            "1 Platz ist frei",
            "2 Plätze sind frei",
        ]


def test_what_the_easy_catalogue_lacks_is_said_in_german(app):
    """The preview of mails is for those who develop: easy language has no words for it."""
    with speaking("ls"):
        assert gettext("Text part") == "Textteil"


def test_a_language_that_is_forced_wins_over_the_page_around_it(app):
    with speaking("ls"):
        with force_locale("en"):
            assert gettext("Fully booked") == "Fully booked"
        assert gettext("Fully booked") == BOOKED["ls"]


def test_who_spoke_before_speaks_again_after(app):
    g.language = "en"
    with speaking("ls"):
        assert g.language == "ls"
    assert g.language == "en"


@pytest.fixture
def templates(app, tmp_path, monkeypatch):
    """An environment with a page that has an easy one, which extends it, and one that has none."""
    (tmp_path / "ls").mkdir()
    (tmp_path / "ls/page.txt").touch()
    monkeypatch.setattr(app, "template_folder", str(tmp_path))
    pages = {
        "page.txt": "plain {% block more %}{% endblock %}",
        "ls/page.txt": "{% extends 'page.txt' %}{% block more %}easy{% endblock %}",
        "other.txt": "{% include 'page.txt' %}",
    }
    return EasyEnvironment(app, loader=DictLoader(pages))


def test_an_own_template_stands_for_the_plain_one_and_may_extend_it(templates):
    with speaking("ls"):
        assert templates.get_template("page.txt").render() == "plain easy"
        assert templates.get_template("other.txt").render() == "plain easy"
    for variant in ("de", "en"):
        with speaking(variant):
            assert templates.get_template("page.txt").render() == "plain "


@pytest.mark.parametrize(
    ("asked", "led"), [("ls", "de"), ("en, ls;q=0.9", "en"), ("fr", "de"), ("", "de"), ("*", "de")]
)
def test_a_browser_is_led_to_a_language_that_browsers_know(app, asked, led):
    with app.test_request_context("/", headers={"Accept-Language": asked}):
        assert preferred() == led
