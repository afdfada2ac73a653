"""The inventory of personal data: every column is in it, and what it promises to erase is erased in time."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import column, func, select
from sqlalchemy import table as lean_table

from booking.bookings import retention, rules
from booking.bookings.models import Booking, PartyCount
from booking.bookings.retention import Erased
from booking.db import db, unit_of_work
from booking.errors import Gone
from booking.journal.models import Event
from booking.links import queries as links
from booking.messages import outbox
from booking.messages.models import OutgoingMail
from booking.reports.inventory import IMPERSONAL, PERSONAL
from booking.tables import metadata
from tests.builders import a_booking, an_occurrence, house_id

SECOND = timedelta(seconds=1)
EMPTY = {"", "{}", None}


def personal_values(table):
    """Return every value in the personal columns of a table, as text."""
    names = [name.partition(".")[2] for name in PERSONAL if name.startswith(f"{table}.")]
    wanted: Any = select(*[column(name) for name in names]).select_from(lean_table(table))
    rows = unit_of_work(lambda: db.session.execute(wanted).all())
    return [[str(value) for value in row] for row in rows]


def rows_of(*columns):
    return unit_of_work(lambda: [tuple(row) for row in db.session.execute(select(*columns))])


def a_filled_booking(clock):
    """Book with every field filled in; the mail fails and its fault names the address."""
    occurrence_id = an_occurrence(clock, starts_at=clock() + timedelta(days=20))
    booked = a_booking(occurrence_id, clock, phone="+49 341 1", note="Wir kommen mit Kinderwagen.")
    mail = unit_of_work(lambda: outbox.lease_next(now=clock()))
    assert mail is not None
    unit_of_work(lambda: outbox.mark_failed(mail, "550 amina@example.org is unknown", now=clock()))
    return booked


def test_every_column_is_declared_personal_or_not():
    declared = [
        *PERSONAL,
        *(f"{table}.{name}" for table, names in IMPERSONAL.items() for name in names.split()),
    ]
    existing = [f"{table.name}.{one.name}" for table in metadata.sorted_tables for one in table.columns]

    assert sorted(declared) == sorted(existing)


@pytest.mark.parametrize("deed", sorted({one.erased_by for one in PERSONAL.values()} - {"staff"}))
def test_the_deed_that_is_said_to_erase_a_column_exists(deed):
    module, _, name = deed.rpartition(".")

    assert callable(getattr(import_module(f"booking.{module}"), name))


def test_personal_data_is_kept_until_the_date_that_people_are_shown_and_not_a_second_longer(app, clock):
    booked = a_filled_booking(clock)
    (ends_at,) = rows_of(Booking.ends_at)[0]
    kept_until, filled = rules.kept_until(ends_at), personal_values("booking")
    assert not EMPTY & {value for row in filled for value in row}

    retention.run(now=kept_until - SECOND)
    assert personal_values("booking") == filled
    assert unit_of_work(lambda: opened(booked, now=kept_until - SECOND)) == booked.booking_id

    assert retention.run(now=kept_until).bookings == 1
    assert {value for row in personal_values("booking") for value in row} <= EMPTY
    with pytest.raises(Gone):
        unit_of_work(lambda: opened(booked, now=kept_until))


def opened(booked, *, now):
    return links.subject_of(booked.link_id, purpose="manage", house_id=house_id(), now=now)


def test_a_mail_is_forgotten_seven_days_after_it_was_done(app, clock):
    a_filled_booking(clock)
    filled = personal_values("outgoing_mail")
    assert not EMPTY & {value for row in filled for value in row}

    assert retention.run(now=clock.forward(days=7)).mails == 0
    assert personal_values("outgoing_mail") == filled

    assert retention.run(now=clock.forward(seconds=1)).mails == 1
    assert {value for row in personal_values("outgoing_mail") for value in row} <= EMPTY
    assert rows_of(Booking.email) == [("amina@example.org",)]


def test_a_mail_that_could_not_be_sent_until_the_booking_goes_is_neither_sent_nor_kept(app, clock):
    a_booking(an_occurrence(clock), clock)

    retention.run(now=clock.forward(days=9))

    assert rows_of(OutgoingMail.state, OutgoingMail.recipient) == [("skipped", "")]
    assert {value for row in personal_values("outgoing_mail") for value in row} <= EMPTY
    assert unit_of_work(lambda: outbox.lease_next(now=clock())) is None


def test_retention_may_run_twice_and_leaves_the_counts(app, clock):
    a_filled_booking(clock)
    parties = rows_of(PartyCount.category, PartyCount.people)
    late = clock.forward(days=60)
    assert retention.run(now=late) == Erased(bookings=1, mails=0, holds=0)
    stamps, events = rows_of(Booking.erased_at, Booking.changed_at), rows_of(func.count(Event.id))

    assert retention.run(now=clock.forward(days=1)) == Erased(bookings=0, mails=0, holds=0)

    assert rows_of(Booking.erased_at, Booking.changed_at) == stamps == [(late, late)]
    assert rows_of(func.count(Event.id)) == events
    assert rows_of(PartyCount.category, PartyCount.people) == parties == [("adults", 2), ("children", 1)]
