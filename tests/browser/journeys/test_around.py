"""Journeys: walking in without booking, staying unseen, bringing an idea."""

from tests.browser import queues
from tests.browser.demo import wait_for_mails


def test_somebody_walks_in_and_draws_a_number(walk):
    with walk("17") as journey:
        surfer = journey.surfer
        queues.page_of_queue(surfer)
        journey.step("Come as you are: how many wait, and a button that draws a number.")
        surfer.send()
        journey.step("The number, and how many are before it.", ".ticket__number")
        surfer.visit("contact")
        journey.step(
            "Everything is possible by phone, too: the number stands on every page.",
            "main .phone, main a[href^=tel]",
        )


def test_nobody_else_sees_a_name(walk):
    with walk("18") as journey:
        surfer = journey.surfer
        date = surfer.demo.take(people=1)
        surfer.hold(date.id)
        surfer.fill(name="Zarifa Unverwechselbar")
        surfer.type(note="About my allotment garden")
        surfer.send()
        secret = surfer.secret()
        surfer.page.context.clear_cookies()
        surfer.visit("occurrence", occurrence_id=date.id)
        journey.step(
            "Others see how many places are left, and nothing about who comes.", ".kern-badge, .date__places"
        )
        for path in (
            surfer.path("occurrence", occurrence_id=date.id),
            surfer.path("programme"),
            "/en/programme.ics",
        ):
            answer = surfer.page.request.get(path).text()
            assert "Zarifa" not in answer
            assert "allotment" not in answer
        wrong = ("A" if secret[0] != "A" else "B") + secret[1:]
        surfer.visit("manage", 404, secret=wrong)
        journey.step("Only the secret link opens a booking; a link that is nearly right opens nothing.")


def test_an_idea_is_brought_and_followed(walk):
    with walk("21") as journey:
        surfer = journey.surfer
        surfer.visit("topics")
        surfer.follow('main a[href*="/topics/"]')
        surfer.follow('main a[href*="/ideas"]')
        journey.step("An idea and who one is: all other fields may stay empty.")
        surfer.page.fill("[name=words]", "Benches that say how hot it is in the shade.")
        surfer.page.check("[name=who] >> nth=0")
        surfer.page.fill("[name=email]", "idea-walker@example.org")
        surfer.send()
        journey.step("It has arrived; a mail with a link comes.")
        wait_for_mails(surfer.demo, "idea-walker@example.org", 1)
        surfer.go("/dev/mail")
        surfer.follow('.mails li:has-text("idea-walker@example.org") a')
        link = surfer.page.frame_locator("iframe").locator('a[href*="/feedback/"]').first
        surfer.go(str(link.get_attribute("href")))
        journey.step("A page of its own says what became of it.")
