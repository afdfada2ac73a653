"""flask serve keeps web and worker running, ends both in time, and leaves nobody behind."""

import os
import signal
import socket
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.browsers import FAULTS, Answer, Form, in_turns
from tests.builders import an_occurrence
from tests.machines import Machine, kill, wait_until

pytestmark = pytest.mark.race

GRACE = 15


@pytest.fixture(autouse=True)
def _on_one_engine(engine):
    if engine == "postgresql":
        pytest.skip("processes are the same on every database")


@pytest.fixture
def served(machine):
    """A machine that was started with ``flask serve``, and the process."""
    process = machine.serve()
    machine.wait_for("/readyz")
    wait_until(lambda: len(machine.children_of(process.pid)) == 2, seconds=10)
    return machine, process


def child(machine: Machine, pid: int, word: str) -> int:
    """Return the child whose command has the word, or 0 while there is none."""
    for one in machine.children_of(pid):
        if word in Path(f"/proc/{one}/cmdline").read_text().split("\0"):
            return one
    return 0


def test_a_dead_web_server_and_a_dead_worker_start_again(served, mailroom):
    machine, process = served
    with machine.inside() as clock:
        occurrence_id = an_occurrence(clock, seats=50)
    first = machine.browser().form_of(occurrence_id).fill("visitor@example.org")
    form = first.second(first.send())
    web, worker = (child(machine, process.pid, word) for word in ("gunicorn", "worker"))

    kill(worker)
    kill(web)

    answers = in_turns([form] * 4, _patiently)
    assert [answer.status for answer in answers] == [303] * 4
    wait_until(lambda: bool(mailroom.box.letters), seconds=20)
    assert child(machine, process.pid, "gunicorn") not in (0, web)
    assert child(machine, process.pid, "worker") not in (0, worker)
    for name in ("the web server", "the worker"):
        assert f"{name} has ended (killed by signal 9); it starts again in 0.5 s" in machine.log()


def test_pauses_grow_while_a_program_keeps_dying(served):
    machine, process = served
    for pause in ("0.5", "1.0", "2.0"):
        wait_until(lambda: child(machine, process.pid, "worker") != 0, seconds=10)
        kill(child(machine, process.pid, "worker"))
        said = f"the worker has ended (killed by signal 9); it starts again in {pause} s"
        wait_until(lambda: said in machine.log(), seconds=5)  # noqa: B023 - called at once
    assert machine.answers("/readyz")


def _patiently(form: Form) -> Answer:
    """Send a form until there is an answer: a line may be cut, but the door, which flask serve holds, is never shut."""
    while True:
        try:
            return form.send()
        except ConnectionRefusedError:
            raise
        except FAULTS:
            time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=str)
def test_it_ends_both_when_told(served, number):
    machine, process = served

    process.send_signal(number)

    assert process.wait(GRACE + 2) == 0
    assert machine.processes() == []


def test_who_is_being_answered_still_gets_an_answer(served):
    """A request that is on its way when the end comes is finished."""
    machine, process = served
    head = b"GET /de/programm HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    with closing(socket.create_connection(("127.0.0.1", machine.port), timeout=GRACE)) as line:
        line.sendall(head)
        time.sleep(0.3)
        process.terminate()
        time.sleep(0.3)
        line.sendall(b"\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 200")
    assert process.wait(GRACE + 2) == 0


def test_nobody_is_left_behind_when_it_is_killed(served):
    machine, process = served
    assert len(machine.processes()) >= 4

    kill(process.pid)
    process.wait()

    wait_until(lambda: machine.processes() == [], seconds=GRACE)


def test_an_address_in_use_is_told_in_one_line(machine):
    with closing(socket.create_server(("127.0.0.1", machine.port))):
        done = machine.run("serve")

    assert done.returncode == 1
    [line] = [line for line in done.stderr.splitlines() if "INFO" not in line]
    assert line.startswith(f"Error: Cannot listen on 127.0.0.1, port {machine.port}")
    assert machine.processes() == []


def test_it_gives_up_when_the_web_server_cannot_begin(machine, tmp_path):
    machine.more = {"GUNICORN_CMD_ARGS": "--user nobody-of-this-name"}
    began = time.monotonic()

    done = machine.run("serve")

    assert done.returncode == 1
    assert "the web server could not start" in done.stderr
    assert machine.processes() == []
    print(f"gave up after {time.monotonic() - began:.1f} s")


def test_a_pid_of_ours_is_a_pid_of_ours(machine):
    """The helper that ends processes sees only those of its own machine."""
    assert os.getpid() not in machine.processes()
    assert machine.processes() == []
