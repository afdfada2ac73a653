"""Dates, times and parties as people say them, in German and English; pure."""

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
}
LANGUAGES = ("de", "en", "uk", "dgs", "ls")  # spoken or signed, or easy to read
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
}


@lru_cache(maxsize=4096)
def say_day(day: date, language: str) -> str:
    """Return "Dienstag, 12. Januar 2027" or "Tuesday, 12 January 2027"."""
    return format_date(day, _DAY[_own(language)], locale=_own(language))


@lru_cache(maxsize=1024)
def say_span(first: date, last: date, language: str) -> str:
    """Return "23. November 2026 – 6. Dezember 2026"."""
    pattern = _SHORT_DAY[_own(language)]
    return " – ".join(format_date(day, pattern, locale=_own(language)) for day in (first, last))


@lru_cache(maxsize=4096)
def say_times(starts_at: datetime, ends_at: datetime, zone: str, language: str) -> str:
    """Return "14:00–15:00 Uhr" or "14:00–15:00", in the zone of the house."""
    spoken = "–".join(
        format_time(instant.astimezone(ZoneInfo(zone)), "HH:mm", locale=_own(language))
        for instant in (starts_at, ends_at)
    )
    return spoken + " Uhr" if _own(language) == "de" else spoken


def say_when(starts_at: datetime, ends_at: datetime, zone: str, language: str) -> str:
    """Return day and times together: "Dienstag, 12. Januar 2027, 14:00–15:00 Uhr"."""
    day = starts_at.astimezone(ZoneInfo(zone)).date()
    return f"{say_day(day, language)}, {say_times(starts_at, ends_at, zone, language)}"


def say_instant(instant: datetime, zone: str, language: str) -> str:
    """Return day and time of one instant: "Dienstag, 12. Januar 2027, 14:00 Uhr"."""
    local = instant.astimezone(ZoneInfo(zone))
    time = format_time(local, "HH:mm", locale=_own(language))
    return f"{say_day(local.date(), language)}, {time}{' Uhr' if _own(language) == 'de' else ''}"


@lru_cache(maxsize=4096)
def say_time(instant: datetime, zone: str, language: str) -> str:
    """Return the time of an instant without its day: "14:00 Uhr" or "14:00"."""
    time = format_time(instant.astimezone(ZoneInfo(zone)), "HH:mm", locale=_own(language))
    return f"{time} Uhr" if _own(language) == "de" else str(time)


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
    """Return "2 Erwachsene, 1 Kind"."""
    words = _PEOPLE[_own(language)]
    return ", ".join(f"{party[name]} {words[name][party[name] != 1]}" for name in _ORDER if party.get(name))


def say_language(spoken: str, language: str) -> str:
    """Return the name of a spoken or signed language."""
    return _SPOKEN[_own(language)][spoken]


def _own(language: str) -> str:
    return "en" if language == "en" else "de"
