"""`make bench`: how fast the platform is, on this machine, beside the limit of this machine.

Ends with status 1 when something broke (a fault of the server, a place sold twice, more statements than may
be), never because something was slow.
"""

import argparse
import json
import os
import platform
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from booking.timekit.clock import system_clock
from config import ROOT
from tools.bench import start
from tools.bench.run import ENGINES, run
from tools.bench.sizes import FULL, QUICK, USUAL
from tools.bench.table import Findings


def main() -> int:
    """Measure what the command line asks for, print it, keep it as JSON."""
    wanted = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that nothing that was started is left behind
    sizes = QUICK if wanted.quick else FULL if wanted.full else USUAL
    machine = _machine()
    print(machine, flush=True)
    findings = run(sizes, [wanted.engine] if wanted.engine else ENGINES)
    if wanted.start:
        start.measure(findings)
    print("", findings.said(), "", *findings.notes, sep="\n")
    kept = _keep(findings, machine, system_clock())
    print(
        f"Kept in {kept.relative_to(ROOT)}. Figures of two runs are no comparison, their shares of the limit are."
    )
    print(*(f"BROKEN: {line}" for line in findings.broken), sep="\n")
    return 1 if findings.broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--quick", action="store_true", help="under a minute, small figures")
    length.add_argument(
        "--full", action="store_true", help="a million bookings of the past, 64 clients, long"
    )
    parser.add_argument("--engine", choices=ENGINES, help="one database only")
    parser.add_argument("--start", action="store_true", help="also from a clone to the served demo")
    return parser.parse_args()


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()};"
        " clients, servers and databases share the cores. 2 web processes of 4 threads."
        " SQLite: synchronous=FULL; PostgreSQL: the private one of the tests, without fsync."
    )


def _keep(findings: Findings, machine: str, now: datetime) -> Path:
    path = ROOT / "var" / "bench" / f"{now.astimezone(UTC):%Y-%m-%dT%H-%M-%S}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": machine} | findings.to_json(), indent=1, ensure_ascii=False))
    return path


if __name__ == "__main__":
    sys.exit(main())
