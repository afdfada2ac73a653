"""Ways to the pages on which places are kept and addresses confirmed, in each of their states."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from booking.bookings.rules import MOST_EXTENSIONS
from booking.db import unit_of_work
from booking.links import queries as links
from booking.web.public.secrets import secret_of
from tests.browser.surfer import SUBMIT

if TYPE_CHECKING:
    from booking.schedule.queries import Date
    from tests.browser.surfer import Surfer

CONSULTATION = "sprechstunde-ki"  # of the demo's programme: in the house, by video, by phone
EXTEND, GIVE_UP = "main button[name=extend]", "main button[name=give_up]"


def page(surfer: "Surfer") -> None:
    """The second form with its timer."""
    _kept(surfer)


def with_mistakes(surfer: "Surfer") -> None:
    """The second form with all that can be wrong in it."""
    page(surfer)
    surfer.look("() => document.querySelectorAll('main details').forEach(one => { one.open = true; })")
    surfer.type(name="", email="amina", phone="später")
    surfer.look("() => document.querySelector('[name=note]').removeAttribute('maxlength')")
    surfer.type(note="x" * 1001)
    surfer.send(422)


def form_again(surfer: "Surfer") -> None:
    """The first form of a date whose last places are one's own."""
    date = surfer.demo.take("few")
    surfer.hold(date.id, adults=date.left)
    surfer.follow_to("book", occurrence_id=date.id)


def extended(surfer: "Surfer") -> None:
    """The second form after its time was extended, as the server draws it."""
    page(surfer)
    surfer.fill()
    without_enhancement(surfer)
    press(surfer, EXTEND)


def without_more_time(surfer: "Surfer") -> None:
    """The second form after its time was extended as often as it can be."""
    date = _kept(surfer)
    surfer.fill()
    without_enhancement(surfer)
    _newest_hold_of(surfer, date, f"extensions = {MOST_EXTENSIONS}")
    press(surfer, EXTEND, 409)


def over(surfer: "Surfer") -> None:
    """The second form when its time is over."""
    date = surfer.demo.take()
    surfer.hold(date.id)
    surfer.demo.end_holds(date)
    surfer.page.reload()


def lost(surfer: "Surfer") -> None:
    """The second form when its time was over and others have the places."""
    date = surfer.demo.take("few")
    surfer.hold(date.id)
    surfer.fill()
    surfer.demo.end_holds(date)
    surfer.demo.book("de", date, adults=date.left)
    surfer.send(409)


def used(surfer: "Surfer") -> None:
    """The second form, sent again for somebody else after it has booked."""
    page(surfer)
    surfer.fill()
    with in_another_tab(surfer):
        surfer.fill(name="Bruno T.")
        surfer.send()
    surfer.send(409)


def forgotten(surfer: "Surfer") -> None:
    """The second form, opened again days later."""
    date = _kept(surfer)
    _newest_hold_of(surfer, date, "expires_at = 0")
    ends = "UPDATE link SET expires_at = created_at WHERE purpose = 'hold' AND subject_id = "
    surfer.demo.machine.change(ends + "(SELECT max(id) FROM hold)")
    surfer.go(surfer.page.url, 410)


def slot_form(surfer: "Surfer") -> None:
    """The first form of a free time in the house."""
    _choose_time(surfer, "on_site")


def slot(surfer: "Surfer") -> None:
    """The second form of a free time by video."""
    _choose_time(surfer, "video")
    surfer.keep()


def call(surfer: "Surfer") -> None:
    """The second form of a call, without the number that it needs."""
    _choose_time(surfer, "phone")
    surfer.keep()
    surfer.fill()
    surfer.send(422)


def to_confirm(surfer: "Surfer") -> None:
    """The page that says that the address is to be confirmed."""
    date = _kept(surfer)
    _newest_hold_of(surfer, date, "suspicion = 'client'")
    surfer.fill()
    surfer.send()


def confirming(surfer: "Surfer") -> None:
    """The page with the button that the mail leads to."""
    to_confirm(surfer)
    surfer.visit("confirm_address", secret=_secret_to_confirm(surfer))


def confirming_too_late(surfer: "Surfer") -> None:
    """The same page when the booking has ended."""
    confirming(surfer)
    surfer.demo.machine.change(
        "UPDATE booking SET state = 'expired', confirm_until = NULL WHERE id = (SELECT max(id) FROM booking)"
    )
    surfer.send(410)


def press(surfer: "Surfer", button: str, status: int = 200) -> None:
    """Press a button that sends the form."""
    with surfer.page.expect_navigation():
        surfer.page.click(button)
    surfer.arrived(status)


def without_enhancement(surfer: "Surfer") -> None:
    """Let the button that extends send the form, as it does where the script has not come."""
    surfer.look("button => document.querySelector(button).removeAttribute('data-extend')", EXTEND)


@contextmanager
def in_another_tab(surfer: "Surfer") -> Iterator[None]:
    """Do something in a second tab with the same page, and come back to the first one."""
    first = surfer.page
    surfer.page = first.context.new_page()
    surfer.listen()
    surfer.go(first.url)
    yield
    surfer.page.close()
    surfer.page = first


def _kept(surfer: "Surfer") -> "Date":
    date = surfer.demo.with_room()
    surfer.hold(date.id)
    return date


def _choose_time(surfer: "Surfer", medium: str) -> None:
    surfer.go(f"{surfer.path('times', key=CONSULTATION)}?medium={medium}")
    free = surfer.page.locator("main .time__link")
    with surfer.page.expect_navigation():
        free.last.click()
    surfer.arrived(200)
    assert surfer.page.locator(SUBMIT).count()


def _newest_hold_of(surfer: "Surfer", date: "Date", change: str) -> None:
    newest = f"SELECT max(id) FROM hold WHERE occurrence_id = {date.id}"
    surfer.demo.machine.change(f"UPDATE hold SET {change} WHERE id = ({newest})")


def _secret_to_confirm(surfer: "Surfer") -> str:
    found = surfer.demo.machine.rows("SELECT max(id) FROM booking WHERE state = 'to_be_confirmed'")
    with surfer.demo.machine.inside():
        link_id = unit_of_work(lambda: links.newest("confirm", subject_id=found[0][0]))
        return secret_of(str(link_id), purpose="confirm")


STATES = {
    "form-own-places": form_again,
    "hold-slot": slot,
    "hold-call": call,
    "hold-extended": extended,
    "hold-no-more": without_more_time,
    "hold-over": over,
    "hold-lost": lost,
    "hold-used": used,
    "hold-ended": forgotten,
    "confirm_address-over": confirming_too_late,
    "done-to-confirm": to_confirm,
}
