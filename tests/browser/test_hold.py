"""Places kept while somebody types, with script and without: in two tabs, too late, changed, given back."""

import pytest
from playwright.sync_api import expect

from tests.browser import holds
from tests.browser.holds import GIVE_UP, in_another_tab, press
from tests.browser.surfer import Surfer

PHONE = 390


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def surfer(surf, request) -> Surfer:
    """Somebody with a phone, with script and without."""
    found: Surfer = surf(java_script_enabled=request.param, width=PHONE, height=844)
    return found


def test_places_are_kept_while_somebody_types_and_given_back_on_request(surfer):
    date = surfer.demo.take(people=2)
    surfer.hold(date.id, adults=2)
    assert surfer.demo.left(date) == date.left - 2

    press(surfer, GIVE_UP)

    assert surfer.is_at("occurrence", occurrence_id=date.id)
    assert surfer.demo.left(date) == date.left


def test_the_page_can_be_reloaded_and_left_and_come_back_to(surfer):
    date = surfer.demo.take()
    surfer.hold(date.id)
    kept = surfer.page.url

    surfer.page.reload()
    surfer.visit("privacy")
    surfer.page.go_back()
    surfer.settle()

    assert surfer.page.url == kept
    assert surfer.demo.left(date) == date.left - 1
    email = surfer.fill()
    surfer.send()
    assert surfer.demo.bookings_of(email) == ["confirmed"]
    assert surfer.demo.left(date) == date.left - 1


def test_the_enter_key_in_a_field_books_and_gives_nothing_back(surfer):
    surfer.hold(surfer.demo.take().id)
    email = surfer.fill()

    with surfer.page.expect_navigation():
        surfer.page.press("[name=email]", "Enter")

    assert surfer.is_at("done", secret=surfer.secret())
    assert surfer.demo.bookings_of(email) == ["confirmed"]


def test_a_second_tab_takes_over_and_the_first_one_loses_nothing(surfer):
    """Somebody forgets the first tab and begins anew; both may still book while there is room."""
    date = surfer.demo.take(people=4)
    surfer.hold(date.id, adults=2)
    first = surfer.fill()
    with in_another_tab(surfer):
        surfer.hold(date.id, adults=3)
        assert surfer.demo.left(date) == date.left - 3
        second = surfer.fill()
        surfer.send()

    full = surfer.demo.left(date) < 2
    surfer.send(409 if full else 200)

    assert surfer.demo.bookings_of(second) == ["confirmed"]
    assert surfer.demo.bookings_of(first) == ([] if full else ["confirmed"])


def test_the_buttons_of_a_stale_tab_lead_to_the_booking(surfer):
    date = surfer.demo.take()
    surfer.hold(date.id)
    with in_another_tab(surfer):
        email = surfer.fill()
        surfer.send()
        done = surfer.page.url

    press(surfer, GIVE_UP)

    assert surfer.page.url == done
    assert surfer.demo.bookings_of(email) == ["confirmed"]
    assert surfer.demo.left(date) == date.left - 1


@pytest.mark.parametrize("is_free", [True, False], ids=["free", "lost"])
def test_who_is_too_late_gets_the_places_if_they_are_free(surfer, is_free):
    date = surfer.demo.take("few")
    surfer.hold(date.id)
    email = surfer.fill(name="Zu Spät")
    surfer.demo.end_holds(date)
    if not is_free:
        surfer.demo.book("de", date, adults=date.left)

    surfer.send(200 if is_free else 409)

    if is_free:
        assert surfer.demo.bookings_of(email) == ["confirmed"]
        return
    assert surfer.values()["name"] == "Zu Spät"
    expect(surfer.page.locator("[data-error-summary]")).to_be_visible()
    expect(surfer.page.locator(GIVE_UP)).to_be_hidden()
    surfer.follow("#alternatives ~ .dates .date__link")
    surfer.follow('main a[href$="/buchen"]')
    surfer.keep()
    surfer.fill(email)
    surfer.send()
    assert surfer.demo.bookings_of(email) == ["confirmed"]


def test_going_back_to_change_how_many_come_keeps_the_last_places(surfer):
    date = surfer.demo.take("few")
    surfer.hold(date.id, adults=date.left)
    assert surfer.demo.left(date) == 0

    surfer.follow_to("book", occurrence_id=date.id)
    assert surfer.values()["adults"] == str(date.left)
    surfer.keep(adults=1)

    assert surfer.demo.left(date) == date.left - 1
    email = surfer.fill()
    surfer.send()
    assert surfer.demo.bookings_of(email) == ["confirmed"]


def test_a_consultation_is_chosen_changed_and_booked(surfer):
    """What one keeps of a consultation is not in the own way, although nobody else could have it."""
    holds.slot_form(surfer)
    chosen = surfer.page.url
    surfer.keep()
    surfer.page.go_back()
    surfer.settle()
    surfer.keep()
    surfer.go(chosen)
    surfer.keep()

    email = surfer.fill()
    surfer.type(note="Was kostet KI die Stadt?")
    surfer.send()

    assert surfer.demo.bookings_of(email) == ["confirmed"]
