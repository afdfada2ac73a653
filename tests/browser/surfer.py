"""Surfers: one person in front of a browser, with what the browser complained about."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

from tests.browser.demo import Demo, an_address, secret_in

SUBMIT = "main form button[type=submit]:not([name], .kern-sr-only)"
_OWN_ANSWER = "Failed to load resource: the server responded with a status of"


class Surfer:
    """A page, the demo that it shows, and the language that its reader speaks."""

    def __init__(self, page: Page, demo: Demo, language: str) -> None:
        self.page, self.demo, self.language = page, demo, language
        self.status = 0
        self.faults: list[str] = []
        self.listen()

    # --------------------------------------------------------------- moving

    def go(self, path: str, status: int = 200) -> None:
        """Open a page and wait until it is drawn with its fonts."""
        self.page.goto(path)
        self.arrived(status)

    def visit(self, name: str, status: int = 200, **values: object) -> None:
        """Open a public page by its name, in the reader's language."""
        self.go(self.path(name, **values), status)

    def path(self, name: str, **values: object) -> str:
        return self.demo.path(self.language, name, **values)

    def send(self, status: int = 200) -> None:
        """Press the button of the form."""
        with self.page.expect_navigation():
            self.page.click(SUBMIT)
        self.arrived(status)

    def follow(self, selector: str, status: int = 200) -> None:
        """Click on a link."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.arrived(status)

    def follow_to(self, name: str, **values: object) -> None:
        """Click on the first link in the page's content that leads to a public page."""
        self.follow(f'main a[href="{self.path(name, **values)}"]')

    # -------------------------------------------------------------- booking

    def open_form(self, date_id: int) -> None:
        """Open the first form of a date: how many come."""
        self.visit("book", occurrence_id=date_id)

    def keep(self, *, adults: int = 1, children: int = 0) -> None:
        """Say how many come, and go on to the second form: the places are kept."""
        self.count(adults=adults, children=children)
        self.send()

    def count(self, *, adults: int = 1, children: int = 0) -> None:
        """Fill in the first form."""
        self.type(adults=str(adults))
        if self.page.locator("[name=children]").count():
            self.type(children=str(children))

    def hold(self, date_id: int, *, adults: int = 1, children: int = 0) -> None:
        """Go to the second form of a date."""
        self.open_form(date_id)
        self.keep(adults=adults, children=children)

    def fill(self, email: str = "", *, name: str = "Amina Kaya") -> str:
        """Fill in the second form, and return the address typed."""
        typed = email or an_address()
        self.type(name=name, email=typed)
        return typed

    def type(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.fill(f"main [name={name}]", text)

    def values(self) -> dict[str, str]:
        """Return what stands in the fields that people see."""
        script = """() => Object.fromEntries([...document.querySelectorAll(
            'main form :is(input, textarea):not([type=hidden], [name=trap])')].map(one => [one.name, one.value]))"""
        found: dict[str, str] = self.page.evaluate(script)
        return found

    def secret(self) -> str:
        """Return the secret of the booking that the page shows."""
        return secret_in(self.page.url)

    # -------------------------------------------------------------- looking

    def text(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text().strip()

    def is_at(self, name: str, **values: object) -> bool:
        return urlsplit(self.page.url).path == self.path(name, **values)

    def look(self, script: str, given: Any = None) -> Any:
        """Evaluate a function in the page."""
        return self.page.evaluate(script, given)

    def restyle(self, rules: str) -> None:
        """Add rules as a reader's own style sheet does, which no policy of ours forbids."""
        script = (
            "async rules => { document.adoptedStyleSheets = [await new CSSStyleSheet().replace(rules)]; }"
        )
        self.page.evaluate(script, rules)

    def settle(self) -> None:
        """Wait until the page is drawn with its fonts."""
        self.page.wait_for_load_state("load")
        self.page.evaluate("() => document.fonts.ready.then(() => true)")

    def arrived(self, status: int) -> None:
        """Wait until the page is drawn, and look at how it was answered."""
        self.settle()
        assert self.status == status, f"{self.page.url} answers {self.status}, not {status}"

    # ------------------------------------------------------------- listening

    def listen(self) -> None:
        """Note what goes wrong in the page, which may be another tab of the same browser by now."""
        page = self.page
        page.on("response", self._answered)
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda fault: self.faults.append(f"{page.url}: {fault}"))

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.status = response.status
        elif response.status >= 400:
            self.faults.append(f"{response.url} answers {response.status}")

    def _asked(self, request: Request) -> None:
        asked, own = urlsplit(request.url), self._own_origins()
        if asked.scheme not in ("data", "blob") and f"{asked.scheme}://{asked.netloc}" not in own:
            self.faults.append(f"{self.page.url} asks {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        is_page = message.location.get("url") == self.page.url and message.text.startswith(_OWN_ANSWER)
        if message.type in ("error", "warning") and not is_page:
            self.faults.append(f"{self.page.url}: {message.text}")

    def _own_origins(self) -> tuple[str, ...]:
        port = self.demo.machine.port
        return tuple(f"http://{host}:{port}" for host in ("127.0.0.1", "bibliothek.localhost"))
