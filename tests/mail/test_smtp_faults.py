"""Handing letters to servers that hang, drip, go or talk nonsense: none holds us up."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from booking.messages.letters import ServerAway
from booking.web.mailer import MailServer, _Deadline
from tests.mail.post_office import HOST, LETTER, a_server, post_office, sending


@contextmanager
def a_socket_that(behaves: Callable[[socket.socket], None]) -> Iterator[MailServer]:
    """A server of one thread that does as it is told with each connection."""
    with socket.create_server((HOST, 0)) as listening:
        over = threading.Event()

        def serve() -> None:
            while not over.is_set():
                try:
                    peer, _ = listening.accept()
                    with peer:
                        behaves(peer)
                except OSError:
                    continue  # the other side has gone

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield a_server(listening.getsockname()[1], step_seconds=0.4, letter_seconds=0.8)
        over.set()
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=2)


def hangs(peer: socket.socket) -> None:
    while peer.recv(1000):
        pass  # listens and says nothing, until the other side goes


def drips_its_greeting(peer: socket.socket) -> None:
    peer.sendall(b"220 ")
    for _ in range(100):
        peer.sendall(b"x")
        time.sleep(0.05)


def drips_answers_without_end(peer: socket.socket) -> None:
    peer.sendall(b"220 mx.example\r\n")
    peer.recv(1000)
    for _ in range(100):
        peer.sendall(b"250-x\r\n")
        time.sleep(0.05)


def goes_after_the_sender(peer: socket.socket) -> None:
    peer.sendall(b"220 mx.example\r\n")
    for answer in (b"250 mx.example\r\n", b"250 OK\r\n"):
        peer.recv(1000)
        peer.sendall(answer)
    peer.recv(1000)


def goes_after_the_content(peer: socket.socket) -> None:
    peer.sendall(b"220 mx.example\r\n")
    for answer in (b"250 mx.example\r\n", b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n"):
        peer.recv(1000)
        peer.sendall(answer)
    peer.recv(100)


def goes_at_once(peer: socket.socket) -> None:
    peer.sendall(b"")


def wants_no_connection(peer: socket.socket) -> None:
    peer.sendall(b"554 not you\r\n")
    peer.recv(1000)


def talks_nonsense(peer: socket.socket) -> None:
    peer.sendall(b"\xff\x00\r\n" * 3)
    peer.recv(1000)


@pytest.mark.parametrize(
    "behaves",
    [
        hangs,
        drips_its_greeting,
        drips_answers_without_end,
        goes_after_the_sender,
        goes_after_the_content,
        goes_at_once,
        wants_no_connection,
        talks_nonsense,
    ],
)
def test_a_server_that_misbehaves_is_away_and_is_left_in_time(behaves):
    with a_socket_that(behaves) as server, sending(server) as transport:
        began = time.monotonic()
        with pytest.raises(ServerAway):
            transport.send(LETTER)

        assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("security", ["none", "tls"])
def test_a_silence_is_left_long_before_the_letters_own_time_is_up(security):
    with a_socket_that(hangs) as quick:
        server = replace(quick, security=security, step_seconds=0.3, letter_seconds=5)
        began = time.monotonic()
        with sending(server) as transport, pytest.raises(ServerAway):
            transport.send(LETTER)

    assert time.monotonic() - began < 2.5


def test_the_words_of_a_server_that_wants_no_connection_are_passed_on():
    with a_socket_that(wants_no_connection) as server, sending(server) as transport:  # noqa: SIM117 - long
        with pytest.raises(ServerAway, match=r"554.*not you"):
            transport.send(LETTER)


def test_no_thread_stays_behind_after_a_deadline():
    with a_socket_that(drips_its_greeting) as server, sending(server) as transport, pytest.raises(ServerAway):
        transport.send(LETTER)

    assert "letter deadline" not in {thread.name for thread in threading.enumerate()}


def test_a_deadline_cuts_until_it_is_over_because_the_socket_may_be_changing():
    cuts: list[float] = []

    with _Deadline(0.01, lambda: cuts.append(time.monotonic())):
        time.sleep(0.2)

    assert len(cuts) > 1


def test_a_server_that_is_down_is_away_and_later_back():
    with post_office() as (_, server):
        pass
    with sending(server) as transport, pytest.raises(ServerAway):
        transport.send(LETTER)


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "x..y"])
def test_a_server_without_an_address_is_away(host):
    with sending(replace(a_server(25), host=host)) as transport, pytest.raises(ServerAway):
        transport.send(LETTER)
