"""A process of clients: `python -m tools.bench.client` reads jobs, a JSON line each, and does them.

It answers "ready" when it has prepared a job, begins at the next line, and then tells what came of it. It
knows the standard library alone, so that it is small and quick beside the servers that it asks.
"""

import json
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any

from tools.bench.flow import Form, Walk
from tools.bench.http_line import Line


@dataclass
class Tally:
    """What a client did: how long each piece of work took in seconds, and what was answered."""

    latencies: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    done: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)
    began: float = 0.0
    ended: float = 0.0


class Client:
    """One client with its share of a job; ``number`` is unique among all of the run."""

    def __init__(self, job: dict[str, Any], number: int) -> None:
        self.job = job
        self.number = number
        self.tally = Tally()
        self._draw = random.Random(f"{job['label']}-{number}")
        self._people = 0
        self._forms: list[tuple[dict[str, str], Form, str]] = []

    def prepare(self) -> None:
        """Do what is not measured: open the forms that are to be sent, or the raw connection."""
        kind = self.job["kind"]
        if kind == "send":
            self._forms = [form for _ in range(self.job["each"]) if (form := self._a_form()) is not None]
        elif kind == "raw":
            from tools.bench.raw import Writer

            self._writer = Writer(self.job["url"], self.job["rows"], self._label())

    def work(self) -> Tally:
        """Do the job until its time is over, or its forms are sent."""
        self.tally.began = time.monotonic()
        deed = {"get": self._get, "book": self._book, "send": self._send, "raw": self._write}[
            self.job["kind"]
        ]
        deed()
        self.tally.ended = time.monotonic()
        return self.tally

    def _get(self) -> None:
        paths: list[str] = self.job["paths"]
        tags = dict.fromkeys(paths, "")
        with self._line() as line:
            line.cookies = dict(self.job["cookies"])
            for turn in range(self.job["each"] + 1):
                if self._is_over() or turn == self.job["each"]:
                    return
                path = paths[(self.number + turn) % len(paths)]
                asked = (
                    f"{path}{'&' if '?' in path else '?'}n={self._label()}-{turn}"
                    if self.job["anew"]
                    else path
                )
                begun = time.monotonic()
                answer = line.send("GET", asked, etag=tags[path])
                self._note(begun, answer.status)
                if self.job["conditional"]:
                    tags[path] = answer.etag

    def _book(self) -> None:
        while not self._is_over() and self._people < self.job["each"]:
            with self._line() as line:
                walk = Walk(line.send)
                begun = time.monotonic()
                is_booked = walk.book(self._a_date(), self._an_email())
            self._note(begun, *walk.statuses)
            self.tally.done += is_booked
            self.tally.refused += not is_booked

    def _send(self) -> None:
        with self._line() as line:
            for cookies, form, email in self._forms:
                line.cookies = cookies
                begun = time.monotonic()
                answer = line.send("POST", form.action, form.body(email))
                self._note(begun, answer.status)
                self.tally.done += answer.status in (302, 303)
                self.tally.refused += answer.status not in (302, 303)

    def _write(self) -> None:
        while not self._is_over():
            begun = time.monotonic()
            self._writer.write(self._draw.choice(self.job["dates"]))
            self.tally.latencies.append(time.monotonic() - begun)
            self.tally.done += 1

    def _a_form(self) -> tuple[dict[str, str], Form, str] | None:
        email = self._an_email()
        with self._line() as line:
            form = Walk(line.send).to_last_form(self._a_date(), email)
        return None if form is None else (line.cookies, form, email)

    def _a_date(self) -> str:
        return f"/de/termine/{self._draw.choice(self.job['dates'])}"

    def _an_email(self) -> str:
        self._people += 1
        return f"{self._label()}-{self._people}@example.org"

    def _label(self) -> str:
        return f"{self.job['label']}-{self.number}"

    def _line(self) -> Line:
        address = f"127.0.0.{2 + self.number % 250}" if sys.platform == "linux" else ""
        return Line(self.job["port"], address)

    def _is_over(self) -> bool:
        return time.monotonic() - self.tally.began > float(self.job["seconds"])

    def _note(self, begun: float, *statuses: int) -> None:
        self.tally.latencies.append(time.monotonic() - begun)
        for status in map(str, statuses):
            self.tally.statuses[status] = self.tally.statuses.get(status, 0) + 1


def main() -> None:
    for line in sys.stdin:
        job = json.loads(line)
        clients = [Client(job, number) for number in job["clients"]]
        with ThreadPoolExecutor(max(1, len(clients))) as people:
            list(people.map(_guarded_prepare, clients))
            print("ready", flush=True)
            sys.stdin.readline()
            tallies = list(people.map(_guarded_work, clients))
        print(json.dumps([asdict(tally) for tally in tallies]), flush=True)


def _guarded_prepare(client: Client) -> None:
    try:
        client.prepare()
    except Exception as fault:  # noqa: BLE001 - told to whoever gave the job
        client.tally.faults.append(repr(fault))


def _guarded_work(client: Client) -> Tally:
    if client.tally.faults:
        return client.tally
    try:
        return client.work()
    except Exception as fault:  # noqa: BLE001 - told to whoever gave the job
        client.tally.faults.append(repr(fault))
        client.tally.ended = time.monotonic()
        return client.tally


if __name__ == "__main__":
    main()
