"""The list in a frame of another site: shown where the house allows it, nowhere else; a link leaves the frame."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.browser.demo import Demo

ALLOWED, ELSEWHERE = "https://www.leipzig.example", "https://www.elsewhere.example"
Framed = Callable[[str, str], Page]


@pytest.fixture
def framed(chromium: Browser, demo: Demo) -> Iterator[Framed]:
    """A function that opens a page of another site with one of ours in a frame."""
    opened: list[BrowserContext] = []

    def frame(site: str, path: str) -> Page:
        context = chromium.new_context()
        opened.append(context)
        context.grant_permissions(["local-network-access"], origin=site)
        body = f'<!doctype html><title>x</title><iframe src="{demo.url}{path}" width="500" height="600"></iframe>'
        context.route(f"{site}/**", lambda route: route.fulfill(body=body, content_type="text/html"))
        page = context.new_page()
        page.goto(f"{site}/seite")
        return page

    yield frame
    for context in opened:
        context.close()


def test_the_list_is_shown_where_the_house_allows_it_and_a_link_opens_the_whole_window(framed, demo):
    page = framed(ALLOWED, "/de/einbetten?number=3")
    listed = page.frame_locator("iframe")
    expect(listed.locator("h1")).to_be_visible()
    expect(listed.locator("li")).to_have_count(3)

    listed.locator("li a").first.click()

    page.wait_for_url(f"{demo.url}/de/termine/*")
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize(
    ("site", "path"),
    [
        (ELSEWHERE, "/de/einbetten"),
        (ALLOWED, "/de/programm"),
        (ALLOWED, "/de/meine-buchungen"),
        (ALLOWED, "/de/einbetten/x"),
    ],
)
def test_elsewhere_and_anything_else_is_refused_by_the_browser(framed, site, path):
    page = framed(site, path)

    (ours,) = page.main_frame.child_frames
    expect(page.frame_locator("iframe").locator("body")).to_contain_text(
        "127.0.0.1"
    )  # the browser says who refused
    assert ours.url.startswith("chrome-error:")
    expect(page.frame_locator("iframe").locator("main")).to_have_count(0)


def test_no_cookie_goes_into_the_frame_and_none_comes_out(framed, demo):
    page = framed(ALLOWED, "/de/einbetten")
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(request.all_headers().get("cookie", ""))

    page.on("request", note)
    page.context.add_cookies([{"name": "booking", "value": "x", "url": demo.url, "sameSite": "Lax"}])
    page.reload()
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()

    assert len(sent) > 2
    assert set(sent) == {""}
    assert [one["name"] for one in page.context.cookies(demo.url)] == ["booking"]
