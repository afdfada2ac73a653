"""What pages show of a free time: words made once, and the way to book it."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from flask_babel import gettext as _
from flask_babel import ngettext

from booking.messages import wording
from booking.schedule.expert_queries import Consultation
from booking.schedule.slots import Slot, SlotQuery
from booking.timekit.instants import from_epoch, local_date
from booking.web.context import address, house, language
from booking.web.labels import medium_label
from booking.web.public.slot_filters import Filters


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One free time: ``before``, ``time``, ``other`` and ``after`` together stand alone when read aloud.

    ``other``  the same time by the clock of the house, where the list follows the visitor's
    ``how``    in the house, by video or by phone
    """

    href: str
    before: str
    time: str
    other: str
    after: str
    how: str
    facts: tuple[str, ...]

    @property
    def when(self) -> str:
        """Day and time, for pages without headings of days."""
        return self.before + self.time


@dataclass(frozen=True)
class Words:
    """Makes the rows of one consultation as it is asked for; ``query`` knows which languages its hosts speak."""

    consultation: Consultation
    filters: Filters
    query: SlotQuery
    _tails: dict[tuple[tuple[int, ...], int], tuple[str, str, tuple[str, ...]]] = field(
        default_factory=dict, init=False
    )

    @property
    def zone(self) -> str:
        """The zone in which times are listed."""
        return self.filters.zone or house().zone

    def row(self, slot: Slot) -> TimeRow:
        """Return a free time with the way to book it."""
        start, spoken, zone = from_epoch(slot.start), language(), self.zone
        asked, after, facts = self._tail(slot)
        return TimeRow(
            href=f"{self._base}&start={start:%Y-%m-%dT%H:%MZ}{asked}",
            before=wording.say_day(local_date(start, zone), spoken) + ", ",
            time=wording.say_time(start, zone, spoken),
            other=self._by_our_clock(start) if self.filters.zone else "",
            after=after,
            how=self._how,
            facts=facts,
        )

    def _tail(self, slot: Slot) -> tuple[str, str, tuple[str, ...]]:
        """What a time has in common with others of the same hosts and places: made once, since there are hundreds."""
        kind = (slot.hosts, slot.left)
        if kind not in self._tails:
            self._tails[kind] = self._new_tail(slot)
        return self._tails[kind]

    def _new_tail(self, slot: Slot) -> tuple[str, str, tuple[str, ...]]:
        spoken, languages = language(), self._languages(slot)
        preferred = self.filters.language or (spoken if spoken in languages else "")
        chosen = preferred or (languages[0] if languages else "")
        name = wording.say_language(chosen, spoken) if chosen else ""
        places = self._places(slot)
        told = (self.consultation.title, self._how, name, places)
        names = _(" or ").join(wording.say_language(one, spoken) for one in languages)
        return (
            f"&language={chosen}" if chosen else "",
            "".join(f", {part}" for part in told if part),
            tuple(part for part in (names, places) if part),
        )

    @cached_property
    def _how(self) -> str:
        return str(medium_label(self.filters.medium))

    @cached_property
    def _base(self) -> str:
        """The address of the form without the instant and the language."""
        filters = self.filters
        values: dict[str, object | None] = {
            "medium": filters.medium,
            "host": filters.host.key if filters.host else None,
            "people": filters.people if filters.people > 1 else None,
        }
        given = {key: value for key, value in values.items() if value is not None}
        return address("book_slot", key=self.consultation.key, **given)

    def _languages(self, slot: Slot) -> list[str]:
        spoken = {one for host in self.query.hosts if host.id in slot.hosts for one in host.languages}
        return [one for one in wording.LANGUAGES if one in spoken]

    def _places(self, slot: Slot) -> str:
        if not self.consultation.is_shared:
            return ""
        return str(ngettext("%(num)s place free", "%(num)s places free", slot.left))

    def _by_our_clock(self, start: datetime) -> str:
        ours = house().zone
        is_same_day = local_date(start, ours) == local_date(start, self.zone)
        say = wording.say_time if is_same_day else wording.say_instant
        return _("%(time)s in %(city)s", time=say(start, ours, language()), city=house().city)
