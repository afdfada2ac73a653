"""Fixtures: a served demo of its own, a Chromium, and people in front of it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.demo import Demo, served_demo
from tests.browser.surfer import Surfer

ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 15_000  # milliseconds for one step
Surf = Callable[..., Surfer]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a real browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A Chromium without a screen; skip where there is none, or fail where CI is set."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        _unavailable("no chromium is installed")
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=arguments, headless=True)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo in development, served with its worker; one for each test process."""
    own = tmp_path_factory.mktemp("demo")
    run = tmp_path_factory.getbasetemp()
    shared = run.parent if os.environ.get("PYTEST_XDIST_WORKER") else run
    with served_demo(own, shared) as site:
        yield site


@pytest.fixture
def surf(chromium: Browser, demo: Demo) -> Iterator[Surf]:
    """A function that seats somebody in front of a fresh browser; who leaves has seen no fault in its console."""
    seats = []

    def somebody(language: str = "de", *, width: int = 1280, height: int = 900, **wanted: Any) -> Surfer:
        told: dict[str, Any] = {
            "locale": {"de": "de-DE", "en": "en-GB", "ls": "de-DE"}[language],
            "timezone_id": "Europe/Berlin",
            "base_url": demo.url,
            "reduced_motion": "reduce",  # colours must not be on their way when they are measured
            "viewport": {"width": width, "height": height},
        }
        context = chromium.new_context(**(told | wanted))
        context.set_default_timeout(PATIENCE)
        seats.append(Surfer(context.new_page(), demo, language))
        return seats[-1]

    yield somebody
    for surfer in seats:
        surfer.page.context.close()
    assert [fault for surfer in seats for fault in surfer.faults] == []


def _unavailable(why: str) -> NoReturn:
    message = f"No browser could be started, so the pages were not tried in one: {why}"
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
