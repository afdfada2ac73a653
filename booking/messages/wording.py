"""Dates, times and parties as people say them, in German, English and easy language (``ls``); pure."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_day_names

_DAY = {"de": "EEEE, d. MMMM y", "en": "EEEE, d MMMM y"}
_SHORT_DAY = {"de": "d. MMMM y", "en": "d MMMM y"}
_PEOPLE = {
    "de": {
        "adults": ("erwachsene Person", "Erwachsene"),
        "children": ("Kind", "Kinder"),
        "pupils": ("Schüler:in", "Schülerinnen und Schüler"),
        "companions": ("Begleitperson", "Begleitpersonen"),
    },
    "en": {
        "adults": ("adult", "adults"),
        "children": ("child", "children"),
        "pupils": ("pupil", "pupils"),
        "companions": ("accompanying adult", "accompanying adults"),
    },
    "ls": {
        "adults": ("erwachsene Person", "Erwachsene"),
        "children": ("Kind", "Kinder"),
        "pupils": ("Schüler oder Schülerin", "Schülerinnen und Schüler"),
        "companions": ("Begleit-Person", "Begleit-Personen"),
    },
}
LANGUAGES = ("de", "en", "uk", "dgs", "ls")  # spoken or signed, or easy to read
_EASY = "ls"
_OCLOCK = "\N{NO-BREAK SPACE}Uhr"  # it never stands alone on a line; mails in plain text have a space there
_ORDER = ("adults", "children", "pupils", "companions")
_SPOKEN = {
    "de": {
        "de": "Deutsch",
        "en": "Englisch",
        "uk": "Ukrainisch",
        "dgs": "Deutsche Gebärdensprache",
        "ls": "Leichte Sprache",
    },
    "en": {
        "de": "German",
        "en": "English",
        "uk": "Ukrainian",
        "dgs": "German Sign Language",
        "ls": "Easy German",
    },
    "ls": {
        "de": "Deutsch",
        "en": "Englisch",
        "uk": "Ukrainisch",
        "dgs": "Deutsche Gebärden-Sprache",
        "ls": "Leichte Sprache",
    },
}


@lru_cache(maxsize=4096)
def say_day(day: date, language: str) -> str:
    """Return "Dienstag, 12. Januar 2027" or "Tuesday, 12 January 2027"."""
    return format_date(day, _DAY[_own(language)], locale=_own(language))


@lru_cache(maxsize=1024)
def say_span(first: date, last: date, language: str) -> str:
    """Return "23. November 2026 – 6. Dezember 2026"; easily "vom 23. November 2026 bis 6. Dezember 2026"."""
    pattern = _SHORT_DAY[_own(language)]
    begin, end = (format_date(day, pattern, locale=_own(language)) for day in (first, last))
    return f"vom {begin} bis {end}" if language == _EASY else f"{begin} – {end}"


@lru_cache(maxsize=4096)
def say_times(starts_at: datetime, ends_at: datetime, zone: str, language: str) -> str:
    """Return "14:00–15:00 Uhr", "14:00–15:00" or "von 14 Uhr bis 15 Uhr", in the zone of the house."""
    if language == _EASY:
        return f"von {say_time(starts_at, zone, language)} bis {say_time(ends_at, zone, language)}"
    spoken = "–".join(_time(instant, zone, language) for instant in (starts_at, ends_at))
    return spoken + _OCLOCK if _own(language) == "de" else spoken


def say_when(starts_at: datetime, ends_at: datetime, zone: str, language: str) -> str:
    """Return day and times together: "Dienstag, 12. Januar 2027, 14:00–15:00 Uhr"."""
    day = starts_at.astimezone(ZoneInfo(zone)).date()
    return f"{say_day(day, language)}, {say_times(starts_at, ends_at, zone, language)}"


def say_instant(instant: datetime, zone: str, language: str) -> str:
    """Return day and time of one instant: "Dienstag, 12. Januar 2027, 14:00 Uhr"."""
    day = instant.astimezone(ZoneInfo(zone)).date()
    return f"{say_day(day, language)}, {say_time(instant, zone, language)}"


@lru_cache(maxsize=4096)
def say_time(instant: datetime, zone: str, language: str) -> str:
    """Return the time of an instant without its day: "14:00 Uhr", "14:00", or easily "14 Uhr" and "14:30 Uhr"."""
    time = _time(instant, zone, language)
    return f"{time}{_OCLOCK}" if _own(language) == "de" else time


def _time(instant: datetime, zone: str, language: str) -> str:
    local = instant.astimezone(ZoneInfo(zone))
    if language == _EASY:
        return f"{local.hour}:{local.minute:02}" if local.minute else str(local.hour)
    return str(format_time(local, "HH:mm", locale=_own(language)))


@lru_cache(maxsize=256)
def say_month(day: date, language: str) -> str:
    """Return "Januar 2027"."""
    return str(format_date(day, "LLLL y", locale=_own(language)))


@lru_cache(maxsize=1024)
def say_days(first: date, last: date, language: str) -> str:
    """Return "Donnerstag, 7. Januar, bis Sonntag, 10. Januar 2027", or the one day."""
    if first == last:
        return say_day(first, language)
    is_german, end = _own(language) == "de", say_day(last, language)
    pattern = "EEEE, d. MMMM" if is_german else "EEEE, d MMMM"
    is_one_year = first.year == last.year
    begin = format_date(first, pattern, locale=_own(language)) if is_one_year else say_day(first, language)
    return f"{begin}, bis {end}" if is_german else f"{begin} to {end}"


def say_weekday(number: int, language: str) -> str:
    """Return the name of a day of the week, 1 for Monday."""
    return str(get_day_names(locale=_own(language))[number - 1])


def say_party(party: Mapping[str, int], language: str) -> str:
    """Return "2 Erwachsene, 1 Kind"; easily "2 Erwachsene und 1 Kind"."""
    words = _PEOPLE[language if language in _PEOPLE else "de"]
    told = [f"{party[name]} {words[name][party[name] != 1]}" for name in _ORDER if party.get(name)]
    return (" und " if language == _EASY else ", ").join(told)


def say_language(spoken: str, language: str) -> str:
    """Return the name of a spoken or signed language."""
    return _SPOKEN[language if language in _SPOKEN else "de"][spoken]


def plain(text: str) -> str:
    """Return a text with plain spaces alone, for mails in plain text and for a terminal."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _own(language: str) -> str:
    """Return the language in which a variant is written."""
    return "en" if language == "en" else "de"
