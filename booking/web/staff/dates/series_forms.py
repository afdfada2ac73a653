"""Forms of series: how dates come back, what becomes of holidays, and until when it goes on."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import DataRequired, ValidationError

from booking.messages import wording
from booking.schedule.publishing import Plan
from booking.schedule.series import DRAFT, OPEN, PUBLISH, SKIP, Wanted
from booking.schedule.series_rules import MOST_DATES, Pattern
from booking.web.context import language
from booking.web.public.forms import KeyedForm
from booking.web.staff.catalogue.fields import BoxesField, ChoiceField, WholeField
from booking.web.staff.dates.forms import DateFields, options, wall
from booking.web.staff.forms import SometimesNeeded, StaffForm
from booking.web.staff.hours.fields import DayField

UNTIL, TIMES = "until", "times"
MONTHLY = "monthly"
RHYTHMS = (
    ("weekly", _l("every week")),
    ("second_week", _l("every second week")),
    (MONTHLY, _l("every month")),
)
ORDINALS = (
    ("1", _l("the first of the month")),
    ("2", _l("the second of the month")),
    ("3", _l("the third of the month")),
    ("4", _l("the fourth of the month")),
    ("5", _l("the fifth of the month, where there is one")),
    ("-1", _l("the last of the month")),
)


class SeriesForm(DateFields, KeyedForm):
    """A series: the fields of one date, and how they come back; ``day`` is the first day."""

    rhythm = ChoiceField(_l("How often"), choices=options(RHYTHMS), default="weekly")
    weekdays = BoxesField(_l("Days of the week"))
    ordinal = ChoiceField(
        _l("Which of these days in the month"),
        choices=options(ORDINALS),
        default="1",
        description=_l("Counts only for a series that comes back every month."),
    )
    ends = RadioField(
        _l("Until when?"),
        choices=options([(UNTIL, _l("until a day")), (TIMES, _l("so many times"))]),
        default=UNTIL,
    )
    last_day = DayField(_l("Last day"), validators=[SometimesNeeded()])
    times = WholeField(
        _l("How many times"), least=1, most=99_999, is_needed=False, validators=[SometimesNeeded()]
    )
    state_holidays = RadioField(
        _l("State holidays"),
        choices=options([(SKIP, _l("leave them out")), (OPEN, _l("have dates on them, too"))]),
        default=SKIP,
    )
    school_holidays = RadioField(
        _l("School holidays"),
        choices=options([(OPEN, _l("have dates in them, too")), (SKIP, _l("leave them out"))]),
        default=OPEN,
    )
    state = RadioField(
        _l("What becomes of the dates?"),
        choices=options([(PUBLISH, _l("publish them at once")), (DRAFT, _l("save them as drafts"))]),
        default=PUBLISH,
    )

    def name_weekdays(self) -> None:
        """Name the days of the week in the language of the page, and the first day as such."""
        self.day.label.text = _("First day")
        self.weekdays.choices = options(
            (str(number), wording.say_weekday(number + 1, language())) for number in range(7)
        )

    def validate_weekdays(self, field: BoxesField) -> None:
        """Raise ValidationError without any day."""
        if not field.data:
            raise ValidationError(_("Choose one day of the week at least."))

    def validate_last_day(self, field: DayField) -> None:
        """Raise ValidationError for an end that is missing or lies before the beginning."""
        if self.ends.data != UNTIL:
            return
        if field.data is None:
            raise ValidationError(_("Enter the last day, such as 24.12.2026."))
        if self.day.data is not None and field.data < self.day.data:
            raise ValidationError(_("The last day lies before the first one."))

    def validate_times(self, field: WholeField) -> None:
        """Raise ValidationError for a number that is missing, or more dates than a series may have."""
        if self.ends.data != TIMES:
            return
        if not field.data:
            raise ValidationError(_("Enter how many times."))
        if field.data > MOST_DATES:
            raise ValidationError(
                _("A series has at most %(most)s dates. It can be extended afterwards.", most=MOST_DATES)
            )

    def pattern(self) -> Pattern:
        """Return how the dates of a valid form come back."""
        assert self.day.data is not None
        is_until = self.ends.data == UNTIL
        return Pattern(
            rhythm=self.rhythm.data,
            weekdays=frozenset(int(one) for one in self.weekdays.data or ()),
            first_day=self.day.data,
            ordinal=int(self.ordinal.data) if self.rhythm.data == MONTHLY else None,
            last_day=self.last_day.data if is_until else None,
            times=None if is_until else self.times.data,
        )

    def wanted(self, like: Plan) -> Wanted:
        """Return the series of a valid form."""
        assert self.at.data is not None
        return Wanted(
            plan=self.plan(like),
            pattern=self.pattern(),
            at=wall(self.at.data),
            minutes=self.minutes.data or 0,
            state=self.state.data,
            state_holidays=self.state_holidays.data,
            school_holidays=self.school_holidays.data,
            once=self.key(),
        )

    def mark(self) -> str:
        """Return what stands for the values of this form, with those of the series."""
        more = [self[name].data for name in _PATTERN]
        return super().mark() + repr(more)


_PATTERN = (
    "rhythm",
    "weekdays",
    "ordinal",
    "ends",
    "last_day",
    "times",
    "state_holidays",
    "school_holidays",
    "state",
)


class ExtendForm(StaffForm):
    """Until when a series goes on."""

    last_day = DayField(
        _l("Goes on until"), validators=[DataRequired(_l("Enter the last day, such as 24.12.2026."))]
    )
    state = RadioField(
        _l("What becomes of the dates?"),
        choices=options([(PUBLISH, _l("publish them at once")), (DRAFT, _l("save them as drafts"))]),
        default=PUBLISH,
    )
    seen = HiddenField()

    def mark(self) -> str:
        """Return what stands for the values of this form."""
        return f"{self.last_day.data} {self.state.data}"


class BackForm(StaffForm):
    """One day that comes back."""

    day = DayField(validators=[DataRequired()])
