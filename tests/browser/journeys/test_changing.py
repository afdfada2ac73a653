"""Journeys: what is booked is moved, cancelled, seen and deleted, and nothing does damage by the way."""

import json

from playwright.sync_api import expect

from tests.browser import moves
from tests.browser.demo import wait_for_mails
from tests.browser.surfer import SUBMIT


def test_an_old_link_works_and_changes_nothing(walk):
    with walk("10") as journey:
        surfer = journey.surfer
        secret = moves.a_visit(surfer.demo)
        surfer.visit("cancel", secret=secret)
        journey.step("The link of the mail opens a page. Opening it cancels nothing.")
        surfer.visit("manage", secret=secret)
        before = surfer.text(".kern-badge")
        surfer.visit("change_party", secret=secret)
        surfer.count(adults=1, children=0)
        surfer.send()
        surfer.visit("manage", secret=secret)
        journey.step("After a change, and a new mail, the first link still works.")
        assert surfer.text(".kern-badge") == before


def test_a_talk_is_moved_to_another_day(walk):
    with walk("11") as journey:
        surfer = journey.surfer
        secret = moves.a_consultation(surfer.demo)
        surfer.visit("manage", secret=secret)
        when = surfer.text(".lead")
        journey.step(
            "The booking can be moved: the old time stays until the new is certain.", 'a[href$="/move"]'
        )
        surfer.visit("move", secret=secret)
        journey.step("Free times of the same consultation.")
        with surfer.page.expect_navigation():
            surfer.page.locator("main .time__link").last.click()
        journey.step("Both times stand side by side. One button moves.")
        surfer.send()
        assert surfer.is_at("manage", secret=secret)
        journey.step("Moved. The entry in the calendar moves, too.", "[role=status]")
        assert surfer.text(".lead") != when


def test_a_visit_is_cancelled_in_one_step(walk):
    with walk("12") as journey:
        surfer = journey.surfer
        surfer.hold(surfer.demo.with_room().id)
        email = surfer.fill()
        surfer.send()
        wait_for_mails(surfer.demo, email, 1)  # one that is overtaken would not be sent
        surfer.visit("cancel", secret=surfer.secret())
        journey.step("One question, one button, no reason asked.")
        surfer.send()
        journey.step("Cancelled, and somebody else can have the place.", "[role=status]")
        wait_for_mails(surfer.demo, email, 2)
        assert surfer.demo.bookings_of(email) == ["cancelled_by_visitor"]


def test_stored_data_are_seen_taken_along_and_deleted(walk, tmp_path):
    with walk("19") as journey:
        surfer = journey.surfer
        surfer.hold(surfer.demo.with_room().id)
        email = surfer.fill()
        surfer.send()
        secret = surfer.secret()
        surfer.visit("manage", secret=secret)
        journey.step("What is stored, why, and until when.", ".stored")
        with surfer.page.expect_download() as waiting:
            surfer.page.click(f'a[href="{surfer.path("export", secret=secret)}"]')
        waiting.value.save_as(tmp_path / "data.json")
        assert email in json.dumps(json.loads((tmp_path / "data.json").read_text("utf-8")))
        surfer.visit("erase", secret=secret)
        journey.step("All of it can be deleted with a button.")
        surfer.send()
        journey.step("Gone.")
        assert surfer.demo.bookings_of(email) == []


def test_going_back_and_a_stale_page_do_no_damage(walk):
    with walk("20") as journey:
        surfer = journey.surfer
        date = surfer.demo.take(people=2)
        surfer.hold(date.id)
        email = surfer.fill()
        surfer.send()
        surfer.page.go_back()
        surfer.settle()
        journey.step("Back after booking: the page says that this is booked already.")
        expect(surfer.page.locator(SUBMIT)).to_have_count(0)
        assert surfer.demo.bookings_of(email) == ["confirmed"]
        assert surfer.demo.left(date) == date.left - 1

        few = surfer.demo.take("few")
        surfer.open_form(few.id)
        surfer.count()
        surfer.demo.book("de", few, adults=few.left)
        surfer.send(409)
        journey.step("Somebody else was faster while a page stood open: it says so and names other dates.")
