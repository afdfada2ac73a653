"""What somebody needs stays where it belongs: in no mail, calendar, log, journal or other table."""

import logging
from datetime import timedelta
from functools import partial

import pytest

from booking.bookings import access_tasks, retention
from booking.bookings.access_models import AccessNeed
from booking.db import unit_of_work
from tests.builders import an_occurrence, an_offering, house_id
from tests.deeds.reading import rows_of
from tests.hours import at
from tests.needs import a_signer
from tests.web.ways import LANGUAGES, book, contents, path, post

FAR = at("2027-02-02 10:00")
WORDS = "Cochlea-Implantat links"
TELLING = (
    *("cochlea", "implantat", "dgs", "gebärden", "interpreter", "sign language", "dolmetsch"),
    *("wheelchair", "rollstuhl", "quiet", "ruhig", "induction", "induktion", "companion", "begleit"),
)
NEEDS = {
    "need_dgs": "y",
    "need_quiet": "y",
    "need_companion": "y",
    "needs_consent": "y",
    "needs_words": WORDS,
}


def telling(text: str) -> list[str]:
    """Return what would tell of somebody's health."""
    return [word for word in TELLING if word in text.lower()]


@pytest.fixture
def lived(app, visitor, clock, caplog, request):
    """Book with needs, let staff arrange one, move and cancel; return the secret, and all that was logged."""
    language = getattr(request, "param", "de")
    a_signer()
    offering_id = an_offering()
    first, second = (
        an_occurrence(clock, offering_id=offering_id, starts_at=FAR + timedelta(days=7 * n)) for n in range(2)
    )
    caplog.set_level(logging.DEBUG)
    page = book(visitor, first, language, **NEEDS)
    assert page.status == 200, page.text
    secret = page.response.request.path.split("/")[3]
    post(app)
    ((need_id,),) = rows_of(AccessNeed.id, where=AccessNeed.kind == "quiet")
    done = partial(access_tasks.done, need_id, house_id=house_id(), actor="system", now=clock())
    unit_of_work(done)
    move = f"{path(app, 'move', language, secret=secret)}?to={second}"
    assert visitor.post(move, visitor.get(move).fields()).status == 200
    post(app)
    return secret, caplog


@pytest.mark.parametrize("lived", LANGUAGES, indirect=True)
def test_no_mail_and_no_calendar_entry_tells_of_it(app, visitor, lived):
    secret, _ = lived
    cancel = path(app, "cancel", secret=secret)
    entry = visitor.client.get(path(app, "calendar", secret=secret)).text
    visitor.post(cancel, visitor.get(cancel).fields())

    mails = post(app)

    assert "BEGIN:VEVENT" in entry
    assert telling(entry) == []
    kinds = {row[3] for row in contents(app)["outgoing_mail"]}
    assert {"confirmation", "task", "arranged", "moved", "cancellation"} <= kinds
    assert len(mails) >= 6
    calendars = 0
    for mail in mails:
        assert telling(str(mail["Subject"])) == []
        for part in mail.walk():
            if part.get_content_maintype() == "text":
                assert telling(part.get_content()) == [], part.get_content()
                calendars += part.get_content_subtype() == "calendar"
    assert calendars >= 3


def test_no_other_table_tells_of_it(app, lived):
    found = contents(app, without=("house", "access_need", "host", "sqlite_sequence"))

    for table, rows in found.items():
        assert telling(str(rows)) == [], table
    assert telling(str(contents(app)["access_need"])) != [], "a control"


def test_no_line_of_a_log_tells_of_it(lived):
    _, caplog = lived

    records = [one for one in caplog.get_records("setup") if one.name.startswith("booking")]
    lines = [one.getMessage() for one in records]

    assert any(" POST /de/reservierung" in line for line in lines), "requests are logged"
    assert telling("\n".join(lines)) == []


def test_a_day_after_the_visit_nothing_tells_of_it_any_more(app, clock, lived):
    retention.run(now=FAR + timedelta(days=8, hours=2))

    assert contents(app)["access_need"] == []


def test_the_journal_does_not_say_whose_needs_they_were(app, lived):
    """Not even by a row beside that of their booking: the journal of both is alike."""
    told = [str(one) for row in contents(app)["event"] for one in row if str(one).startswith("access.")]

    assert set(told) <= {"access.arranged"}, "which staff do at another time, counted by house"
