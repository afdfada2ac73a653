"""How single values are said: instants, days, minutes, hours, roles, weekly rules, what an offering takes."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.errors import N_
from booking.messages import wording
from booking.people.permissions import ROLES
from booking.timekit.instants import from_epoch
from booking.web.context import house, language
from booking.web.staff.history.field_labels import FIELDS, WORDS

_ROLES = {
    "guide": N_("Guide"),
    "expert": N_("Expert"),
    "desk": N_("Desk"),
    "coordinator": N_("Coordination"),
    "admin": N_("Administration"),
    "auditor": N_("Audit"),
}
_LANGUAGE_NAMES = {"de": N_("German"), "en": N_("English"), "ls": N_("easy language")}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RULE_WORDS = {
    "odd": N_("in odd weeks"),
    "even": N_("in even weeks"),
    "ordinal": N_("number"),
    "from": N_("from"),
    "until": N_("until"),
    "offering": N_("offering"),
    "on_site": N_("in the house"),
    "video": N_("by video"),
    "phone": N_("by phone"),
    "school": N_("school"),
    "holidays": N_("holidays:"),
    "never": N_("never"),
    "only": N_("only then"),
}


def field_label(name: str) -> str:
    """Return what a field is called, with its language ("en.title"); one without a label by its name in the program."""
    code, is_spoken, word = name.partition(".")
    if is_spoken and code in _LANGUAGE_NAMES:
        return f"{field_label(word)} ({_(_LANGUAGE_NAMES[code])})"
    known = FIELDS.get(name)
    return _(known[1]) if known else name.replace("_", " ").replace(".", " ").capitalize()


def field_kind(name: str) -> str:
    """Return how the values of a field are said."""
    code, _dot, word = name.partition(".")
    known = FIELDS.get(word if code in _LANGUAGE_NAMES else name)
    return known[0] if known else "text"


def _instant(value: Any) -> str:
    instant = from_epoch(value) if isinstance(value, int) else datetime.fromisoformat(value)
    return wording.say_instant(instant, house().zone, language())


def _day(value: Any) -> str:
    return wording.say_day(date.fromisoformat(value), language())


def _minutes(value: Any) -> str:
    days, rest = divmod(int(value), 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [
        ngettext("%(num)s day", "%(num)s days", days) if days else "",
        ngettext("%(num)s hour", "%(num)s hours", hours) if hours else "",
        ngettext("%(num)s minute", "%(num)s minutes", minutes) if minutes or not value else "",
    ]
    return " ".join(part for part in parts if part)


def _clock(value: Any) -> str:
    return f"{int(value) // 60:02}:{int(value) % 60:02}"


def _windows(value: Any) -> str:
    if isinstance(value, str):
        return value
    pairs = [one for one in value if isinstance(one, list | tuple) and len(one) == 2]
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in pairs) or _("closed")


def _days(value: Any) -> str:
    return ngettext("%(num)s day", "%(num)s days", int(value))


def _weekday(value: Any) -> str:
    return wording.say_weekday(int(value) + 1, language())


def _parity(value: Any) -> str:
    return _("even weeks") if int(value) == 0 else _("odd weeks")


def _word(value: Any) -> str:
    return _(WORDS[value]) if value in WORDS else str(value)


def _spoken(value: Any) -> str:
    return wording.say_language(str(value), language())


def _role(value: Any) -> str:
    return _(_ROLES[value]) if value in ROLES else str(value)


def _names(value: Any) -> str:
    """Return texts by language, each behind the name of its language."""
    if not isinstance(value, Mapping):
        return str(value)
    return "; ".join(
        f"{_(_LANGUAGE_NAMES[code]) if code in _LANGUAGE_NAMES else code}: {words}"
        for code, words in value.items()
        if words
    )


def _party(value: Any) -> str:
    return wording.say_party(value, language()) if isinstance(value, Mapping) else str(value)


def _need(value: Any) -> str:
    """Return what an offering takes: how many of what, and the buffers around it."""
    if not isinstance(value, Mapping):
        return str(value)
    what = ", ".join(map(str, value.get("things") or ())) or _word(value.get("kind", ""))
    parts = [f"{value.get('quantity') or 1} × {what}"]
    if value.get("people_per_unit"):
        parts.append(f"{field_label('people_per_unit')}: {value['people_per_unit']}")
    parts += [
        f"{field_label(f'{side}_minutes')}: {_minutes(value[side])}"
        for side in ("before", "after")
        if value.get(side)
    ]
    return ", ".join([*parts, *([_word(value["medium"])] if value.get("medium") else [])])


def _rules(value: Any) -> str:
    """Return weekly hours; a rule is kept as ``wed 15:00-19:00 odd from 2027-01-01``."""
    return "; ".join(_rule(str(one)) for one in value) if isinstance(value, list | tuple) else str(value)


def _rule(text: str) -> str:
    words = text.split()
    if words and words[0] in _WEEKDAYS:
        words[0] = _weekday(_WEEKDAYS.index(words[0]))
    for number, word in enumerate(words):
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", word):
            words[number] = _day(word)
        elif word in _RULE_WORDS:
            words[number] = _(_RULE_WORDS[word])
    return " ".join(words)


WHOLE: Mapping[str, Callable[[Any], str]] = {
    "windows": _windows,
    "names": _names,
    "party": _party,
    "need": _need,
    "rules": _rules,
}
"""How a value is said that is a list or a table as a whole."""
SAYING: Mapping[str, Callable[[Any], str]] = {
    "instant": _instant,
    "day": _day,
    "minutes": _minutes,
    "clock": _clock,
    "days": _days,
    "weekday": _weekday,
    "parity": _parity,
    "word": _word,
    "language": _spoken,
    "role": _role,
}
"""How one value is said, by the kind of its field."""
