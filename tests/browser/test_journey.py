"""A stranger books a tour for three, from the first page to the last mail; impatience does no harm."""

import re
from pathlib import Path

from icalendar import Calendar, Event
from playwright.sync_api import expect

from tests.browser.demo import wait_for_mails
from tests.browser.surfer import SUBMIT, Surfer
from tests.browser.walking import is_focused


def open_mail(surfer: Surfer, email: str, number: int) -> str:
    """Open the newest mail to an address, and return its calendar part."""
    wait_for_mails(surfer.demo, email, number)
    surfer.go("/dev/mail")
    surfer.follow(f'.mails li:has-text("{email}") a')
    return surfer.page.locator("pre").nth(1).inner_text()


def only_event(text: str | bytes) -> tuple[str, Event]:
    """Return the method and the one event of a calendar object without errors."""
    calendar = Calendar.from_ical(text)
    assert isinstance(calendar, Calendar)
    events = calendar.walk("VEVENT")
    assert len(events) == 1
    assert isinstance(events[0], Event)
    assert [*calendar.errors, *events[0].errors] == []
    return str(calendar.get("METHOD", "")), events[0]


def sequence_of(event: Event) -> int:
    return int(str(event.get("SEQUENCE", 0)))


def download(surfer: Surfer, selector: str, folder: Path) -> bytes:
    with surfer.page.expect_download() as waiting:
        surfer.page.click(selector)
    waiting.value.save_as(folder / "entry.ics")
    assert waiting.value.suggested_filename.endswith(".ics")
    return (folder / "entry.ics").read_bytes()


def choose_a_tour(surfer: Surfer) -> int:
    """Go from the start page to the first tour with many places, and return its number."""
    surfer.visit("start")
    surfer.follow(".hero a")
    surfer.follow('.chips a[href*="kind=tour"]')
    date = surfer.demo.take(people=3)
    wanted = f'main a[href="{surfer.path("occurrence", occurrence_id=date.id)}"]'
    while not surfer.page.locator(wanted).count():
        surfer.follow("a[rel=next]")
    surfer.follow(wanted)
    return date.id


def book_after_a_mistake(surfer: Surfer, date_id: int) -> str:
    surfer.follow_to("book", occurrence_id=date_id)
    surfer.type(adults="zwei", children="1")
    typed = surfer.values()
    surfer.send(422)
    assert is_focused(surfer.page, "[data-error-summary]")
    assert surfer.values() == typed
    surfer.keep(adults=2, children=1)
    email = surfer.fill(name="Ämina Kaya-O’Brien")
    surfer.type(email="amina", note="Gibt es Kaffee?")
    typed = surfer.values()
    surfer.send(422)
    assert is_focused(surfer.page, "[data-error-summary]")
    assert surfer.values() == typed
    surfer.type(email=email)
    surfer.send()
    return email


def test_a_stranger_books_a_tour_for_three(surf, tmp_path):
    surfer = surf(accept_downloads=True)
    date_id = choose_a_tour(surfer)
    label = surfer.text("main .date__places")
    email = book_after_a_mistake(surfer, date_id)
    secret, reference = surfer.secret(), surfer.text(".reference")
    manage = surfer.path("manage", secret=secret)
    assert surfer.is_at("done", secret=secret)

    invitation = open_mail(surfer, email, 1)
    assert reference in surfer.text("pre")
    assert surfer.demo.url + manage in surfer.text("pre")
    method, invited = only_event(invitation)
    assert method == "REQUEST"
    letter = surfer.page.frame_locator("iframe")
    link = letter.locator(f'a[href="{surfer.demo.url}{manage}"]').first
    expect(link).to_be_visible()
    surfer.go(str(link.get_attribute("href")))

    _method, saved = only_event(download(surfer, 'main a[href$=".ics"]', tmp_path))
    assert saved["UID"] == invited["UID"]
    surfer.visit("occurrence", occurrence_id=date_id)
    assert surfer.text("main .date__places") != label
    surfer.visit("manage", secret=secret)
    surfer.follow_to("cancel", secret=secret)
    surfer.send()
    expect(surfer.page.locator("[role=status]")).not_to_be_empty()

    method, taken_back = only_event(open_mail(surfer, email, 2))
    assert method == "CANCEL"
    assert taken_back["UID"] == invited["UID"]
    assert sequence_of(taken_back) == sequence_of(invited) + 1
    surfer.visit("occurrence", occurrence_id=date_id)
    assert surfer.text("main .date__places") == label


