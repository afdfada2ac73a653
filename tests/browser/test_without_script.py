"""Without JavaScript: everything can be done."""

from playwright.sync_api import expect

from tests.browser.surfer import SUBMIT, Surfer


def seat(surf) -> Surfer:
    surfer: Surfer = surf(java_script_enabled=False)
    return surfer


def test_a_visit_is_booked_and_cancelled_without_script(surf):
    surfer = seat(surf)
    surfer.visit("start")
    surfer.follow(".hero a")
    surfer.follow('.chips a[href*="kind=tour"]')
    surfer.follow(".date:has(.kern-badge--success) .date__link" + surfer.demo.links())
    surfer.follow('main a[href$="/buchen"]')
    surfer.count(adults=0)
    surfer.send(422)
    expect(surfer.page.locator('[data-error-summary] a[href="#adults"]')).to_be_visible()
    surfer.keep(adults=2)
    email = surfer.fill(name="")
    surfer.send(422)
    expect(surfer.page.locator('[data-error-summary] a[href="#name"]')).to_be_visible()
    expect(surfer.page.locator("[name=email]")).to_have_value(email)
    surfer.type(name="Amina Kaya")
    surfer.send()
    assert surfer.demo.bookings_of(email) == ["confirmed"]

    secret = surfer.secret()
    surfer.follow_to("manage", secret=secret)
    surfer.follow_to("cancel", secret=secret)
    surfer.send()

    expect(surfer.page.locator("[role=status]")).not_to_be_empty()
    assert surfer.demo.bookings_of(email) == ["cancelled_by_visitor"]


def test_links_are_asked_for_and_data_is_erased_without_script(surf):
    surfer = seat(surf)
    date = surfer.demo.take()
    surfer.hold(date.id)
    email = surfer.fill()
    surfer.send()
    secret = surfer.secret()

    surfer.visit("resend")
    surfer.type(email=email)
    surfer.send()
    assert surfer.is_at("resend_sent")
    surfer.visit("manage", secret=secret)
    surfer.follow_to("erase", secret=secret)
    surfer.send()

    assert surfer.is_at("erased")
    assert surfer.demo.bookings_of(email) == []


def test_a_double_click_books_once_without_script(surf):
    surfer = seat(surf)
    date = surfer.demo.take()
    surfer.open_form(date.id)

    surfer.page.dblclick(SUBMIT)
    surfer.page.wait_for_url("**/reservierung/*")
    assert surfer.demo.left(date) == date.left - 1
    email = surfer.fill()
    surfer.page.dblclick(SUBMIT)
    surfer.page.wait_for_url("**/fertig")

    assert surfer.demo.bookings_of(email) == ["confirmed"]
    assert surfer.demo.left(date) == date.left - 1
