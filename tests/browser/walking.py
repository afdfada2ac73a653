"""Walks through a page by keyboard: where the focus goes, and whether it can be seen there."""

from dataclasses import dataclass

from playwright.sync_api import Page

MOST = 250  # presses to reach one thing
PARTS = 4  # presses that a field for a day or a time takes; a page that takes more for each of its stops is a trap

_STYLES = """
  window.stopsOfWalk = [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex]')];
  window.marksOf = one => { const marks = [];
    for (let at = one, up = 0; at && up < 4; at = at.parentElement, up++) {
      const style = getComputedStyle(at);
      marks.push([style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2
        ? '' : style.outlineWidth + style.outlineColor, style.boxShadow]);
    } return marks; };
  window.marksBefore = new Map(window.stopsOfWalk.map(one => [one, window.marksOf(one)]));
"""
_BEGIN = """
  const start = document.createElement('span');
  start.tabIndex = -1; document.body.prepend(start); start.focus(); start.remove(); scrollTo(0, 0);
"""
_PREPARE = "() => {" + _BEGIN + _STYLES + "}"
_STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getClientRects()[0], before = window.marksBefore.get(one) || [];
  const isMarked = window.marksOf(one).some((marks, up) =>
    marks.some((mark, kind) => mark && mark !== 'none' && mark !== (before[up] || [])[kind]));
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2];
  const above = document.elementFromPoint(x, y);
  return {
    number: window.stopsOfWalk.indexOf(one), name: (one.name || one.textContent || '').trim().slice(0, 50),
    marked: isMarked, covered: !(above && one.contains(above)),
    inside: box.left >= -1 && box.right <= innerWidth + 1 && (box.height > innerHeight
      || (box.top >= -1 && box.bottom <= innerHeight + 1)),
    top: box.top + scrollY, bottom: box.bottom + scrollY,
  };
}"""


@dataclass(frozen=True, slots=True)
class Stop:
    """Something that has the focus; top and bottom are measured from the top of the page."""

    number: int
    name: str
    marked: bool
    covered: bool
    inside: bool
    top: float
    bottom: float

    def faults(self) -> list[str]:
        wrong = [("is not marked", not self.marked), ("is covered", self.covered)]
        wrong += [("is outside of the window", not self.inside)]
        return [f"“{self.name}” {what}" for what, is_so in wrong if is_so]


def walk(page: Page, key: str = "Tab") -> list[Stop]:
    """Press a key until the focus has gone around; fail when it never comes back."""
    page.evaluate(_PREPARE)
    stops: list[Stop] = []
    longest = PARTS * page.evaluate("stopsOfWalk.length")
    for _press in range(longest):
        page.keyboard.press(key)
        found = page.evaluate(_STOP)
        if found is None or (len(stops) > 1 and found["number"] == stops[0].number):
            return stops
        if not stops or found["number"] != stops[-1].number:  # a field for a day has several parts
            stops.append(Stop(**found))
    raise AssertionError(f"no way out after {longest} presses, at {stops[-3:]}")


def reachable(page: Page) -> int:
    """Return how many things of a page should get the focus; radio buttons of one name are one."""
    count: int = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, iframe, [tabindex]')]
          .filter(one => one.tabIndex >= 0 && !one.disabled && one.type !== 'hidden'
            && one.checkVisibility() && one.getClientRects().length && one.tagName !== 'IFRAME')
          .filter((one, at, all) => one.type !== 'radio'
            || all.findIndex(other => other.type === 'radio' && other.name === one.name) === at).length"""
    )
    return count


def tab_to(page: Page, selector: str, *, most: int = MOST) -> None:
    """Press Tab until the focus is on what the selector names."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def is_focused(page: Page, selector: str) -> bool:
    return bool(page.evaluate("wanted => document.activeElement.matches(wanted)", selector))
