"""Load: people who book one after the other, and send each form again when they got no answer."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from tests.browsers import FAULTS, Answer, Form
from tests.machines import Machine, wait_until

A = TypeVar("A")

PATIENCE = 120


class Load:
    """So many bookings on a few dates, by ``clients`` at a time.

    One in ten people gives up without an answer to the first form, another
    one without an answer to the second.
    """

    def __init__(self, machine: Machine, dates: list[int], bookings: int, *, clients: int = 8) -> None:
        self._machine = machine
        self._dates = dates
        self._bookings = bookings
        self._clients = clients
        self._lock = threading.Lock()
        self.kept: dict[str, str] = {}
        self.acknowledged: dict[str, str] = {}
        self.refused: list[Answer] = []
        self.sent = self.unanswered = 0
        self._is_over = False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Book in the background; at the end wait for everybody, and raise what went wrong."""
        with ThreadPoolExecutor(self._clients) as people:
            going = [people.submit(self._book, number) for number in range(self._bookings)]
            try:
                yield
            except BaseException:
                self._is_over = True  # nobody waits any longer for what does not come
                people.shutdown(wait=False, cancel_futures=True)
                raise
            for one in going:
                one.result()

    def wait_for(self, sent: int, *, seconds: float) -> None:
        """Wait until so many people are done."""
        wait_until(lambda: self.sent >= sent, seconds=seconds)

    def _book(self, number: int) -> None:
        email, browser = f"visitor-{number}@example.org", self._machine.browser()
        date = self._dates[number % len(self._dates)]
        form = self._patiently(lambda: browser.form_of(date)).fill(email, adults=1 + number % 3)
        kept = self._sent(form, self.kept, is_patient=number % 10 != 9)
        if kept is not None:
            second = self._patiently(lambda: form.second(kept))
            self._sent(second, self.acknowledged, is_patient=number % 10 != 4)
        with self._lock:
            self.sent += 1

    def _sent(self, form: Form, noted: dict[str, str], *, is_patient: bool) -> Answer | None:
        """Send a form, note where its answer leads, and return the answer if it leads on."""
        try:
            answer = self._patiently(form.send) if is_patient else form.send()
        except FAULTS:
            if is_patient:
                raise
            self._miss()
            return None
        if answer.status != 303:
            self.refused.append(answer)
            return None
        noted[form.typed["email"]] = answer.location
        return answer

    def _patiently(self, deed: Callable[[], A]) -> A:
        ends = time.monotonic() + PATIENCE
        while True:
            try:
                return deed()
            except FAULTS:
                self._miss()
                if self._is_over or time.monotonic() > ends:
                    raise
                time.sleep(0.05)

    def _miss(self) -> None:
        with self._lock:
            self.unanswered += 1