def test_reloading_and_going_back_at_each_step_books_once(surf):
    surfer = surf()
    page, date = surfer.page, surfer.demo.take(people=3)
    surfer.visit("occurrence", occurrence_id=date.id)
    surfer.follow_to("book", occurrence_id=date.id)
    to_and_fro(surfer)
    surfer.keep(adults=3)
    to_and_fro(surfer)
    assert surfer.demo.left(date) == date.left - 3
    email = surfer.fill()
    surfer.send()
    done = page.url
    for _time in range(2):
        page.reload()
    page.go_back()
    page.go_forward()
    surfer.settle()

    assert page.url == done
    assert surfer.demo.bookings_of(email) == ["confirmed"]
    assert surfer.demo.left(date) == date.left - 3
    _cancel_impatiently(surfer)
    assert surfer.demo.bookings_of(email) == ["cancelled_by_visitor"]
    assert surfer.demo.left(date) == date.left


def to_and_fro(surfer: Surfer) -> None:
    surfer.page.reload()
    surfer.page.go_back()
    surfer.page.go_forward()
    surfer.settle()


def _cancel_impatiently(surfer: Surfer) -> None:
    secret = surfer.secret()
    surfer.follow_to("manage", secret=secret)
    surfer.follow_to("cancel", secret=secret)
    surfer.page.reload()
    surfer.send()
    surfer.page.reload()
    surfer.page.go_back()
    surfer.page.go_forward()
    surfer.settle()
    assert surfer.is_at("manage", secret=secret)


def test_a_form_with_mistakes_can_be_reloaded(surf):
    surfer = surf()
    surfer.hold(surfer.demo.take().id)
    email = surfer.fill(name="")
    surfer.send(422)

    surfer.page.reload()
    surfer.settle()
    assert surfer.values()["email"] == email
    surfer.type(name="Amina Kaya")
    surfer.send()

    assert surfer.demo.bookings_of(email) == ["confirmed"]


def test_going_back_from_a_booking_leads_to_it_again_and_a_new_form_books_again(surf):
    """Whoever presses Back on the done page does not stand before a form whose clock runs on."""
    surfer = surf()
    date = surfer.demo.take(people=2)
    surfer.hold(date.id)
    email = surfer.fill()
    surfer.send()
    done = surfer.page.url

    surfer.page.go_back()
    surfer.settle()
    if surfer.page.url != done:  # from the browser's memory: still the form that was sent
        assert surfer.values()["email"] == email
        surfer.send()
    assert surfer.page.url == done
    assert surfer.demo.bookings_of(email) == ["confirmed"]
    surfer.hold(date.id)  # a form of its own books again
    surfer.fill(email)
    surfer.send()
    assert surfer.page.url != done
    assert surfer.demo.bookings_of(email) == ["confirmed"] * 2


def test_going_back_to_the_first_form_and_sending_it_again_keeps_the_places_once(surf):
    surfer = surf()
    date = surfer.demo.take(people=3)
    surfer.hold(date.id, adults=2)
    kept = surfer.page.url

    for adults in (2, 3):
        surfer.page.go_back()
        surfer.settle()
        assert surfer.is_at("book", occurrence_id=date.id)
        surfer.keep(adults=adults)
        assert surfer.page.url == kept

    assert surfer.demo.left(date) == date.left - 3
    email = surfer.fill()
    surfer.send()
    assert surfer.demo.bookings_of(email) == ["confirmed"]
    assert surfer.demo.left(date) == date.left - 3


def test_a_double_click_keeps_and_books_once(surf):
    surfer = surf()
    date = surfer.demo.take()
    surfer.open_form(date.id)

    surfer.page.dblclick(SUBMIT)
    surfer.page.wait_for_url(re.compile("/reservierung/"))
    assert surfer.demo.left(date) == date.left - 1
    email = surfer.fill()
    surfer.page.dblclick(SUBMIT)
    surfer.page.wait_for_url(re.compile("/fertig$"))

    assert surfer.demo.bookings_of(email) == ["confirmed"]
    assert surfer.demo.left(date) == date.left - 1


def test_what_is_not_free_any_more_is_told_with_what_is(surf):
    """Somebody was faster: what was typed stays, and other dates are offered before the form."""
    surfer = surf()
    date = surfer.demo.take("few")
    surfer.open_form(date.id)
    surfer.count(adults=2)
    surfer.demo.book("de", date, adults=date.left)
    surfer.send(409)

    assert is_focused(surfer.page, "[data-error-summary]")
    assert surfer.values()["adults"] == "2"
    surfer.follow("#alternatives ~ .dates .date__link")
    surfer.follow('main a[href$="/buchen"]')
    surfer.keep(adults=2)
    email = surfer.fill()
    surfer.send()

    assert surfer.demo.bookings_of(email) == ["confirmed"]
