"""Ways to the pages on which people say what they need to take part, in each of their states."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import TYPE_CHECKING

from booking.links.tokens import token
from booking.web.roof import roof
from tests.browser.demo import an_address
from tests.holds import a_hold
from tests.needs import held_with

if TYPE_CHECKING:
    from booking.schedule.queries import Date
    from tests.browser.demo import Demo
    from tests.browser.surfer import Surfer

_numbers = count(1)


def a_visit(demo: "Demo", *kinds: str) -> str:
    """Book a date that is far ahead as somebody with another browser, and return the secret of the link."""
    far = demo.further()
    with demo.machine.inside() as clock:
        number = f"needy {clock().timestamp()} {next(_numbers)}"
        held = a_hold(far.id, clock, once=number, client=number, party={"adults": 2})
        words = "Bitte vorne, mit Blick auf die Bühne." if kinds else ""
        booked = held_with(held, clock, *kinds, words=words, email=an_address())
        return token(booked.link_id, purpose="manage", key=roof().keys[0])


def page(surfer: "Surfer") -> None:
    """The page on which it is told later."""
    surfer.visit("access_needs", secret=a_visit(surfer.demo))


def told(surfer: "Surfer") -> None:
    """The same page for somebody who told it before, one need arranged and one not yet."""
    surfer.visit("access_needs", secret=a_visit(surfer.demo, "dgs", "quiet"))


def without_consent(surfer: "Surfer") -> None:
    """The page with what is to be mended."""
    told(surfer)
    surfer.page.fill("[name=needs_words]", "Bitte einen Platz am Gang.")
    surfer.send(422)


def withdrawn(surfer: "Surfer") -> None:
    """The booking after everything was unticked."""
    told(surfer)
    for kind in ("dgs", "quiet"):
        surfer.page.uncheck(f"[name=need_{kind}]")
    surfer.send()


def booking(surfer: "Surfer") -> None:
    """The page of a booking that says how the needs stand."""
    surfer.visit("manage", secret=a_visit(surfer.demo, "dgs", "quiet", "companion"))


def while_booking(surfer: "Surfer") -> None:
    """The form with a need ticked, so that it asks for the consent, too."""
    _hold(surfer, surfer.demo.further())
    surfer.page.check("[name=need_quiet]")


def too_late(surfer: "Surfer") -> None:
    """The form for a date that is soon: some needs cannot be met any more."""
    soon = surfer.demo.date("soon")
    surfer.demo.end_holds(soon)
    _hold(surfer, soon)
    assert surfer.page.locator(".need__off").count()


def _hold(surfer: "Surfer", date: "Date") -> None:
    surfer.open_form(date.id)
    surfer.page.fill("[name=adults]", "1")
    surfer.send()


WAYS: Mapping[str, Callable[["Surfer"], None]] = {
    "access_needs-later": page,
    "access_needs-mistake": without_consent,
    "access_needs-withdrawn": withdrawn,
    "manage-needs": booking,
    "hold-needs": while_booking,
    "hold-too-late": too_late,
}
"""Each way by the name of its view."""
