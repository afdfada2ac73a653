"""How much one client may keep, how often it may ask, and what a rush changes."""

import pytest

from booking.app import create_app
from booking.bookings.models import Hold
from booking.db import db
from booking.messages.models import OutgoingMail
from tests.builders import a_booking, an_occurrence, an_offering
from tests.conftest import settings_for
from tests.visitors import Visitor
from tests.web.ways import (
    CONTACT,
    LANGUAGES,
    PARTY,
    a_secret,
    booked,
    details,
    details_of,
    form_of,
    hold,
    path,
    said,
    summary,
)

both_languages = pytest.mark.parametrize("language", LANGUAGES)
TOO_MANY = "From your connection many places are being kept at the moment. Please finish one booking first, or call us."


@pytest.fixture
def strict(database_url, tmp_path, clock):
    """Return somebody at an instance with other bounds; its context is open."""
    contexts = []

    def start(**bounds):
        app = create_app(settings_for(database_url, tmp_path, **bounds), clock=clock)
        contexts.append(app.app_context())
        contexts[-1].push()
        return Visitor(app)

    yield start
    for context in reversed(contexts):
        db.session.remove()
        db.engine.dispose()
        context.pop()


def come_from(visitor, address):
    visitor.client.environ_base["REMOTE_ADDR"] = address


@both_languages
def test_a_client_keeps_only_so_much_at_once_and_nothing_that_was_typed_is_lost(strict, clock, language):
    visitor = strict(HOLDS_PER_CLIENT="2")
    dates = [an_occurrence(clock) for _ in range(3)]
    kept = [details(visitor, one, language) for one in dates[:2]]
    before = booked(visitor.app)

    page = hold(visitor, dates[2], language)

    assert page.status == 429
    assert said(TOO_MANY, language) in summary(page)[0]
    assert {name: page.fields()[name] for name in PARTY} == PARTY
    assert booked(visitor.app) == before
    assert visitor.post(*kept[0]).status == 200  # what is kept can be booked all the time
    assert hold(visitor, dates[2], language).status == 200  # one booking is finished


@pytest.mark.parametrize("way_out", ["given back", "over", "another client", "the same form"])
def test_a_bound_is_about_what_one_client_keeps_now(strict, clock, way_out):
    visitor = strict(HOLDS_PER_CLIENT="1")
    one, other = an_occurrence(clock, seats=20), an_occurrence(clock, seats=20)
    address, filled = path(visitor.app, "book", occurrence_id=one), form_of(visitor, one) | PARTY
    action, rest = details_of(visitor.post(address, filled))
    assert hold(visitor, other).status == 429

    if way_out == "given back":
        visitor.post(action, rest | {"give_up": "1"})
    elif way_out == "over":
        clock.forward(minutes=15)
    elif way_out == "another client":
        come_from(visitor, "192.0.2.7")
    else:
        assert visitor.post(address, filled).response.request.path == action
        return

    assert hold(visitor, other).status == 200


def test_a_client_asks_only_so_often_whether_it_is_refused_or_not(strict, clock):
    """A full date is asked for again and again: each time is counted, and what was counted ends by itself."""
    visitor = strict(BOOKINGS_PER_CLIENT="8")
    full = an_occurrence(clock, seats=3)
    form = form_of(visitor, full) | PARTY
    a_booking(full, clock)
    address = path(visitor.app, "book", occurrence_id=full)

    statuses = [visitor.client.post(address, data=form).status_code for _ in range(10)]

    assert statuses == [409] * 8 + [429] * 2
    free = an_occurrence(clock, seats=20)
    assert hold(visitor, free).status == 429
    come_from(visitor, "192.0.2.7")
    assert hold(visitor, free).status == 200
    come_from(visitor, "127.0.0.1")
    clock.forward(minutes=10)
    assert hold(visitor, free).status == 200


def test_a_client_sends_the_second_form_only_so_often(strict, clock):
    visitor = strict(BOOKINGS_PER_CLIENT="2")
    action, filled = details(visitor, an_occurrence(clock))
    pages = [visitor.post(action, filled | {"email": f"a{number}@example.org"}) for number in range(3)]

    assert [page.status for page in pages] == [200, 409, 429]
    assert {name: pages[2].fields()[name] for name in CONTACT} == CONTACT | {"email": "a2@example.org"}


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        ("0", ("192.0.2.1", "192.0.2.2"), [200, 429]),  # what a client says of itself is not believed
        ("1", ("192.0.2.1", "192.0.2.2"), [200, 200]),
        ("1", ("198.51.100.1, 192.0.2.1", "198.51.100.2, 192.0.2.1"), [200, 429]),
    ],
)
def test_a_client_is_known_by_what_our_proxy_says(strict, clock, proxies, forwarded, expected):
    visitor = strict(HOLDS_PER_CLIENT="1", TRUSTED_PROXIES=proxies)
    statuses = []
    for address in forwarded:
        visitor.client.environ_base["HTTP_X_FORWARDED_FOR"] = address
        statuses.append(hold(visitor, an_occurrence(clock)).status)

    assert statuses == expected


def test_in_a_rush_addresses_are_to_be_confirmed_where_an_offering_says_so(strict, clock):
    visitor = strict(RUSH="2")
    careful = an_offering(address_check="when_suspicious", seats=50)
    careless = an_offering(address_check="off", seats=50)
    dates = [an_occurrence(clock, offering_id=one, seats=50) for one in (careful, careless)]
    for number in range(2):
        come_from(visitor, f"192.0.2.{number}")
        a_secret(visitor, dates[0], email=f"a{number}@example.org")

    for number, date in enumerate(dates):
        come_from(visitor, f"198.51.100.{number}")
        page = visitor.post(*details(visitor, date))
        assert page.status == 200

    kinds = [kind for (kind,) in db.session.query(OutgoingMail.kind).order_by(OutgoingMail.id)]
    assert kinds == ["confirmation", "confirmation", "confirm_address", "confirmation"]
    assert [one for (one,) in db.session.query(Hold.suspicion).order_by(Hold.id)] == ["", "", "rush", "rush"]


def test_a_client_that_keeps_much_is_to_confirm_its_addresses(strict, clock):
    visitor = strict(BOOKINGS_PER_CLIENT="12")
    offering_id = an_offering(address_check="when_suspicious", seats=50)
    occurrence_id = an_occurrence(clock, offering_id=offering_id, seats=50)
    for number in range(4):
        assert visitor.post(*details(Visitor(visitor.app), occurrence_id, adults="1")).status == 400
        page = visitor.post(*_with(details(visitor, occurrence_id), email=f"a{number}@example.org"))
        assert page.status == 200

    kinds = {kind for (kind,) in db.session.query(OutgoingMail.kind)}
    assert kinds == {"confirmation", "confirm_address"}


def _with(form, **typed):
    action, filled = form
    return action, filled | typed
