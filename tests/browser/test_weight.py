"""What a page weighs on its first visit: all that comes over the line, as it was sent."""

import pytest

from booking.houses.facts import LANGUAGES
from tests.browser.surfer import Surfer
from tests.browser.views import MAIN, View

MOST_BYTES = 150_000
_SENT = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .map(one => [one.name, one.transferSize])"""


def sent(surfer: Surfer) -> dict[str, int]:
    """Return the bytes that came for the page and for each thing in it."""
    surfer.page.wait_for_load_state("networkidle")
    return {name: size for name, size in surfer.look(_SENT) if name.startswith("http")}


WEIGHED = {
    *("start", "programme", "programme-month", "offerings", "topic", "visit", "times", "offering"),
    *("date-free", "form", "hold", "done", "manage", "idea"),
}


@pytest.mark.parametrize("view", [one for one in MAIN if one.name in WEIGHED], ids=lambda view: view.name)
def test_the_first_visit_to_a_page_is_light(surf, view: View):
    surfer = surf(width=390)
    view.open(surfer)
    address = surfer.page.url
    surfer.page.context.clear_cookies()
    fresh = surf(LANGUAGES[0], width=390)
    fresh.page.goto(address)

    weights = sent(fresh)

    assert len(weights) > 3, "the page came without its style, script and fonts"
    assert sum(weights.values()) <= MOST_BYTES, weights


def test_the_scales_work(surf):
    """A control: what is not squeezed is seen to weigh more."""
    light, heavy = surf(), surf(extra_http_headers={"Accept-Encoding": "identity"})
    for one in (light, heavy):
        one.visit("programme")

    assert sum(sent(heavy).values()) > sum(sent(light).values()) + 50_000
