"""The programme in each of its states: filtered, as a calendar, with a closed day, and empty."""

from collections.abc import Callable
from datetime import date, timedelta

from tests.browser.surfer import Surfer

TODAY = "() => new Date().toLocaleDateString('sv', {timeZone: 'Europe/Berlin'})"
FAR = timedelta(days=400)


def of_tours(surfer: Surfer) -> None:
    surfer.go(surfer.path("programme") + "?kind=tour")


def with_a_closed_day(surfer: Surfer) -> None:
    surfer.visit("programme")
    for _page in range(6):
        if surfer.page.locator(".day__closed").count():
            return
        surfer.follow("a[rel=next]")
    raise AssertionError("the demo closes on no day")


def without_dates(surfer: Surfer) -> None:
    surfer.go("/dev/mail")
    far = date.fromisoformat(surfer.look(TODAY)) + FAR
    surfer.go(f"{surfer.path('programme')}?from={far.isoformat()}")
    assert surfer.page.locator(".empty").count()


def asked(query: str) -> Callable[[Surfer], None]:
    """The programme with what is asked of it, its filters open to be looked at."""

    def open_it(surfer: Surfer) -> None:
        surfer.go(f"{surfer.path('programme')}?{query}")
        surfer.look("() => { document.querySelector('.filters').open = true; }")

    return open_it


STATES = {
    "programme-tours": of_tours,
    "programme-closed": with_a_closed_day,
    "programme-empty": without_dates,
    "programme-week": asked("view=week&kind=tour&kind=talk"),
    "programme-filtered": asked("part=evening&access=step_free&people=3&q=lab"),
    "programme-hidden": asked("part=evening&weekday=1&people=14&q=vr"),
    "programme-odd": asked("page=1000000000&from=9999-99-99&people=-1&view=year"),
}
"""The way to each, by the name of the view."""
