"""Journey: the whole way in easy language."""

from tests.browser.demo import an_address, wait_for_mails


def test_the_whole_way_in_easy_language(walk):
    with walk("22", "ls") as journey:
        surfer = journey.surfer
        surfer.visit("start")
        journey.step("The first page in easy language.")
        surfer.visit("programme")
        journey.step("The dates.")
        date = surfer.demo.take(people=3)
        surfer.visit("occurrence", occurrence_id=date.id)
        journey.step("One date.")
        surfer.open_form(date.id)
        surfer.type(adults="viele")
        surfer.send(422)
        journey.step("A mistake is said in easy words.", "[data-error-summary]")
        surfer.keep(adults=1)
        email = an_address()
        surfer.type(name="Amina Kaya", email=email)
        journey.step("Name and address.", "[name=name]")
        surfer.send()
        journey.step("It is done.", ".success")
        secret = surfer.secret()
        wait_for_mails(surfer.demo, email, 1)
        surfer.visit("move", secret=secret)
        surfer.follow("main .date__link")
        surfer.send()
        journey.step("Moved to another day.", "[role=status]")
        wait_for_mails(surfer.demo, email, 2)  # one that is overtaken would not be sent
        surfer.visit("cancel", secret=secret)
        surfer.send()
        journey.step("Cancelled.", "[role=status]")
        wait_for_mails(surfer.demo, email, 3)
        assert surfer.demo.bookings_of(email) == ["cancelled_by_visitor"]
