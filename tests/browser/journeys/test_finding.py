"""Journeys: what exists is seen at once, an evening is found, and times are read as a list."""

import re

from tests.browser.surfer import SUBMIT


def test_somebody_sees_what_exists_before_any_form(walk):
    with walk("01") as journey:
        surfer = journey.surfer
        surfer.visit("start")
        journey.step("The first page says what this place is, and that everything is free of charge.")
        surfer.follow_to("offerings")
        journey.step(
            "Everything that exists: for whom, how long, in which languages, step-free or not.", "h2"
        )
        surfer.follow("main a[href*='/offerings/']")
        journey.step("One offering, with its next dates.")
        assert surfer.page.locator("main form").count() == 0


def test_an_evening_is_found_for_a_family_with_a_wheelchair(walk):
    """Two adults and a child with a wheelchair, on a phone, from the first page to a booking."""
    with walk("02") as journey:
        surfer = journey.surfer
        surfer.visit("start")
        surfer.follow('main a[href*="part=evening"]')
        journey.step("One touch on the first page leads to what takes place in the evening.", "[data-count]")
        surfer.page.click(".filters > summary")
        surfer.page.check('[name=access][value="step_free"]')
        surfer.page.fill("[name=people]", "3")
        journey.step("Filters: without steps, three people, and what else matters.", "[name=people]")
        with surfer.page.expect_event("load"):  # the script changes the address before that
            surfer.page.click(".filters__form button")
        surfer.settle()
        journey.step("Only what fits is left, and the address can be kept or sent to somebody.", ".day")
        assert re.search(r"part=evening.*people=3", surfer.page.url)
        surfer.follow(".date:not(.date--off) .date__link")
        journey.step("The date, before any form.")
        surfer.follow('main a[href$="/book"], main a[href*="/book?"]')
        surfer.keep(adults=2, children=1)
        surfer.fill()
        surfer.page.check("[name=need_wheelchair]")
        surfer.page.check("[name=needs_consent]")
        surfer.send()
        journey.step("Booked, with the wheelchair.", ".success")


def test_times_are_a_list_first_and_a_calendar_second(walk):
    with walk("03") as journey:
        surfer = journey.surfer
        surfer.visit("programme")
        journey.step(
            "Times are a list by day; every entry says by itself what, when and how many places.", ".day"
        )
        name = surfer.page.locator(".date:not(.date--off) .date__link").first
        assert re.search(r"\d{4}.*\d{2}:\d{2}.*places", str(name.text_content()), re.DOTALL)
        surfer.follow('main a[href*="view=month"]')
        journey.step("The same dates by month. On a phone they stay a list by day.", ".calendar")
        assert surfer.page.locator(SUBMIT).count() <= 2
