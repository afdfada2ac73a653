"""flask mail: the preview writes every mail, and a delivery report marks whom we cannot reach."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from booking.bookings.models import Booking
from booking.cli import staff_samples
from booking.cli.mail import group
from booking.db import db, unit_of_work
from booking.houses import queries as house_queries
from booking.houses import service as houses
from booking.houses.facts import LANGUAGES
from booking.messages.facts import KINDS, STAFF_KINDS, VOICE_KINDS
from booking.messages.models import OutgoingMail
from booking.web.mail_samples import METHODS
from booking.web.message_ids import message_id
from tests.builders import a_booking, an_occurrence, an_offering
from tests.pure.test_reports import FAILED, GREYLISTED, a_report
from tests.visitors import parse
from tests.web.sample_letters import HOUSE


def say(app: Flask, *words: str, stdin: bytes = b"") -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(group, words, input=stdin)


@pytest.fixture
def mail(app, clock):
    """The id and Message-ID of the confirmation that Amina's booking owes."""
    house_id = unit_of_work(lambda: houses.load(HOUSE))
    offering_id = an_offering(house_id=house_id)
    a_booking(an_occurrence(clock, house_id=house_id, offering_id=offering_id), clock, house_id=house_id)
    mail_id = db.session.execute(select(OutgoingMail.id)).scalar_one()
    return mail_id, message_id(mail_id, house_queries.house(house_id))


def is_unreachable():
    db.session.rollback()
    return db.session.execute(select(Booking.unreachable_at)).scalar_one() is not None


def test_the_preview_writes_every_mail_and_a_page_that_lists_them(app, tmp_path):
    unit_of_work(lambda: houses.load(HOUSE))
    answer = say(app, "preview", "--folder", str(tmp_path / "preview"))
    index = Path(answer.stdout.strip())

    assert answer.exit_code == 0
    assert index == tmp_path / "preview" / "index.html"
    links = [one.get("href", "") for one in parse(index.read_text()).iter("{http://www.w3.org/1999/xhtml}a")]
    assert [link for link in links if not (index.parent / link).is_file()] == []
    assert {*links, "index.html"} == {path.name for path in index.parent.iterdir()}
    of_bookings = sum(4 if METHODS[kind] else 3 for kind in KINDS)
    of_staff = 3 * len(STAFF_KINDS) * len(staff_samples.LANGUAGES)
    assert len(links) == (of_bookings + 3 * len(VOICE_KINDS)) * len(LANGUAGES) + of_staff


def test_a_permanent_failure_marks_the_booking(app, mail):
    answer = say(app, "bounces", stdin=a_report(FAILED, returned=f"Message-ID: {mail[1]}\n"))

    assert (answer.exit_code, answer.stdout) == (0, "")
    assert "unreachable" in answer.stderr
    assert is_unreachable()


def test_a_delay_marks_nothing(app, mail):
    answer = say(app, "bounces", stdin=a_report(GREYLISTED, returned=f"Message-ID: {mail[1]}\n"))

    assert answer.exit_code == 0
    assert "Nothing was changed" in answer.stderr
    assert not is_unreachable()


@pytest.mark.parametrize("forged", ["another", "guessed", "foreign", "none"])
def test_a_forged_report_marks_nothing(app, mail, forged):
    mail_id, own = mail
    named = {
        "another": own.replace(f"mail-{mail_id}.", f"mail-{mail_id + 1}."),
        "guessed": f"<mail-{mail_id}.AAAAAAAAAAAAAAAAAAAAAA@labor.example>",
        "foreign": "<20270111090000.1@mx.example.org>",
        "none": "",
    }[forged]
    answer = say(app, "bounces", stdin=a_report(FAILED, returned=f"Message-ID: {named}\n"))

    assert answer.exit_code == 0
    assert "Nothing was changed" in answer.stderr
    assert not is_unreachable()


@pytest.mark.parametrize("stdin", [b"", b"Subject: on holiday\n\nBack on Monday.\n", b"x" * 5_000_001])
def test_anything_else_is_not_understood(app, mail, stdin):
    answer = say(app, "bounces", stdin=stdin)

    assert answer.exit_code == 0
    assert not is_unreachable()
