"""Limits: per address, per client, and for links that are sent again; the answer tells nothing of others."""

import re
from datetime import timedelta

import pytest

from booking.app import create_app
from booking.limits.models import AttemptCount
from booking.messages.models import OutgoingMail
from tests.builders import a_booking, an_occurrence
from tests.conftest import settings_for
from tests.visitors import Visitor
from tests.web.ways import (
    CONTACT,
    a_secret,
    book,
    booked,
    contents,
    details,
    path,
    post,
    said,
    statements,
    summary,
)

TOO_MANY = "That was very often in a short time. Please wait a while and try again, or call us."


def ask(visitor, email, language="de"):
    address = path(visitor.app, "resend", language)
    return visitor.post(address, visitor.get(address).fields() | {"email": email})


def rows(app, table):
    return len(contents(app)[table.__tablename__])


def test_the_answer_is_the_same_for_known_and_unknown_addresses(app, visitor, clock):
    a_secret(visitor, an_occurrence(clock))
    form = visitor.get(path(app, "resend")).fields()
    visitor.post(path(app, "resend"), form | {"email": "warm@example.org"})  # caches are warm for both
    answers = {}
    for email in ("amina@example.org", "nobody@example.org"):
        with statements() as seen:
            answer = visitor.client.post(path(app, "resend"), data=form | {"email": email})
            page = visitor.client.get(answer.headers["Location"])
        answers[email] = [
            *((one.status_code, one.data, _without_id(one.headers)) for one in (answer, page)),
            [re.sub(r"\s+", " ", one) for one in seen],
        ]

    known, unknown = answers.values()
    assert known[0][0] == 303
    assert known == unknown
    assert len(known[2]) > 5


def _without_id(headers):
    return [(name, value) for name, value in headers if name not in ("X-Request-ID", "Date")]


def test_an_address_that_is_no_address_is_told_so(app, visitor):
    before = booked(app)

    page = ask(visitor, "amina")

    assert page.status == 422
    assert page.fields()["email"] == "amina"
    assert summary(page)[1] == ["#email"]
    assert booked(app) == before


def test_links_are_sent_to_who_has_bookings_and_to_nobody_else(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))
    post(app)
    for email in ("AMINA@example.org", "nobody@example.org"):
        assert ask(visitor, email).status == 200

    newest, *older = post(app)

    assert len(older) == 1
    assert newest["To"].addresses[0].addr_spec == "amina@example.org"
    assert secret in newest.get_body(("plain",)).get_content()


def test_nobody_gets_more_than_three_mails_in_an_hour_however_often_somebody_asks(app, visitor, clock):
    a_secret(visitor, an_occurrence(clock))
    before = len(post(app))

    pages = [ask(visitor, "amina@example.org") for _ in range(6)]

    assert {page.status for page in pages} == {200}
    assert len({page.text for page in pages}) == 1
    assert len(post(app)) - before == 3


def test_nobody_gets_more_than_a_handful_of_mails_in_a_day(app, visitor, clock):
    a_secret(visitor, an_occurrence(clock, starts_at=clock() + timedelta(days=3)))
    before, sent = len(post(app)), []
    for _ in range(10):
        ask(visitor, "amina@example.org")
        clock.forward(hours=1)
        sent.append(len(post(app)) - before)

    assert sent == [1, 2, 3, 4, 5, 5, 5, 5, 5, 5]


def test_ways_to_write_one_mailbox_count_as_one(app, visitor):
    for email in (
        "Zo.e@gmail.com",
        "zoe+1@gmail.com",
        "zoe+2@GMAIL.com",
        "z.o.e@googlemail.com",
        "zoe@gmail.com",
    ):
        assert ask(visitor, email).status == 200

    assert rows(app, OutgoingMail) == 3


def test_a_domain_counts_as_one_however_it_is_written(app, visitor):
    for email in ("a@müller.example", "a@xn--mller-kva.example", "a@MÜLLER.example", "a@müller.example"):
        assert ask(visitor, email).status == 200

    assert rows(app, OutgoingMail) == 3


