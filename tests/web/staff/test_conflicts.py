"""Two people edit the same thing: every kind of field shows both versions, and the second wins knowingly."""

from datetime import date
from types import SimpleNamespace

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice

from booking.web.staff.conflicts import conflict
from booking.web.staff.forms import VersionedForm
from booking.web.staff.hours.fields import DayField, MinuteField

ROOMS = [SelectChoice("", "no room"), SelectChoice("1", "Foyer"), SelectChoice("2", "Forum")]
HOSTS = [SelectChoice("1", "Mira"), SelectChoice("2", "Ada"), SelectChoice("3", "Olena")]


class EveryField(VersionedForm):
    """One field of every kind."""

    title = StringField("Title")
    summary = TextAreaField("Summary")
    seats = IntegerField("Seats")
    starts = TimeField("Begins")
    day = DateField("Day")
    own_day = DayField("Own day")
    minute = MinuteField("From")
    is_shared = BooleanField("Shared")
    room = SelectField("Room", choices=ROOMS)
    medium = RadioField("Medium", choices=[SelectChoice("a", "in the house"), SelectChoice("b", "by video")])
    hosts = SelectMultipleField("Hosts", choices=HOSTS)


TYPED = {
    "version": "3",
    "title": "Tour",
    "summary": "One.\r\nTwo.",
    "seats": "12",
    "starts": "09:30",
    "day": "2027-01-12",
    "own_day": "2027-01-12",
    "minute": "09:30",
    "room": "1",
    "medium": "a",
    "hosts": ["1", "3"],
}
STORED = {
    "version": 5,
    "title": "Tour",
    "summary": "One.\nTwo.",
    "seats": 12,
    "starts": SimpleNamespace(strftime=lambda _form: "09:30"),
    "day": date(2027, 1, 12),
    "own_day": date(2027, 1, 12),
    "minute": 570,
    "is_shared": False,
    "room": 1,
    "medium": "a",
    "hosts": (3, 1),
}


def differences(app, typed, stored):
    """Return what is told of a form as it was typed and what is stored now, and the version of the form then."""
    with app.test_request_context("/en/staff/", method="POST", data=MultiDict(typed)):
        form = EveryField()
        told = conflict(form, stored)
        return {one.label: (one.mine, one.theirs) for one in told}, form.version.data, told


def test_what_is_alike_is_not_told_however_it_is_kept(app):
    told, version, _all = differences(app, TYPED, STORED)

    assert told == {}
    assert version == "5"


@pytest.mark.parametrize(
    ("name", "typed", "stored", "told"),
    [
        ("title", "New", "Old", ("Title", "New", "Old")),
        ("title", "", "Old", ("Title", "–", "Old")),
        ("summary", "One.\r\n\r\nThree.", "One.\nTwo.", ("Summary", "One.\r\n\r\nThree.", "One.\nTwo.")),
        ("seats", "15", 12, ("Seats", "15", "12")),
        ("seats", "zwölf", 12, ("Seats", "zwölf", "12")),
        ("seats", "", 12, ("Seats", "–", "12")),
        ("seats", "0", None, ("Seats", "0", "–")),
        (
            "day",
            "2027-01-13",
            date(2027, 1, 12),
            ("Day", "Wednesday, 13 January 2027", "Tuesday, 12 January 2027"),
        ),
        ("day", "soon", date(2027, 1, 12), ("Day", "soon", "Tuesday, 12 January 2027")),
        ("minute", "10:00", 570, ("From", "10:00", "09:30")),
        ("is_shared", "y", False, ("Shared", "yes", "no")),
        ("room", "2", 1, ("Room", "Forum", "Foyer")),
        ("room", "", 1, ("Room", "no room", "Foyer")),
        ("room", "1", None, ("Room", "Foyer", "no room")),
        ("room", "1", 77, ("Room", "Foyer", "77")),
        ("medium", "b", "a", ("Medium", "by video", "in the house")),
        ("hosts", ["2"], [1, 3], ("Hosts", "Ada", "Mira, Olena")),
        ("hosts", [], {1}, ("Hosts", "–", "Mira")),
    ],
)
def test_both_versions_stand_as_people_read_them(app, name, typed, stored, told):
    found, _version, _all = differences(app, TYPED | {name: typed}, STORED | {name: stored})

    assert found == {told[0]: (told[1], told[2])}


def test_the_form_keeps_what_was_typed_when_it_was_compared(app):
    data = MultiDict(TYPED | {"minute": "10:15", "seats": "zwölf"})
    with app.test_request_context("/en/staff/", method="POST", data=data):
        form = EveryField()
        conflict(form, STORED)

        assert 'value="10:15"' in str(form.minute())
        assert 'value="zwölf"' in str(form.seats()) or form.seats.raw_data == ["zwölf"]
        assert form.hosts.data == ["1", "3"]


def test_links_lead_to_the_first_of_several_boxes(app):
    _told, _version, found = differences(app, TYPED | {"medium": "b", "hosts": ["2"], "title": "New"}, STORED)

    assert [one.field_id for one in found] == ["title", "medium-0", "hosts-0"]
