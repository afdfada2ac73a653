"""What changes between the page and the deed: a link that was used, a password that was chosen, somebody shut out."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from booking.crew import editing, resetting
from booking.db import db, unit_of_work
from booking.people import signing_in
from booking.people import staff_refusals as refusals
from tests.builders import house_id
from tests.crew import NEXT_PASSWORD, PASSWORD, deactivate, fits, joined, stored

MIRA = "mira@example.org"


def a_link(staff_id, clock):
    return unit_of_work(lambda: resetting.link(staff_id, house_id=house_id(), now=clock()))


def kept(password):
    """Return what is kept of a password that fits."""
    found = unit_of_work(lambda: signing_in.checked(MIRA, password, house_id=house_id()))
    assert found
    return found[1]


def choose(staff_id, clock, password=NEXT_PASSWORD, *, link_id=None):
    by = link_id or a_link(staff_id, clock)
    unit_of_work(lambda: resetting.choose(staff_id, password, link_id=by, house_id=house_id(), now=clock()))


def test_a_link_that_two_browsers_opened_sets_one_password(app, clock):
    """Both saw the form; the second comes to the deed with a link that was good when its page was drawn."""
    staff_id = joined(clock, "desk")
    link_id = a_link(staff_id, clock)
    choose(staff_id, clock, link_id=link_id)

    with pytest.raises(refusals.LinkOver):
        choose(staff_id, clock, "quite another password", link_id=link_id)

    assert fits(NEXT_PASSWORD)


def test_nobody_is_let_in_with_a_password_that_has_changed_since_it_was_checked(app, clock):
    staff_id = joined(clock, "desk")
    checked = kept(PASSWORD)
    choose(staff_id, clock)

    with pytest.raises(refusals.Unknown):
        unit_of_work(lambda: signing_in.sign_in(staff_id, kept=checked, now=clock()))

    chosen = kept(NEXT_PASSWORD)
    assert unit_of_work(lambda: signing_in.sign_in(staff_id, kept=chosen, now=clock()))


def test_who_was_shut_out_between_the_check_and_the_cookie_stays_out(app, clock):
    staff_id = joined(clock, "desk")
    deactivate(staff_id, clock)

    with pytest.raises(refusals.Unknown):
        unit_of_work(lambda: signing_in.sign_in(staff_id, now=clock()))


def test_two_admins_who_shut_each_other_out_at_once_leave_one(app, clock):
    """The second comes while the first has not committed: it waits, and is then the last admin of the house."""
    first, second = joined(clock, "admin", email=MIRA), joined(clock, "admin", email="second@example.org")
    versions = {one: stored(one, clock).version for one in (first, second)}
    db.session.remove()
    has_shut_out, is_over = threading.Event(), threading.Event()

    def shut_out(who, by):
        editing.deactivate(who, version=versions[who], house_id=house_id(), actor=f"staff:{by}", now=clock())

    def slowly():
        def deed():
            shut_out(second, first)
            has_shut_out.set()
            is_over.wait(1)

        with app.app_context():
            unit_of_work(deed)

    def meanwhile():
        with app.app_context():
            assert has_shut_out.wait(10)
            try:
                unit_of_work(lambda: shut_out(first, second))
            finally:
                is_over.set()

    with ThreadPoolExecutor(2) as both:
        one, other = both.submit(slowly), both.submit(meanwhile)

    assert one.exception() is None
    assert isinstance(other.exception(), refusals.LastAdmin)
    assert [stored(who, clock).state for who in (first, second)] == ["active", "deactivated"]
