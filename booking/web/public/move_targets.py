"""Where a booking is to be moved to, a date or a slot: read from the address, checked, and handed to the deed."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from flask import g, request
from flask_babel import gettext as _

from booking.bookings import access_changes, access_queries, moving, moving_queries, moving_slots
from booking.bookings.moving_queries import SlotOf
from booking.bookings.queries import BookingPage
from booking.bookings.retrying import with_anybody
from booking.catalogue import queries as catalogue
from booking.db import unit_of_work
from booking.errors import NotFound
from booking.messages import wording
from booking.schedule import choosing, queries
from booking.schedule.choosing import Wanted
from booking.schedule.queries import Date
from booking.schedule.refusals import SlotGone, Taken
from booking.web.context import address, house, language
from booking.web.public.rows import date_row, where
from booking.web.public.slot_choice import SlotChoice, chosen_slot
from booking.web.roof import roof

_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class DateTarget:
    """A date of the programme."""

    booking: BookingPage
    date: Date
    asks_phone = False

    @property
    def starts_at(self) -> datetime:
        return self.date.starts_at

    def is_here(self) -> bool:
        """Return whether the booking is on this date already."""
        return self.date.id == self.booking.occurrence_id

    def check(self, *, now: datetime) -> None:
        """Raise what would refuse the move now."""
        wanted = moving_queries.target(self.date.id, booking_id=self.booking.id)
        moving.check_target(self.booking, wanted, now=now)
        if self.date.left < sum(self.booking.party.values()):
            raise Taken
        access_changes.check_move(self.booking, access_queries.date(self.date.id), now=now)

    def move(self, *, phone: str, now: datetime) -> None:
        """Do it; raises what refuses it."""
        deed = partial(moving.move_to_date, self.booking.id, self.date.id, request_id=g.request_id, now=now)
        unit_of_work(deed)

    def values(self) -> dict[str, object]:
        """Return it as parameters of an address."""
        return {"to": self.date.id}

    def facts(self) -> list[tuple[str, str]]:
        """Return it as pairs of words."""
        row = date_row(self.date)
        place = where(self.date.place_names, self.date.place_address)
        return [(_("When"), row.when), (_("Where"), place), (_("Language"), row.languages)]


@dataclass(frozen=True, slots=True)
class SlotTarget:
    """A time of a consultation; ``slot`` is what the booking has."""

    booking: BookingPage
    choice: SlotChoice
    slot: SlotOf

    @property
    def starts_at(self) -> datetime:
        return self.choice.starts_at

    @property
    def asks_phone(self) -> bool:
        """Whether it is a call, and nobody knows whom to call."""
        return self.choice.medium == "phone" and not self.booking.phone

    @property
    def wanted(self) -> Wanted:
        people = sum(self.booking.party.values())
        return replace(self.choice.wanted(people=people), prefers=self.booking.language)

    def is_here(self) -> bool:
        """Return whether the booking is at this time already, with this expert and in this way."""
        return moving_slots.is_there(self.slot, self.wanted)

    def check(self, *, now: datetime) -> None:
        """Raise what would refuse the move now; a missing number can be typed."""
        moving_slots.check_wanted(self.slot, self.wanted, now=now)
        team = choosing.choose(self.wanted, house=house(), moving=self.slot.moving, now=now)
        access_changes.check_move(self.booking, access_queries.of_team(team), now=now)

    def move(self, *, phone: str, now: datetime) -> None:
        """Do it, again where others were faster and somebody else may be free; raises what refuses it."""
        deed = partial(moving_slots.move_to_slot, self.booking.id, self.wanted, house=house())
        with_anybody(partial(deed, phone=phone, request_id=g.request_id, now=now))

    def values(self) -> dict[str, object]:
        """Return it as parameters of an address."""
        return {"start": f"{self.starts_at:%Y-%m-%dT%H:%MZ}", **self.choice.values()}

    def facts(self) -> list[tuple[str, str]]:
        """Return it as pairs of words."""
        choice, zone = self.choice, house().zone
        when = wording.say_when(choice.starts_at, choice.ends_at, zone, language())
        facts = [(_("When"), when), *choice.facts()]
        return facts if choice.expert else [*facts, *self._with_whom()]

    def _with_whom(self) -> list[tuple[str, str]]:
        """Return who would give it, where that was left open; nobody once it is gone."""
        try:
            team = choosing.choose(self.wanted, house=house(), moving=self.slot.moving, now=roof().clock())
        except SlotGone:
            return []
        named = {one.id: one.first_name for one in self.choice.consultation.experts}
        names = [named[host_id] for host_id in team.host_ids if host_id in named]
        return [(_("With"), ", ".join(names))] if names else []


Target = DateTarget | SlotTarget


def wanted_target(booking: BookingPage, slot: SlotOf) -> Target | None:
    """Return the target that the address names, or None; raises NotFound for a date that is hidden or foreign."""
    if slot.is_slot:
        choice = _slot(booking, slot) if "start" in request.args else None
        return SlotTarget(booking, choice, slot) if choice else None
    typed = request.args.get("to", "")
    if not _NUMBER.fullmatch(typed):
        return None
    found = queries.date(int(typed), house_id=house().id, language=language(), now=roof().clock())
    return DateTarget(booking, found)


def changeable_until(booking: BookingPage, starts_at: datetime) -> datetime:
    """Return until when a booking that starts then could be cancelled or moved online."""
    before: timedelta = booking.starts_at - booking.cancel_until
    return starts_at - before


def target_href(secret: str, target: Target) -> str:
    """Return the address on which a move is asked for and done."""
    return address("move", secret=secret, **target.values())


def _slot(booking: BookingPage, slot: SlotOf) -> SlotChoice | None:
    """Return the slot of the address, in the language of the booked one unless another is asked for."""
    try:
        offering = catalogue.offering(booking.offering_key, house_id=house().id, language=language())
        choice = chosen_slot(offering)
    except NotFound:
        return None  # the offering has been taken out of the programme: there is no other time
    return choice and replace(choice, language=choice.language or slot.language)
