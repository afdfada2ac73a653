"""Malformed, oversized, endless and slow requests: refused within seconds, and nobody else notices."""

import socket
import time
from collections.abc import Iterable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.browsers import Form, in_turns
from tests.builders import an_occurrence
from tests.machines import Machine
from tests.races.oddities import COOKIES, ODD_HEADS, ODD_PATHS, ODD_QUERIES

pytestmark = pytest.mark.race

MB = 1024 * 1024
FLAT = 40 * MB
TYPED = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def occurrence_id(shared):
    with shared.inside() as clock:
        return an_occurrence(clock, seats=200)


@pytest.fixture(autouse=True)
def _nothing_breaks(shared):
    """Whatever a test sends: no fault in the log, nobody booked, and people are served afterwards."""
    known = len(shared.log())
    yield
    new = shared.log()[known:]
    assert "Traceback" not in new, new[new.index("Traceback") - 300 :][:3000]
    assert shared.answers("/de/programm")
    assert shared.rows("SELECT count(*) FROM booking WHERE name <> 'Fine'") == [(0,)]


def status_of(machine: Machine, *pieces: bytes, patience: float = 10) -> int:
    """Send bytes and return the status of the answer; 0 when the line is closed without one."""
    with closing(socket.create_connection(("127.0.0.1", machine.port), timeout=patience)) as line:
        try:
            for piece in pieces:
                line.sendall(piece)
        except OSError:
            pass  # it would not hear more; perhaps it has answered
        try:
            answer = line.recv(4096)
        except ConnectionResetError:
            return 0
    return int(answer.split()[1]) if answer.startswith(b"HTTP/") else 0


def refused(status: int) -> bool:
    return 400 <= status < 500


def memory(machine: Machine) -> int:
    """Return the bytes that all processes hold."""
    pages = (int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in machine.processes())
    return sum(pages) * 4096


def body_of(fields: list[tuple[bytes, bytes]]) -> bytes:
    return b"&".join(name + b"=" + value for name, value in fields)


def form_with(machine: Machine, occurrence_id: int, names: Iterable[str]) -> Form:
    """Return the form that asks for these: the first one, or the second after places are kept."""
    form = machine.browser().form_of(occurrence_id).fill("fine@example.org", name="Fine")
    return form if set(names) <= form.fields.keys() else form.second(form.send())


def send_form(machine: Machine, occurrence_id: int, **odd: bytes) -> int:
    """Send a form that is right but for some raw values."""
    form = form_with(machine, occurrence_id, odd)
    right = {name.encode(): value.replace("+", "%2B").encode() for name, value in form.fields.items()}
    body = body_of(list((right | {name.encode(): value for name, value in odd.items()}).items()))
    return form.browser.send("POST", form.path, body=body, headers={"Content-Type": TYPED}).status


