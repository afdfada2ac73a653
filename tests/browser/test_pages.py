"""Every page × variant × colour scheme × width: accessible, quiet, and nothing sticks out."""

from typing import Literal

import pytest

from booking.houses.facts import LANGUAGES
from booking.web.public import ADDRESSES
from tests.browser.looks import COLOUR_RULES, axe_findings, misfits
from tests.browser.surfer import Surfer
from tests.browser.views import MAIN, MORE, View

Scheme = Literal["light", "dark"]
HEIGHT = 900
LOOKS: tuple[tuple[Scheme, int, tuple[str, ...]], ...] = (
    ("light", 1280, ()),
    ("light", 390, ()),
    ("dark", 390, COLOUR_RULES),
    ("dark", 1280, COLOUR_RULES),
)


def widen(surfer: Surfer, width: int) -> None:
    surfer.page.set_viewport_size({"width": width, "height": HEIGHT})


# Every page in every variant; its further states take turns, for they differ by a few sentences from a page
# that is tried in all of them, and each test costs seconds.
TRIED = [(view, variant) for view in MAIN for variant in LANGUAGES] + [
    (view, LANGUAGES[number % len(LANGUAGES)]) for number, view in enumerate(MORE)
]


@pytest.mark.parametrize(
    ("view", "language"), TRIED, ids=[f"{view.name}-{variant}" for view, variant in TRIED]
)
def test_a_page_can_be_read_in_light_and_dark_on_every_width(surf, view: View, language):
    """One load: the browser applies scheme and width to the page as it stands."""
    surfer = surf(language)
    view.open(surfer)
    surfer.settle()
    found = []
    for scheme, width, rules in (
        LOOKS if view in MAIN else LOOKS[1:3]
    ):  # a state of a page: once light, once dark
        surfer.page.emulate_media(color_scheme=scheme)
        widen(surfer, width)
        found += [f"{scheme}, {width} px: {one}" for one in axe_findings(surfer.page, *rules)]
    for width in (1280, 390, 320):
        widen(surfer, width)
        found += [f"{width} px: {one}" for one in misfits(surfer.page)]

    assert found == []
    assert surfer.page.locator("h1").count() == 1
    assert surfer.look("() => document.documentElement.lang") == ("en" if language == "en" else "de")


def test_no_public_page_is_left_out():
    """Each has a view of its own name among those that are tried in every variant; downloads are no pages."""
    tried = {view.name.partition("-")[0] for view in MAIN}
    downloads = {"calendar", "export", "slip_pdf", "trust_data", "voice_data", "calendar_feed", "news_feed"}
    by_other_names = {"occurrence": "date", "book": "form"}

    names = {by_other_names.get(one.view.__name__, one.view.__name__) for one in ADDRESSES}

    assert names - downloads - tried == set()


def test_the_check_sees_what_is_wrong(surf):
    """A control: each kind of fault that the checks are for is found when it is there."""
    surfer = surf()
    surfer.visit("contact")
    surfer.look(
        """() => {
          const wrong = document.createElement('div');
          wrong.innerHTML = '<p class="pale">pale</p><input type="text"><p class="wide">'
              + 'x'.repeat(400) + '</p><p class="low">cut off</p>';
          document.querySelector('main .wrap').append(wrong);
          const style = (name, rules) => Object.assign(wrong.querySelector(name).style, rules);
          style('.pale', {color: '#ddd', background: '#fff'});
          style('.wide', {overflowWrap: 'normal'});
          style('.low', {height: '4px', overflow: 'hidden'});
        }"""
    )
    findings = "\n".join(axe_findings(surfer.page) + misfits(surfer.page))

    for sign in ("color-contrast", "label", "scrolls sideways", "reaches from", "is cut off"):
        assert sign in findings
