"""Fixture: a journey that is walked in front of a camera, on a phone, and compared with the book."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

import pytest

from tests.browser.conftest import Surf
from tests.browser.journeys.needs import FOLDER, PICTURES, Need, needed
from tests.browser.surfer import Surfer

PHONE = {"width": 390, "height": 844}
WRITES = bool(os.environ.get("JOURNEYS") or os.environ.get("CI"))  # the book is written anew
RENEWS = os.environ.get("JOURNEYS") == "write"  # and may say something else than before


@dataclass
class Journey:
    """The steps of somebody on the way to what they need."""

    need: Need
    surfer: Surfer
    steps: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)

    def step(self, sentence: str, at: str = "h1") -> None:
        """Say what has been reached, and photograph it with what the selector names in sight."""
        shown = self.surfer.page.locator(at).filter(visible=True).first
        shown.scroll_into_view_if_needed()
        box = shown.bounding_box()
        assert box, f"nothing to see: {at}"
        assert box["width"] * box["height"] > 0, f"nothing to see: {at}"
        self.steps.append(sentence)
        self.pictures.append(self.surfer.page.screenshot(type="jpeg", quality=62, scale="css"))

    def page(self) -> str:
        """Return the page of the book."""
        path, _, test = self.need.test.partition("::")
        lines = [
            f"# {self.need.title}",
            "",
            f"Walked by [`{test}`](../../{path}). [All journeys](README.md)",
            "",
        ]
        for number, sentence in enumerate(self.steps, 1):
            picture = f"{PICTURES}/{self.need.key}-{number}.jpg"
            lines += [f"{number}. {sentence}", "", f"   ![{sentence}]({picture})", ""]
        return "\n".join(lines)

    def write(self) -> None:
        """Put the page and its pictures into the book."""
        (FOLDER / PICTURES).mkdir(parents=True, exist_ok=True)
        self.need.page.write_text(self.page(), encoding="utf-8")
        for number, picture in enumerate(self.pictures, 1):
            (FOLDER / PICTURES / f"{self.need.key}-{number}.jpg").write_bytes(picture)


Walk = Callable[..., AbstractContextManager[Journey]]


@pytest.fixture
def walk(surf: Surf, request: pytest.FixtureRequest) -> Walk:
    """A function that sends somebody with a phone on a journey; its story must be that of the book."""

    @contextmanager
    def on_the_way(number: str, language: str = "en") -> Iterator[Journey]:
        need = needed(number)
        assert request.node.name == need.test.rpartition("::")[2], "the book names another test"
        journey = Journey(need, surf(language, **PHONE))
        yield journey
        told = need.page.read_text(encoding="utf-8") if need.page.exists() else ""
        if WRITES:
            journey.write()
        assert RENEWS or told == journey.page(), "the book says something else: make journeys"

    return on_the_way
