"""Ways to the pages of what people tell us, for the views of the browser."""

from collections.abc import Callable, Mapping

from tests.browser.demo import secret_in
from tests.browser.surfer import Surfer

WORDS = "Bänke mit Sensoren, die sagen, ob sie im Schatten stehen.\n\nDas hilft älteren Menschen."


def idea(surfer: Surfer) -> None:
    """The form of an idea, filled in."""
    surfer.visit("idea")
    surfer.type(words=WORDS, name="Amina Kaya")
    surfer.page.check("main [name=who][value=citizen]")


def idea_with_mistakes(surfer: Surfer) -> None:
    surfer.visit("idea")
    surfer.type(email="amina")
    surfer.send(422)


def barrier_with_mistakes(surfer: Surfer) -> None:
    surfer.visit("report_barrier")
    surfer.type(page="die Startseite")
    surfer.send(422)


def barrier_told(surfer: Surfer) -> None:
    surfer.visit("report_barrier")
    surfer.type(words=WORDS, page=surfer.path("programme"))
    surfer.send()


def idea_told(surfer: Surfer) -> None:
    idea(surfer)
    surfer.send()


def page_of(name: str) -> Callable[[Surfer], None]:
    """A page behind the link of an idea that was just told."""

    def open_it(surfer: Surfer) -> None:
        idea_told(surfer)
        surfer.visit(name, secret=secret_in(surfer.page.url))

    return open_it


def deleted(surfer: Surfer) -> None:
    page_of("voice_erase")(surfer)
    surfer.send()


def link_of_what_is_deleted(surfer: Surfer) -> None:
    idea_told(surfer)
    secret = secret_in(surfer.page.url)
    surfer.visit("voice_erase", secret=secret)
    surfer.send()
    surfer.visit("voice", 410, secret=secret)


PAGES: Mapping[str, Callable[[Surfer], None]] = {
    "idea": idea,
    "report_barrier": barrier_with_mistakes,
    "voice": page_of("voice"),
    "voice_erase": page_of("voice_erase"),
    "voice_told": barrier_told,
}
STATES: Mapping[str, Callable[[Surfer], None]] = {
    "idea-with-mistakes": idea_with_mistakes,
    "voice_told-idea": idea_told,
    "voice_erased": deleted,
    "voice-gone": link_of_what_is_deleted,
}
