"""Views: every page that a visitor can meet, in each of its states, and the way to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.browser import holds, moves, needs, programmes, queues, voices
from tests.browser.demo import an_address
from tests.browser.surfer import SUBMIT, Surfer

CONSULTATION, EXPERT = "sprechstunde-ki", "friederike"  # of the demo's programme
TOPIC, COOPERATION = "artificial-intelligence", "connected-urban-twins"


@dataclass(frozen=True, slots=True)
class View:
    """One page in one state; ``open`` brings a surfer there."""

    name: str
    open: Callable[[Surfer], None]


def page(name: str, status: int = 200, **values: object) -> View:
    """A page that an address alone opens."""
    return View(name, lambda surfer: surfer.visit(name, status, **values))


def date_page(state: str, status: int = 200) -> View:
    """The page of a date in a state."""
    return View(
        f"date-{state}",
        lambda surfer: surfer.visit("occurrence", status, occurrence_id=surfer.demo.date(state).id),
    )


def booker_page(name: str) -> View:
    """A page behind the link of a booking."""
    return View(name, lambda surfer: surfer.visit(name, secret=surfer.demo.booked(surfer.language)))


def offering(surfer: Surfer) -> None:
    surfer.visit("offering", key=surfer.demo.date("free").offering_key)


def times(query: str) -> Callable[[Surfer], None]:
    """The free times of a consultation of the demo, with its filters open to be looked at."""

    def open_it(surfer: Surfer) -> None:
        surfer.go(surfer.path("times", key=CONSULTATION) + query)
        surfer.look("() => { document.querySelector('.filters').open = true; }")

    return open_it


def times_of_a_missing_day(surfer: Surfer) -> None:
    surfer.go("/dev/mail")
    soon = date.fromisoformat(surfer.look(programmes.TODAY)) + timedelta(days=8)
    times(f"?medium=video&zone=America/New_York&people=99&day={soon}&at=03:10")(surfer)
    assert surfer.page.locator("#answer").count()


def times_without_times(surfer: Surfer) -> None:
    times("?language=dgs&weekday=7")(surfer)
    assert surfer.page.locator(".empty").count()


def form(surfer: Surfer) -> None:
    surfer.open_form(surfer.demo.date("free").id)


def form_with_mistakes(surfer: Surfer) -> None:
    form(surfer)
    surfer.type(adults="zwölf", children="-1")
    surfer.send(422)


def form_for_too_many(surfer: Surfer) -> None:
    surfer.open_form(surfer.demo.date("few").id)
    surfer.count(adults=3)
    surfer.send(409)


def form_overtaken(surfer: Surfer) -> None:
    date = surfer.demo.take("few")
    surfer.open_form(date.id)
    surfer.count()
    surfer.demo.book("de", date, adults=date.left)
    surfer.send(409)


def cancelled(surfer: Surfer) -> None:
    surfer.visit("cancel", secret=surfer.demo.book(surfer.language))
    surfer.send()


def wrong_address(surfer: Surfer) -> None:
    surfer.visit("change_address", secret=surfer.demo.book(surfer.language))
    surfer.type(email="amina")
    surfer.send(422)


def changed_address(surfer: Surfer) -> None:
    surfer.visit("change_address", secret=surfer.demo.book(surfer.language))
    surfer.type(email=an_address())
    surfer.send()


def erased(surfer: Surfer) -> None:
    surfer.visit("erase", secret=surfer.demo.book(surfer.language))
    surfer.send()


def ended_link(surfer: Surfer) -> None:
    secret = surfer.demo.book(surfer.language)
    surfer.visit("erase", secret=secret)
    surfer.send()
    surfer.visit("manage", 410, secret=secret)


def resend_with_a_mistake(surfer: Surfer) -> None:
    surfer.visit("resend")
    surfer.page.click(SUBMIT)
    surfer.page.wait_for_selector("[data-error-summary]")


def unknown_page(surfer: Surfer) -> None:
    surfer.go(f"/{surfer.language}/unknown", 404)


def mails(surfer: Surfer) -> None:
    surfer.demo.a_mail()
    surfer.go("/dev/mail")


def mail(surfer: Surfer) -> None:
    mails(surfer)
    surfer.follow(".mails a")


def other_house(name: str) -> View:
    """A page of the second house, with colours of its own."""

    def open_it(surfer: Surfer) -> None:
        surfer.go(f"http://bibliothek.localhost:{surfer.demo.machine.port}{surfer.path(name)}")

    return View(f"library-{name}", open_it)


MAIN = (
    page("start"),
    page("programme"),
    View("programme-month", programmes.asked("view=month")),
    page("offerings"),
    page("topics"),
    page("topic", key=TOPIC),
    page("cooperation", key=COOPERATION),
    page("visit"),
    page("consultations"),
    page("expert", key=EXPERT),
    View("times", times("")),
    View("offering", offering),
    date_page("free"),
    View("form", form),
    View("form-with-mistakes", form_with_mistakes),
    View("book_slot", holds.slot_form),
    View("hold", holds.page),
    View("hold-with-mistakes", holds.with_mistakes),
    View("confirm_address", holds.confirming),
    booker_page("done"),
    booker_page("manage"),
    View("move", moves.dates),
    View("move-question", moves.question),
    View("move-times", moves.times),
    View("change_party", moves.party),
    View("access_needs", needs.told),
    booker_page("cancel"),
    booker_page("change_address"),
    booker_page("erase"),
    page("resend"),
    page("contact"),
    View("mail", mail),
    View("queue", queues.page_of_queue),
    View("ticket", queues.page_of_ticket),
    View("queue_desk", queues.page_of_desk),
    View("slip", queues.page_of_slip),
    page("now_serving"),
    page("today"),
    page("embed"),
    page("embed_guide"),
    page("subscribe"),
    *(View(name, way) for name, way in voices.PAGES.items()),
    page("trust"),
    page("privacy"),
    page("imprint"),
    page("accessibility"),
    page("easy_language"),
    page("sign_language"),
    page("cooperations"),
    page("erased"),
    page("voice_erased"),
    page("resend_sent"),
    View("leave", queues.page_of_leaving),
)
MORE = (
    *(View(name, way) for name, way in programmes.STATES.items()),
    View("times-asked", times_of_a_missing_day),
    View("times-hidden", times("?part=morning&weekday=2&host=friederike")),
    View("times-empty", times_without_times),
    View("offering-consultation", lambda surfer: surfer.visit("offering", key=CONSULTATION)),
    date_page("few"),
    date_page("full"),
    date_page("cancelled", 410),
    date_page("past", 410),
    date_page("closed"),
    View("form-too-many", form_for_too_many),
    View("form-overtaken", form_overtaken),
    *(View(name, way) for name, way in holds.STATES.items()),
    *(View(name, way) for name, way in needs.WAYS.items()),
    View("moved", moves.moved),
    View("move-refused", moves.refused),
    View("move-late", moves.late),
    View("move-call", moves.call),
    View("change_party-mistake", moves.party_with_a_mistake),
    View("changed-party", moves.changed),
    View("cancelled", cancelled),
    View("wrong-address", wrong_address),
    View("changed-address", changed_address),
    View("erased-now", erased),
    View("ended-link", ended_link),
    View("resend-with-a-mistake", resend_with_a_mistake),
    *(View(name, way) for name, way in voices.STATES.items()),
    View("now_serving-screen", lambda surfer: surfer.go(surfer.path("now_serving") + "?screen=1")),
    View("queue-closed", queues.page_of_closed_queue),
    View("queue-own", queues.page_of_own_number),
    View("ticket-called", queues.page_of_called_ticket),
    View("ticket-missed", queues.page_of_missed_ticket),
    View("ticket-unknown", queues.page_of_unknown_number),
    View("queue_desk-stale", queues.page_of_stale_desk),
    View("unknown", unknown_page),
    View("mails", mails),
    other_house("start"),
    other_house("programme"),
    other_house("topics"),
    other_house("visit"),
    other_house("resend"),
)
