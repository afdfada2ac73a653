"""Builders of what people tell us: an idea, a barrier, an answer to them."""

from itertools import count
from typing import Any

from booking.db import unit_of_work
from booking.houses import queries as houses
from booking.houses.facts import House
from booking.timekit.clock import StoppedClock
from booking.voices import queries, service
from booking.voices.queries import VoicePage
from booking.voices.service import Said, Told
from booking.web.public.voice_links import secret_of_voice
from tests.builders import house_id

_numbers = count(1)


def the_house(key: str = "leipzig") -> House:
    """Return a house that the template holds."""
    found = house_id(key)
    return unit_of_work(lambda: houses.house(found))


def said(**wanted: Any) -> Said:
    """Return what Amina tells: an idea, unless told otherwise."""
    kind = wanted.get("kind", "idea")
    details: dict[str, Any] = {
        "kind": kind,
        "language": "de",
        "words": "Bänke mit Sensoren, die sagen, ob sie im Schatten stehen.",
        "who": "citizen" if kind == "idea" else "",
        "name": "Amina Kaya",
        "email": "amina@example.org",
    }
    return Said(**(details | wanted))


def tell(clock: StoppedClock, *, once: str = "", key: str = "leipzig", **wanted: Any) -> Told:
    """Tell a house something as Amina does."""
    house, form = the_house(key), once or f"voice-{next(_numbers)}"
    return unit_of_work(lambda: service.tell(said(**wanted), house=house, once=form, now=clock()))


def answer(voice_id: int, state: str, clock: StoppedClock, words: str = "Das probieren wir aus.") -> None:
    """Answer it as somebody of the house does."""
    unit_of_work(lambda: service.answer(voice_id, state, words, actor="staff:1", now=clock()))


def shown(voice_id: int) -> VoicePage:
    """Return what is stored of it."""
    return unit_of_work(lambda: queries.voice(voice_id))


def a_voice_secret(clock: StoppedClock, **wanted: Any) -> str:
    """Tell something, and return the token of its link."""
    return secret_of_voice(tell(clock, **wanted).link_id)
