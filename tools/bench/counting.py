"""How many statements a request needs, counted in this process: the same on every machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass
from functools import partial

from flask import current_app
from flask.testing import FlaskClient

from tests.web.ways import statements
from tools.bench.flow import Walk
from tools.bench.http_line import Answer
from tools.bench.instance import Instance

_NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET LOCAL")


@dataclass
class Counter:
    """A visitor in this process; remembers the statements of each request, with COMMIT and ROLLBACK."""

    client: FlaskClient
    port: int
    seen: list[tuple[str, list[str]]]

    def send(self, method: str, path: str, body: str) -> Answer:
        """Send a request as ``flow.Walk`` wants it, in a context of its own, as a server does."""
        ask = partial(
            self.client.open,
            path,
            method=method,
            data=body,
            base_url=f"http://127.0.0.1:{self.port}",
            content_type="application/x-www-form-urlencoded" if method == "POST" else None,
        )
        with statements() as found:
            answer = Context().run(ask)
        self.seen.append((method, found))
        return Answer(answer.status_code, answer.get_data(as_text=True), answer.headers.get("Location", ""))

    def of_page(self, path: str) -> int:
        """Return how many statements a page needs once the process is warm; a query keeps it from being remembered."""
        for time in ("first", "second"):
            self.send("GET", f"{path}{'&' if '?' in path else '?'}n={time}", "")
        return counted(self.seen[-1][1])


@contextmanager
def a_counter(instance: Instance) -> Iterator[Counter]:
    """A visitor in this process at the database of an instance."""
    with instance.machine.inside():
        yield Counter(current_app.test_client(), instance.machine.port, [])


def writes_of_a_booking(counter: Counter, date_id: int) -> list[list[str]]:
    """Book twice, and return the statements of each writing request of the second time."""
    for person in ("first", "second"):
        counter.seen.clear()
        if not Walk(counter.send).book(f"/de/termine/{date_id}", f"counted-{person}@example.org"):
            raise AssertionError("a booking that was to be counted was refused")
    return [found for method, found in counter.seen if method == "POST"]


def counted(found: list[str]) -> int:
    """Return how many of them are questions or changes, not the frame of a transaction."""
    return sum(not statement.startswith(_NOT_COUNTED) for statement in found)


def of_longest_unit(found: list[str]) -> int:
    """Return how many statements the longest transaction had that ended in a commit."""
    longest = current = 0
    for statement in found:
        if statement in ("COMMIT", "ROLLBACK"):
            longest = max(longest, current) if statement == "COMMIT" else longest
            current = 0
        else:
            current += not statement.startswith(_NOT_COUNTED)
    return longest