@pytest.mark.parametrize("path", ODD_PATHS, ids=range(len(ODD_PATHS)))
def test_odd_paths(shared, path):
    for method in (b"GET", b"POST"):
        assert refused(
            status_of(shared, method + b" " + path.encode() + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        )


@pytest.mark.parametrize("query", ODD_QUERIES, ids=range(len(ODD_QUERIES)))
def test_odd_queries(shared, query):
    for page in ("/de/", "/de/programm", "/en/programme", "/de/meine-buchungen", "/readyz"):
        assert status_of(shared, f"GET {page}?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()) < 500


@pytest.mark.parametrize("head", ODD_HEADS, ids=range(len(ODD_HEADS)))
def test_odd_heads(shared, head):
    status = status_of(shared, head)

    assert status == 0 or refused(status) or (status in (501, 505) and b"BREW" not in head)


@pytest.mark.parametrize("cookie", COOKIES, ids=range(len(COOKIES)))
def test_odd_cookies(shared, cookie):
    head = f"GET /de/meine-buchungen HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n"
    assert status_of(shared, head.encode("latin-1")) in (200, 400)


@pytest.mark.parametrize(
    "odd",
    [
        {"adults": b"9" * 5000},
        {"adults": b"-1"},
        {"adults": b"1e9"},
        {"adults": b"%D9%A3"},
        {"adults": b"NaN"},
        {"adults": b"%00"},
        {"adults": b"0", "children": b"0"},
        {"email": b"a@" + b"b" * 5000 + b".example"},
        {"email": b"a%0d%0aBcc:x@example.org"},
        {"once": b"%00" * 22},
        {"once": b"x" * 50_000},
        {"csrf_token": b"%00%ff"},
        {"csrf_token": b"%00%ff", "name": b"Fine"},
        {"note": b"x" * 1001},
        {"name": b""},
        {"name": b"%00%00"},
        {"trap": b"robot"},
        {"trap": b"robot", "name": b"Fine"},
        {"extend": b"%00" * 1000, "csrf_token": b"x"},
    ],
    ids=str,
)
def test_odd_values(shared, occurrence_id, odd):
    assert refused(send_form(shared, occurrence_id, **odd))


@pytest.mark.parametrize(
    "odd",
    [
        {"name": b"Fine%00"},
        {"note": b"%00%ff%fe%ed%a0%80%f0%9f%8e%89"},
        {"phone": b"%00" * 10},
        {"email": b"a%00b@example.org"},
    ],
    ids=str,
)
def test_what_can_be_mended_is_booked(shared, occurrence_id, odd):
    assert send_form(shared, occurrence_id, **odd) == 303


def test_duplicate_parameters(shared, occurrence_id):
    first = form_with(shared, occurrence_id, ["adults"])
    second = form_with(shared, occurrence_id, ["name"])
    strange = ((b"house_id", b"2"), (b"occurrence_id", b"1"), (b"state", b"x"), (b"booking_id", b"1"))

    def sent(form, *more):
        fields = [(name.encode(), value.encode()) for name, value in form.fields.items()]
        body = body_of([*fields, *more])
        return form.browser.send("POST", form.path, body=body, headers={"Content-Type": TYPED}).status

    assert refused(sent(first, (b"adults", b"999")))
    assert refused(sent(second, (b"name", b"Else")))
    assert [sent(form, *strange) for form in (first, second)] == [303, 303]
    assert shared.rows("SELECT DISTINCT house_id, occurrence_id, state FROM booking") == [
        (1, occurrence_id, "confirmed")
    ]
    assert shared.rows("SELECT DISTINCT house_id, occurrence_id FROM hold") == [(1, occurrence_id)]


def test_many_parts_and_broken_multipart(shared, occurrence_id):
    paths = (f"/de/termine/{occurrence_id}/buchen", form_with(shared, occurrence_id, ["name"]).path)
    part = b'--x\r\nContent-Disposition: form-data; name="adults"\r\n\r\n1\r\n'
    for body in (part * 5000 + b"--x--", part[:40], b"--x\r\n" * 1000, b"\x00" * 10_000):
        typed = {"Content-Type": "multipart/form-data; boundary=x"}
        for path in paths:
            assert refused(shared.browser().send("POST", path, body=body, headers=typed).status)


def test_a_large_body_is_refused_at_once_and_memory_stays_flat(shared, occurrence_id):
    path = f"/de/termine/{occurrence_id}/buchen"
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {TYPED}\r\nContent-Length: {10 * MB}\r\n\r\n"
    status_of(shared, head.encode(), b"a" * MB)
    before, began = memory(shared), time.monotonic()

    found = in_turns([head.encode()] * 20, lambda one: status_of(shared, one, *[b"a" * MB] * 10), people=4)

    assert set(found) <= {413, 0}
    assert 413 in found or status_of(shared, head.encode()) == 413
    assert memory(shared) - before < FLAT
    print(f"20 bodies of 10 MB refused in {time.monotonic() - began:.1f} s")


def test_an_endless_body_ends(shared, occurrence_id):
    path = f"/de/termine/{occurrence_id}/buchen"
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {TYPED}\r\nTransfer-Encoding: chunked\r\n\r\n"
    before = memory(shared)

    assert status_of(shared, head.encode(), *[b"100000\r\n" + b"a" * MB + b"\r\n"] * 64) in (400, 413, 0)

    assert memory(shared) - before < FLAT


@pytest.mark.parametrize("people", [6, 200])
def test_slow_clients_stop_nobody(shared, people):
    """They dribble a head, or a body; others get their pages."""
    head = b"GET /de/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
    body = b"POST /de/meine-buchungen HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\na="
    with ExitStack() as lines:
        slow = [
            lines.enter_context(closing(socket.create_connection(("127.0.0.1", shared.port))))
            for _ in range(people)
        ]
        for number, line in enumerate(slow):
            line.sendall((b"", head, body)[number % 3])
        time.sleep(0.5)
        began = time.monotonic()

        statuses = in_turns(["/de/programm"] * 20, lambda page: shared.browser().get(page).status)

        assert statuses == [200] * 20
        print(f"20 pages beside {people} slow clients in {time.monotonic() - began:.1f} s")
