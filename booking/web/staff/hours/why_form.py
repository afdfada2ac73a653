"""The question why nothing is free, as the address says it; what was typed stays, with its errors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from booking.messages import wording
from booking.messages.plain import one_line
from booking.web.context import language
from booking.web.labels import medium_label
from booking.web.staff.hours.fields import YEARS, read_day, read_minute

MEDIA = ("on_site", "video", "phone")
MOST_PEOPLE = 999


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody wants to know; ``minute`` of the day, or None for the whole day."""

    offering_id: int
    day: date
    minute: int | None
    medium: str
    people: int
    language: str


class WhyForm:
    """The form of the page: values as typed, errors by field."""

    def __init__(
        self, asked: Mapping[str, str], offerings: Sequence[tuple[int, str]], *, today: date
    ) -> None:
        self.values = {name: one_line(asked.get(name, ""))[:100] for name in ("offering", "day", "time")}
        self.values |= {
            "medium": asked.get("medium", ""),
            "people": one_line(asked.get("people", ""))[:100] or "1",
        }
        self.values["language"] = asked.get("language", "")
        self.errors: dict[str, str] = {}
        self.is_asked = "offering" in asked
        self._offerings = {str(number) for number, _title in offerings}
        self._today = today
        self.media = [(one, medium_label(one)) for one in MEDIA]
        self.languages = [(one, wording.say_language(one, language())) for one in wording.LANGUAGES]
        if not self.values["day"] and not self.is_asked:
            self.values["day"] = today.isoformat()

    def asking(self) -> Asking | None:
        """Return what is asked, or None where something is to be mended."""
        values = self.values
        day, minute = read_day(values["day"]), read_minute(values["time"]) if values["time"] else None
        if values["offering"] not in self._offerings:
            self.errors["offering"] = _("Choose an offering.")
        if day is None or abs(day.year - self._today.year) > YEARS:
            self.errors["day"] = _("Enter a day such as 24.12.2026.")
        if values["time"] and minute is None:
            self.errors["time"] = _("Enter a time such as 15:30.")
        people = values["people"]
        if not (people.isascii() and people.isdigit() and 1 <= int(people[:9]) <= MOST_PEOPLE):
            self.errors["people"] = _("Enter a whole number from 1 to %(most)s.", most=MOST_PEOPLE)
        if self.errors:
            return None
        assert day is not None
        return Asking(
            int(values["offering"]),
            day,
            minute,
            values["medium"] if values["medium"] in MEDIA else MEDIA[0],
            int(people),
            values["language"] if values["language"] in wording.LANGUAGES else "",
        )
