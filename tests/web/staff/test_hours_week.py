"""Weekly hours: typed in rows, looked at, saved as one; nothing of what is planned is changed."""

import re
from datetime import date, timedelta

import pytest

from booking.schedule.availability_models import AvailabilityRule
from booking.schedule.models import Occurrence
from tests.web.staff.hours_forms import sent_by
from tests.builders import a_host, a_room, house_id
from tests.deeds.reading import rows_of
from tests.hours import a_consultation, a_taken_slot, an_expert, at, hours_of

DE = "/de/intern"


def fields(page):
    return sent_by(page)


def test_try(app, staff):
    offering = a_consultation()
    host = an_expert(offering, "wed 15:00-19:00")
    visitor = staff("coordinator")
    page = visitor.get(f"{DE}/personen/{host}/wochenzeiten")
    print(page.status, fields(page))
    sent = fields(page) | {"do": "preview", "r1-end": "18:00"}
    page = visitor.post(f"{DE}/personen/{host}/wochenzeiten", data=sent)
    print(page.status, page.text)
    assert 0
