"""However people want to read: wider spacing, twice the size, their own colours, without motion, on paper."""

import re
from typing import Literal

import pytest

from booking.houses.facts import LANGUAGES
from tests.browser.looks import misfits
from tests.browser.surfer import Surfer
from tests.browser.views import MAIN, View

# WCAG 2.2, 1.4.12: at least these must do no harm.
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-block-end: 2em !important }"""
TWICE = "html { font-size: 200% !important }"
SHEET_OF_PAPER = 718  # A4 less its margins, in CSS pixels
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
VARIANTS = {
    view.name: LANGUAGES[number % len(LANGUAGES)] for number, view in enumerate(MAIN)
}  # they take turns
each_view = pytest.mark.parametrize("view", MAIN, ids=lambda view: view.name)


@each_view
def test_a_page_can_be_read_however_people_want_to(surf, view: View):
    """One load, then the page is changed as its readers would change it, one way after the other."""
    surfer = surf(VARIANTS[view.name], reduced_motion="reduce")
    view.open(surfer)
    found = [f"moves: {one}" for one in surfer.look(MOVING)]
    surfer.page.emulate_media(reduced_motion="no-preference")
    assert surfer.look(MOVING) != [], "the check sees no motion at all"
    surfer.page.emulate_media(reduced_motion="reduce")
    surfer.page.set_viewport_size({"width": 640, "height": 512})
    found += [f"at twice its size: {one}" for one in misfits(surfer.page)]
    found += in_colours_of_the_reader(surfer)
    for rules, widths in ((SPACING, (1280, 320)), (TWICE, (1280, 640))):
        surfer.restyle(rules)
        for width in widths:
            surfer.page.set_viewport_size({"width": width, "height": 900})
            found += [f"{rules[:30]} at {width} px: {one}" for one in misfits(surfer.page)]

    assert found == []


def in_colours_of_the_reader(surfer: Surfer) -> list[str]:
    """Return what is lost when icons, borders and the mark of the current page get the system's colours."""
    found = []
    surfer.page.set_viewport_size({"width": 390, "height": 900})
    for scheme in SCHEMES:
        surfer.page.emulate_media(forced_colors="active", color_scheme=scheme)
        found += [f"{scheme}: {one}" for one in surfer.look(LOST_IN_FORCED_COLOURS)]
    found += misfits(surfer.page)
    surfer.page.emulate_media(forced_colors="none", color_scheme="light")
    return found


def test_the_check_sees_signs_that_are_lost(surf):
    """A control: an icon in the colour of its ground, and a button without a border."""
    surfer = surf(forced_colors="active")
    surfer.visit("occurrence", occurrence_id=surfer.demo.date("free").id)
    surfer.restyle(".kern-icon[class] { background: Canvas !important } .kern-btn { border: 0 !important }")

    found = " ".join(surfer.look(LOST_IN_FORCED_COLOURS))

    assert "icon" in found
    assert "border of kern-btn" in found


def test_the_done_page_fits_on_paper(surf):
    surfer = surf(width=SHEET_OF_PAPER)
    secret = surfer.demo.book("de")
    surfer.visit("done", secret=secret)
    surfer.page.emulate_media(media="print")

    assert misfits(surfer.page) == []
    for gone in ("nav", ".steps", ".actions", ".skip-link"):
        assert surfer.page.locator(gone).filter(visible=True).count() == 0
    assert surfer.text(".reference")
    printed = surfer.look(
        "() => getComputedStyle(document.querySelector('.print-address'), '::after').content"
    )
    assert surfer.demo.url + surfer.path("manage", secret=secret) in printed
    sheets = re.findall(rb"/Type\s*/Page\b", surfer.page.pdf(format="A4"))
    assert 1 <= len(sheets) <= 2


LOST_IN_FORCED_COLOURS = """() => {
  const ground = one => {
    for (let at = one; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour !== 'rgba(0, 0, 0, 0)') return colour;
    }
    return getComputedStyle(document.body).backgroundColor;
  };
  const lost = [];
  for (const icon of document.querySelectorAll('.kern-icon'))
    if (icon.getClientRects().length && getComputedStyle(icon).backgroundColor === ground(icon.parentElement))
      lost.push(`icon ${icon.className}`);
  for (const box of document.querySelectorAll('.kern-btn, .kern-form-input__input, .date, .panel, .kern-alert'))
    if (box.getClientRects().length && parseFloat(getComputedStyle(box).borderBlockEndWidth) === 0
        && getComputedStyle(box).outlineStyle === 'none')
      lost.push(`border of ${box.className}`);
  for (const link of document.querySelectorAll('.nav a[aria-current]')) {
    const other = document.querySelector('.nav a:not([aria-current])');
    if (getComputedStyle(link).borderBlockEndColor === getComputedStyle(other).borderBlockEndColor)
      lost.push(`mark of ${link.textContent}`);
  }
  return lost;
}"""

MOVING = """() => [document.documentElement, ...document.querySelectorAll('*')].filter(one => {
  const style = getComputedStyle(one);
  const lasts = text => text.split(',').some(time => parseFloat(time) > 0);
  return style.scrollBehavior === 'smooth' || lasts(style.transitionDuration) || lasts(style.animationDuration);
}).map(one => `${one.tagName}.${one.className}`)"""
