"""Forms of rooms, meeting points, equipment, repairs and programmes."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from booking.catalogue.service import PlaceDetails
from booking.catalogue.thing_lists import PlaceLine, PoolLine, ProgrammeLine
from booking.schedule.repairing import WantedRepair
from booking.schedule.thing_editing import PoolDetails
from booking.timekit.instants import at_wall
from booking.web.public.forms import line
from booking.web.staff.catalogue.fields import NamesFields, WholeField, area_field, names_data, text_field
from booking.web.staff.forms import StaffForm, VersionedForm
from booking.web.staff.hours.fields import ANY_YEAR

LONGEST_REPAIR = timedelta(days=730)


class PlaceForm(NamesFields, VersionedForm):
    """A room or a meeting point; how many people only rooms limit."""

    address = text_field(
        _l("Address"), most=200, description=_l("Street, number and town; empty for a room in the house")
    )
    latitude = StringField(_l("Latitude"), filters=[line], description=_l("For example 51.3386"))
    longitude = StringField(_l("Longitude"), filters=[line], description=_l("For example 12.3779"))
    people_limit = WholeField(_l("Most people"), least=1, most=9999, is_needed=False)
    is_shared = BooleanField(_l("Several dates can share it at the same time, until it is full"))
    is_step_free = BooleanField(_l("It can be reached without steps"), default=True)
    is_active = BooleanField(_l("It is in use: new dates can be planned here"), default=True)

    def suit(self, kind: str, *, is_new: bool) -> None:
        """Leave only what a place of this kind has."""
        if kind != "room":
            del self.is_shared, self.people_limit
        if is_new:
            del self.is_active, self.version

    def validate_people_limit(self, field: Any) -> None:
        """What several dates share is counted by people."""
        if self.is_shared.data and field.data is None and not field.errors:
            raise ValidationError(_l("Enter how many people may be here at once: dates share it up to that."))

    def validate_latitude(self, field: Any) -> None:
        """Degrees north, or south with a minus."""
        _check_degrees(field, most=90, other=self.longitude)

    def validate_longitude(self, field: Any) -> None:
        """Degrees east, or west with a minus."""
        _check_degrees(field, most=180, other=self.latitude)

    def values(self) -> dict[str, Any]:
        """Return what the form tells, as the deed takes it."""
        found: dict[str, Any] = {"names": self.names(), "address": self.address.data or ""}
        found |= {name: _degrees(self[name].data) for name in ("latitude", "longitude")}
        for name in ("people_limit", "is_shared", "is_step_free", "is_active"):
            if name in self:
                found[name] = self[name].data
        return found

    def details(self, kind: str) -> PlaceDetails:
        """Return a new place."""
        return PlaceDetails(key="", kind=kind, **self.values())


def _degrees(typed: str | None) -> float | None:
    """Return degrees with a point or a comma; raises ValueError."""
    return float(typed.replace(",", ".")) if typed else None


def _check_degrees(field: Field, *, most: int, other: Field) -> None:
    message = _l("Enter degrees as a number from -%(most)s to %(most)s.", most=most)
    try:
        found = _degrees(field.data)
    except ValueError:
        raise ValidationError(message) from None
    if found is not None and not -most <= found <= most:
        raise ValidationError(message)
    if found is None and other.data:
        raise ValidationError(_l("Enter both numbers, or none."))


def place_data(place: PlaceLine) -> dict[str, Any]:
    """Return what is stored, as the form holds it."""
    same = ("address", "people_limit", "is_shared", "is_step_free", "is_active", "version")
    found = {name: getattr(place, name) for name in same} | names_data(place.names)
    return found | {
        name: "" if getattr(place, name) is None else str(getattr(place, name))
        for name in ("latitude", "longitude")
    }


class PoolForm(NamesFields, VersionedForm):
    """Equipment of one sort."""

    units = WholeField(_l("How many there are"), least=0, most=9999)
    is_active = BooleanField(_l("It is in use: offerings can need it"), default=True)

    def suit(self, *, is_new: bool) -> None:
        """Leave out what a new one does not have."""
        if is_new:
            del self.is_active, self.version

    def details(self) -> PoolDetails:
        """Return what the form tells."""
        is_active = self.is_active.data if "is_active" in self else True
        return PoolDetails(names=self.names(), units=self.units.data or 0, is_active=is_active)


def pool_data(pool: PoolLine) -> dict[str, Any]:
    """Return what is stored, as the form holds it."""
    return names_data(pool.names) | {
        "units": pool.units,
        "is_active": pool.is_active,
        "version": pool.version,
    }


def _day(typed: str) -> date:
    """Return the day of `2027-01-31`; raises ValueError, also for a year that no calendar here reaches."""
    found = date.fromisoformat(typed)
    if found.year not in ANY_YEAR:
        raise ValueError(typed)
    return found


class WallField(StringField):
    """A day or a time of the clock on the wall; keeps what was typed."""

    def __init__(self, label: Any, *, kind: str, **more: Any) -> None:
        super().__init__(label, filters=[line], widget=TextInput(input_type=kind), **more)
        self.reads = _day if kind == "date" else time.fromisoformat
        self.kind = kind
        self.flags.required = True  # type: ignore[attr-defined]

    def value(self) -> Any:
        """Return the day or the time that was typed; raises ValueError."""
        return self.reads(self.data or "")

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no day or time."""
        try:
            self.value()
        except ValueError:
            self.widget = TextInput()  # a field for days or times would drop what is none
            if self.kind == "date":
                raise ValidationError(_l("Enter a day, for example 2027-01-31.")) from None
            raise ValidationError(_l("Enter a time, for example 14:30.")) from None


class RepairForm(StaffForm):
    """Units that are out of service for a time."""

    units = WholeField(_l("How many are out of service"), least=1, most=9999, default=1)
    first_day = WallField(_l("From day"), kind="date")
    first_time = WallField(_l("From time"), kind="time", default="00:00")
    last_day = WallField(_l("Until day"), kind="date")
    last_time = WallField(_l("Until time"), kind="time", default="23:59")
    note = area_field(
        _l("Note"), most=500, description=_l("What is broken, who repairs it. No names of visitors, please.")
    )

    def validate_last_day(self, _field: Any) -> None:
        """It ends after it begins, and within reason."""
        try:
            begins = datetime.combine(self.first_day.value(), self.first_time.value())
            ends = datetime.combine(self.last_day.value(), self.last_time.value())
        except ValueError:
            return  # told at the field that is wrong
        if ends <= begins:
            raise ValidationError(_l("The end must come after the beginning."))
        if ends - begins > LONGEST_REPAIR:
            raise ValidationError(
                _l("A repair lasts two years at most. For longer, lower the number of the equipment.")
            )

    def wanted(self, zone: str) -> WantedRepair:
        """Return what the form tells; the clock is that of the house."""
        return WantedRepair(
            units=self.units.data or 0,
            starts_at=at_wall(self.first_day.value(), self.first_time.value(), zone),
            ends_at=at_wall(self.last_day.value(), self.last_time.value(), zone),
            note=self.note.data or "",
        )


class ProgrammeForm(NamesFields, VersionedForm):
    """The names of a programme."""


def programme_data(programme: ProgrammeLine) -> dict[str, Any]:
    """Return what is stored, as the form holds it."""
    return names_data(programme.names) | {"version": programme.version}
