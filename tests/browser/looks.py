"""What can be measured of a page as it is drawn: axe's findings, what sticks out, what is cut off."""

from typing import Any

from playwright.sync_api import Page

from tests.house.tree import ROOT

AXE = (ROOT / "tests/vendor/axe-core/axe.min.js").read_text(encoding="utf-8")
COLOUR_RULES = ("color-contrast", "link-in-text-block")  # all that another colour scheme can change
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

# Text for screen readers alone, and the field that people never meet, are nowhere on purpose.
_UNSEEN = (
    "textarea, .kern-sr-only, .trap, .skip-link:not(:focus), .steps > li:not([aria-current]) > span, "
    ".staff-table--stacked thead, .calendar .ec"  # the calendar scrolls in its own box (WCAG 1.4.10 lets it)
)

_STICKS_OUT = (
    """unseen => {
  const wide = document.documentElement.clientWidth, faults = [];
  const over = document.scrollingElement.scrollWidth - wide;
  if (over > 0) faults.push(`the page scrolls sideways by ${over} px`);
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest(unseen) || !node.parentElement.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.left < -1 || box.right > wide + 1) {
        faults.push(`"${node.data.trim()}" reaches from ${box.left} to ${box.right} of ${wide} px`);
        break;
      }
  }
  return faults;
}""",
    _UNSEEN,
)

_CUT_OFF = (
    """unseen => [...document.body.querySelectorAll('*')].filter(one => {
  if (one.closest(unseen) || one.closest('svg') || !one.checkVisibility() || !one.getClientRects().length) return false;
  const style = getComputedStyle(one);
  const hides = side => ['hidden', 'clip'].includes(style['overflow' + side]);
  return (hides('X') && one.scrollWidth > one.clientWidth + 1)
      || (hides('Y') && one.scrollHeight > one.clientHeight + 1);
}).map(one => `${one.tagName}.${one.className} is cut off: "${one.textContent.trim().slice(0, 60)}"`)""",
    _UNSEEN,
)

# Text that leaves the box drawn around it: a button, a badge, a chip, a card, a panel.
_SPILLS = (
    """unseen => [...document.querySelectorAll(
    '.kern-btn, .kern-badge, .chips a, .date, .panel, .success, .kern-alert, .topics > li')].flatMap(box => {
  const frame = box.getBoundingClientRect();
  const goes = one => /auto|scroll/.test(getComputedStyle(one).overflowY);
  const scrolls = one => one !== box && (goes(one) || scrolls(one.parentElement));
  const words = document.createTreeWalker(box, NodeFilter.SHOW_TEXT), faults = [];
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest(unseen) || !node.parentElement.checkVisibility()) continue;
    if (scrolls(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    if (text.left < frame.left - 1 || text.right > frame.right + 1
        || text.top < frame.top - 1 || text.bottom > frame.bottom + 1)
      faults.push(`"${node.data.trim()}" leaves its ${box.className}`);
  }
  return faults;
})""",
    _UNSEEN,
)


def axe_findings(page: Page, *rules: str) -> list[str]:
    """Return each violation with the elements concerned; of all rules unless some are named."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    wanted: dict[str, Any] = {"runOnly": only, "resultTypes": ["violations"]}
    found = page.evaluate("wanted => axe.run(document, wanted)", wanted)
    return [
        f"{one['id']}: {one['help']}: "
        + "; ".join(f"{node['target']} {node['html']}" for node in one["nodes"])
        for one in found["violations"]
    ]


def misfits(page: Page) -> list[str]:
    """Return what does not fit: a page that scrolls sideways, text outside its box or cut off."""
    return [
        fault
        for script, unseen in (_STICKS_OUT, _CUT_OFF, _SPILLS)
        for fault in page.evaluate(script, unseen)
    ]
