"""The variant of a page: German, English, or easy language, which has a catalogue and templates of its own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, g, has_app_context, request
from flask.templating import Environment
from flask_babel import Babel, Domain, force_locale, get_locale
from jinja2 import Template
from werkzeug.utils import cached_property

from booking.houses.facts import LANGUAGES, LOCALES

EASY = "ls"
LABELS = {"de": "Deutsch", "en": "English", EASY: "Leichte Sprache"}


def language() -> str:
    """Return the variant of the page: that of its address, else the language that the browser prefers."""
    if "language" not in g:
        g.language = _language_of_request()
    found: str = g.language
    return found


def _language_of_request() -> str:
    if not request:
        return LOCALES[0]
    first = request.path.split("/", 2)[1]
    return first if first in LANGUAGES else preferred()


def preferred() -> str:
    """Return the language that the browser prefers; it never asks for easy language, people do."""
    return request.accept_languages.best_match(LOCALES) or LOCALES[0]


def locale_of(variant: str) -> str:
    """Return in which language a variant is written, as HTML, Babel and calendars name it."""
    return "de" if variant == EASY else variant


@contextmanager
def speaking(variant: str) -> Iterator[None]:
    """Speak a variant within, whatever the page or command around it speaks; needs an application context."""
    before = g.get("language")
    g.language = variant
    try:
        with force_locale(locale_of(variant)):
            yield
    finally:
        g.pop("language", None)
        if before is not None:
            g.language = before


def install(app: Flask) -> None:
    """Let sentences come from the catalogue of the page's variant, and templates from ``ls/`` where it has some."""
    Variants(app, locale_selector=lambda: locale_of(language()))


class Variants(Babel):
    """Babel with a second German catalogue."""

    @cached_property
    def domain_instance(self) -> Domain:
        """Return what chooses the catalogue, for pages, lazy texts and mails alike."""
        return EasyDomain(domain=self.domain)


class EasyDomain(Domain):
    """The sentences of a locale; in easy language those of ``easy.mo``, and German where it lacks one."""

    def get_translations(self) -> Translations | NullTranslations:
        """Return the catalogue for what is being written now."""
        plain: Translations | NullTranslations = super().get_translations()
        if not has_app_context() or language() != EASY or str(get_locale()) != locale_of(EASY):
            return plain
        if EASY not in self.cache:
            easy = Translations.load(self.translation_directories[0], [locale_of(EASY)], "easy")
            easy.add_fallback(plain)
            self.cache[EASY] = easy
        found: Translations = self.cache[EASY]
        return found


class EasyEnvironment(Environment):
    """Templates, of which ``ls/<name>`` is taken for ``<name>`` on pages and in mails in easy language."""

    def get_template(
        self,
        name: "str | Template",
        parent: str | None = None,
        globals: Mapping[str, Any] | None = None,
    ) -> Template:
        """Return a template; one of ``ls/`` may extend the one that it stands for."""
        if isinstance(name, str) and has_app_context() and language() == EASY:
            own = f"{EASY}/{name}"
            if parent != own and self._has(own):
                name = own
        return super().get_template(name, parent, globals)  # type: ignore[arg-type]

    def _has(self, name: str) -> bool:
        return (Path(self.app.root_path, str(self.app.template_folder)) / name).is_file()
