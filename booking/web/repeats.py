"""Public pages that are asked for again within a second: answered from memory, so that a rush costs little.

Only for people without a cookie: whoever has begun to book here always sees the page as it is now. What this
process itself writes ends what it remembers; what another one writes is seen a second later at most.
"""

from dataclasses import dataclass

from flask import Flask, Response, g, request

from booking.db import commits
from booking.web.roof import roof
from booking.web.security import SAFE

SECONDS = 1.0
_MOST_BYTES = 500_000  # in one process
_pages: dict[tuple[object, ...], "_Page"] = {}


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as it was drawn: when, after how many commits of this process, and what it was."""

    at: float
    commits: int
    body: bytes
    headers: tuple[tuple[str, str], ...]


def install(app: Flask) -> None:
    """Look before each request whether its answer is known still."""
    app.before_request(_known)


def remember(answer: Response) -> None:
    """Keep a whole answer to this request for those who ask the same; it must look at no cookie and set none."""
    if request.method not in SAFE or request.cookies:
        return
    body = answer.get_data()
    kept = [*_pages.values()]  # other threads add to it
    if sum(len(page.body) for page in kept) + len(body) > _MOST_BYTES:
        _pages.clear()
    if len(body) <= _MOST_BYTES:
        at = roof().clock().timestamp()
        _pages[_key()] = _Page(at, g.commits, body, tuple(answer.headers.items()))


def _known() -> Response | None:
    g.commits = commits()  # before anything is read
    if request.method not in SAFE or request.cookies:
        return None
    page = _pages.get(_key())
    if page is None or page.commits != g.commits or not 0 <= roof().clock().timestamp() - page.at < SECONDS:
        return None
    answer = Response(page.body, headers=list(page.headers))
    answer.make_conditional(request)
    return answer


def _key() -> tuple[object, ...]:
    return (id(roof()), request.host, request.script_root, request.path, request.query_string)
