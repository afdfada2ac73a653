"""The processes of clients, started once for a run, and what came of the jobs that they were given."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from config import ROOT

PROCESSES = 8


@dataclass(frozen=True, slots=True)
class Result:
    """What all clients of a job did together."""

    latencies: list[float]  # seconds, ascending
    statuses: Counter[str]
    done: int
    refused: int
    seconds: float

    @property
    def rate(self) -> float:
        """Pieces of work in a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    @property
    def requests(self) -> float:
        """Requests for a piece of work."""
        return sum(self.statuses.values()) / max(1, len(self.latencies))

    def milliseconds(self, percent: int) -> float:
        """Return how long a piece of work took for so many of a hundred."""
        if not self.latencies:
            return 0.0
        return self.latencies[min(len(self.latencies) - 1, len(self.latencies) * percent // 100)] * 1000

    def failures(self) -> int:
        """Return how many answers were faults of the server."""
        return sum(number for status, number in self.statuses.items() if status.startswith("5"))


class ClientsFailed(Exception):
    """A client could not do its job."""


class Crowd:
    """The processes."""

    def __init__(self, processes: "list[subprocess.Popen[str]]") -> None:
        self._processes = processes
        self._jobs = count(1)

    def run(self, job: Mapping[str, Any], *, clients: int) -> Result:
        """Let so many clients do a job at once; raises ClientsFailed."""
        hands = [
            list(range(clients))[n :: len(self._processes)] for n in range(min(clients, len(self._processes)))
        ]
        busy = list(zip(self._processes, hands, strict=False))
        label = f"b{next(self._jobs)}"
        for process, numbers in busy:
            self._tell(process, json.dumps({"label": label, **job, "clients": numbers}))
        for process, _ in busy:
            self._hear(process)
        for process, _ in busy:
            self._tell(process, "go")
        return _together([tally for process, _ in busy for tally in json.loads(self._hear(process))])

    @staticmethod
    def _tell(process: "subprocess.Popen[str]", line: str) -> None:
        assert process.stdin is not None
        process.stdin.write(line + "\n")
        process.stdin.flush()

    @staticmethod
    def _hear(process: "subprocess.Popen[str]") -> str:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise ClientsFailed(f"a process of clients ended with status {process.wait()}")
        return line


@contextmanager
def a_crowd() -> Iterator[Crowd]:
    """Start the processes; they end with the run."""
    command = [sys.executable, "-m", "tools.bench.client"]
    processes = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    try:
        yield Crowd(processes)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.communicate()


def _together(tallies: list[dict[str, Any]]) -> Result:
    faults = [fault for tally in tallies for fault in tally["faults"]]
    if faults:
        raise ClientsFailed("; ".join(sorted(set(faults))))
    statuses: Counter[str] = Counter()
    for tally in tallies:
        statuses.update(tally["statuses"])
    return Result(
        latencies=sorted(took for tally in tallies for took in tally["latencies"]),
        statuses=statuses,
        done=sum(tally["done"] for tally in tallies),
        refused=sum(tally["refused"] for tally in tallies),
        seconds=max(tally["ended"] for tally in tallies) - min(tally["began"] for tally in tallies),
    )