def test_a_client_that_asks_without_end_is_told_to_wait(app, visitor):
    form = visitor.get(path(app, "resend")).fields()
    sent = [form | {"email": f"a{number}@example.org"} for number in range(61)]

    pages = [visitor.post(path(app, "resend"), one) for one in sent]

    assert [page.status for page in pages] == [200] * 60 + [429]
    assert said(TOO_MANY, "de") in summary(pages[-1])[0]
    assert pages[-1].fields()["email"] == "a60@example.org"
    assert rows(app, OutgoingMail) == 60


def test_an_address_can_be_booked_for_only_so_often_and_the_form_keeps_what_was_typed(app, visitor, clock):
    occurrence_id = an_occurrence(clock, seats=100)
    for _ in range(10):
        assert book(visitor, occurrence_id).status == 200
    action, filled = details(visitor, occurrence_id, "en")
    before = booked(app)

    page = visitor.post(action, filled)

    assert page.status == 429
    assert said(TOO_MANY, "en") in summary(page)[0]
    assert {name: page.fields()[name] for name in CONTACT} == CONTACT
    assert booked(app) == before
    assert visitor.post(action, filled | {"email": "bruno@example.org"}).status == 200
    clock.forward(days=1)
    later = an_occurrence(clock, seats=100)
    assert book(visitor, later).status == 200


def test_refused_attempts_use_up_no_mails_and_end_all_the_same(app, visitor, clock):
    occurrence_id = an_occurrence(clock)
    action, filled = details(visitor, occurrence_id)
    clock.forward(minutes=15)
    a_booking(occurrence_id, clock, party={"adults": 14})

    statuses = [visitor.client.post(action, data=filled).status_code for _ in range(61)]

    assert statuses == [409] * 60 + [429]


def test_changing_an_address_is_bounded_as_booking_is(app, visitor, clock):
    secret = a_secret(visitor, an_occurrence(clock))
    for number in range(10):
        page = _change(visitor, secret, f"bruno+{number}@example.org")
        assert page.status == 200
        secret = page.response.request.path.rpartition("/")[2]
    before = booked(app)

    page = _change(visitor, secret, "bruno@example.org")

    assert (page.status, page.fields()["email"]) == (429, "bruno@example.org")
    assert booked(app) == before


def _change(visitor, secret, email):
    address = path(visitor.app, "change_address", secret=secret)
    return visitor.post(address, visitor.get(address).fields() | {"email": email})


@pytest.fixture
def strict(database_url, tmp_path, clock):
    """Return the application with a limit of two bookings for a client, as often as it is started."""

    def start():
        settings = settings_for(database_url, tmp_path, BOOKINGS_PER_CLIENT="2")
        return Visitor(create_app(settings, clock=clock))

    return start


def test_limits_hold_for_a_client_and_survive_a_restart(strict, clock):
    with strict().app.app_context():
        occurrence_id = an_occurrence(clock, seats=100)
    statuses = [book(strict(), occurrence_id, email=f"a{number}@example.org").status for number in range(3)]
    assert statuses == [200, 200, 429]

    clock.forward(minutes=10)

    assert book(strict(), occurrence_id).status == 200


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 429),  # one household
        ("2001:db8:1:2::1", "2001:db8:1:3::1", 200),
        ("192.0.2.1", "192.0.2.2", 200),
    ],
)
def test_a_client_is_an_address_or_the_network_of_one_household(strict, clock, one, other, expected):
    visitor = strict()
    with visitor.app.app_context():
        occurrence_id = an_occurrence(clock, seats=100)
    for number in range(2):
        visitor.client.environ_base["REMOTE_ADDR"] = one
        assert book(visitor, occurrence_id, email=f"a{number}@example.org").status == 200

    visitor.client.environ_base["REMOTE_ADDR"] = other

    assert book(visitor, occurrence_id, email="c@example.org").status == expected


def test_what_is_counted_names_nobody(app, visitor, clock):
    book(visitor, an_occurrence(clock))
    ask(visitor, "amina@example.org")

    keys = [row[0] for row in contents(app)[AttemptCount.__tablename__]]

    assert len(keys) == 7
    assert all(re.fullmatch(r"[a-z-]+:[A-Za-z0-9_-]{22}", key) for key in keys), keys
