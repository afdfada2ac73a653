"""A queue moves on by itself on open pages, politely; and everything works without script, too."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.queues import a_queue
from tests.browser.surfer import Surfer
from tests.browser.walking import is_focused

LOOK_AGAIN = "() => document.dispatchEvent(new Event('visibilitychange'))"  # somebody comes back to the tab


def press(surfer: Surfer, selector: str, status: int = 200) -> None:
    with surfer.page.expect_navigation():
        surfer.page.locator(selector).first.click()
    surfer.settle()
    assert surfer.status == status


def test_somebody_draws_a_number_is_called_and_served(surf):
    visitor, helper = surf("de", width=390), surf("en")
    own = a_queue(visitor.demo)
    visitor.visit("queue", key=own.key)
    visitor.send()
    helper.visit("queue_desk", secret=own.desk_secret)

    press(helper, "#next")
    visitor.look(LOOK_AGAIN)
    expect(visitor.page.locator(".success")).to_contain_text("Tisch 2")
    assert visitor.page.title().startswith(visitor.text("h1"))
    press(helper, "button[value^='served:']")
    visitor.look(LOOK_AGAIN)

    expect(visitor.page.locator(".success")).to_have_count(0)
    expect(visitor.page.locator("main a", has_text=re.compile("Programm"))).to_be_visible()


def test_an_open_page_tells_screen_readers_only_what_is_new(surf):
    surfer = surf()
    own = a_queue(surfer.demo)
    own.draw()
    second = own.draw()
    surfer.visit("ticket", secret=own.secret(second))
    news = surfer.page.locator("[data-live-news]")
    surfer.look(LOOK_AGAIN)
    expect(news).to_be_empty()

    own.call_next()
    surfer.look(LOOK_AGAIN)

    expect(news).not_to_be_empty()
    assert news.get_attribute("role") == "status"
    assert surfer.text("h1") in news.inner_text()


def test_the_page_of_a_desk_changes_under_the_fingers_and_the_focus_stays(surf):
    surfer = surf()
    own = a_queue(surfer.demo)
    own.draw()
    surfer.visit("queue_desk", secret=own.desk_secret)
    surfer.page.locator("#stop").focus()
    assert surfer.page.locator(".calls__number").count() == 1

    own.draw()
    surfer.look(LOOK_AGAIN)

    expect(surfer.page.locator(".calls__number")).to_have_count(2)
    assert is_focused(surfer.page, "#stop")


def test_whoever_presses_a_button_hits_it_also_while_the_page_changes(surf):
    surfer = surf()
    own = a_queue(surfer.demo)
    own.draw()
    surfer.visit("queue_desk", secret=own.desk_secret)
    box: Any = surfer.page.locator("#next").bounding_box()
    surfer.page.mouse.move(box["x"] + 5, box["y"] + 5)
    surfer.page.mouse.down()

    own.draw()
    with surfer.page.expect_response(lambda answer: "/schalter/" in answer.url):
        surfer.look(LOOK_AGAIN)
    with surfer.page.expect_navigation():
        surfer.page.mouse.up()

    surfer.settle()
    assert surfer.page.locator("button[value^='served:']").count() == 1


def test_when_the_queue_stops_an_open_page_takes_its_button_away(surf):
    surfer, helper = surf(), surf("en")
    own = a_queue(surfer.demo)
    surfer.visit("queue", key=own.key)
    assert surfer.page.locator("main form").count() == 1
    helper.visit("queue_desk", secret=own.desk_secret)
    press(helper, "#stop")

    with surfer.page.expect_navigation():
        surfer.look(LOOK_AGAIN)

    expect(surfer.page.locator("main form")).to_have_count(0)


def test_a_connection_that_is_lost_does_no_harm(surf):
    surfer = surf()
    own = a_queue(surfer.demo)
    surfer.visit("ticket", secret=own.secret(own.draw()))
    before = surfer.text("main")

    surfer.page.context.set_offline(True)
    with surfer.page.expect_event("requestfailed"):
        surfer.look(LOOK_AGAIN)
    assert surfer.text("main") == before
    surfer.page.context.set_offline(False)
    surfer.faults.clear()  # the browser says that it is offline
    own.call_next()
    surfer.look(LOOK_AGAIN)

    expect(surfer.page.locator(".success")).to_be_visible()


def test_everything_of_a_queue_works_without_script(surf):
    visitor, helper = surf(java_script_enabled=False), surf("en", java_script_enabled=False)
    own = a_queue(visitor.demo)
    visitor.visit("queue", key=own.key)
    visitor.send()
    number = visitor.page.url
    helper.visit("queue_desk", secret=own.desk_secret)
    press(helper, "#next")
    press(helper, "button[value^='missed:']")
    press(helper, "button[value^='called:']")
    visitor.follow("main a[href*='/nummer/']:not(.kern-btn)")  # "refresh"
    assert visitor.page.locator(".success").count() == 1

    visitor.follow("main a[href$='/zurueckgeben']")
    visitor.send()

    assert visitor.page.url == number
    press(helper, "button[value^='served:']", 409)
    press(helper, "#draw")
    assert helper.page.locator(".qr__code").count() == 1
    assert not helper.page.locator("[data-print]").is_visible()


def test_the_slip_fits_on_a_small_sheet_and_shows_nothing_else(surf):
    surfer = surf(width=300)
    own = a_queue(surfer.demo)
    surfer.visit("slip", secret=own.desk_secret, ticket_id=own.draw().ticket_id)
    assert surfer.page.locator("[data-print]").is_visible()
    surfer.page.emulate_media(media="print")

    for gone in ("header", "footer", ".actions"):
        assert surfer.page.locator(gone).filter(visible=True).count() == 0
    assert surfer.page.locator(".qr__code").is_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", surfer.page.pdf(width="80mm", height="200mm"))) == 1
