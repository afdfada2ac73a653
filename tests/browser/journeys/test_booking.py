"""Journeys: places are kept, others are counted, needs are answered, and it is plain that it is done."""

import re

from playwright.sync_api import expect

from tests.browser import holds
from tests.browser.demo import an_address, wait_for_mails
from tests.browser.holds import EXTEND, press
from tests.browser.surfer import SUBMIT


def test_places_are_kept_while_somebody_types(walk):
    with walk("04") as journey:
        surfer = journey.surfer
        date = surfer.demo.take()
        surfer.open_form(date.id)
        journey.step("One number is asked first. After it the places are kept.")
        surfer.keep()
        journey.step("A timer says how long they are kept, and a button gives more time.", "#timer")
        email = surfer.fill()
        surfer.type(note="Is there a place to leave a pram?")
        holds.without_enhancement(surfer)
        press(surfer, EXTEND)
        journey.step("Ten minutes more, with all that was typed.", "[name=note]")
        assert surfer.values()["note"].endswith("pram?")

        surfer.demo.end_holds(date)
        surfer.go(surfer.page.url)
        surfer.fill(email)
        journey.step(
            "When the time is over, the page says so. What is still free can still be booked.", "#timer"
        )
        surfer.send()
        assert surfer.demo.bookings_of(email) == ["confirmed"]


def test_a_name_an_address_and_a_number_are_enough(walk):
    with walk("05") as journey:
        surfer = journey.surfer
        surfer.hold(surfer.demo.with_room().id)
        journey.step("Name and address: no account, no password.", "[name=name]")
        journey.step("What may stay empty says so, and why it is asked.", "[name=note]")
        expect(surfer.page.locator("main [type=password]")).to_have_count(0)
        email = surfer.fill()
        surfer.send()
        journey.step("That was all.")
        assert surfer.demo.bookings_of(email) == ["confirmed"]


def test_others_are_counted_and_not_named(walk):
    with walk("06") as journey:
        surfer = journey.surfer
        date = surfer.demo.take(people=4)
        surfer.open_form(date.id)
        surfer.count(adults=2, children=2)
        journey.step("Two numbers: adults and children. Nobody is asked for another name.", "[name=children]")
        surfer.send()
        email = surfer.fill()
        surfer.send()
        journey.step("Four people come, one of them has a name.", "dl")
        assert surfer.demo.left(date) == date.left - 4
        assert surfer.demo.bookings_of(email) == ["confirmed"]


def test_access_needs_are_answered_at_once(walk):
    with walk("07") as journey:
        surfer = journey.surfer
        surfer.hold(surfer.demo.with_room().id)
        surfer.page.check("[name=need_wheelchair]")
        journey.step(
            "What somebody needs is ticked; each answer stands beside it.", "[name=need_wheelchair] + *"
        )
        surfer.page.check("[name=needs_consent]")
        surfer.fill()
        surfer.send()
        surfer.follow_to("manage", secret=surfer.secret())
        journey.step("The booking says how it stands, and it can be changed there.")


def test_it_is_plain_that_it_is_done(walk):
    with walk("08") as journey:
        surfer = journey.surfer
        surfer.hold(surfer.demo.with_room().id)
        email = surfer.fill()
        surfer.page.dblclick(SUBMIT)
        surfer.page.wait_for_url("**/done")
        surfer.settle()
        journey.step("Done, with a reference, even after two clicks.", ".success")
        surfer.page.reload()
        surfer.settle()
        journey.step("Loading it again does no harm: the same booking.", ".reference")
        wait_for_mails(surfer.demo, email, 1)
        assert surfer.demo.bookings_of(email) == ["confirmed"]


def test_the_mail_has_everything_in_it(walk):
    with walk("09") as journey:
        surfer = journey.surfer
        surfer.hold(surfer.demo.with_room().id)
        email = surfer.fill(an_address())
        surfer.send()
        reference = surfer.text(".reference")
        wait_for_mails(surfer.demo, email, 1)
        surfer.go("/dev/mail")
        surfer.follow(f'.mails li:has-text("{email}") a')
        text = surfer.text("pre")
        assert reference in text
        assert re.search(r"/en/booking/\S+/cancel", text)
        surfer.look("() => document.querySelector('iframe').scrollIntoView()")
        journey.step(
            "One mail: what, when, where, with buttons to move and to cancel.",
            "iframe[title='HTML part'] + *",
        )
        journey.step("Its calendar entry is put into the calendar by most mail programs.", "pre >> nth=1")
        assert "METHOD:REQUEST" in surfer.page.locator("pre").nth(1).inner_text()
