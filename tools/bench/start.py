"""From a clone to the served demo: how long `make run` takes, the first time and afterwards."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from config import ROOT
from tests.browsers import FAULTS, Browser
from tests.machines import free_port
from tools.bench.table import Findings, Row

SUBJECT = "From a clone to the served demo (one command)"
PATIENCE = 600.0


def measure(findings: Findings) -> None:
    """Clone what is committed, and run it twice."""
    with tempfile.TemporaryDirectory(prefix="booking-clone-") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        for what, target in (("cold: no environment, empty database", 60.0), ("warm", 5.0)):
            taken = _until_served(clone)
            findings.add(Row(SUBJECT, what, "sqlite", taken, "s", "at most", target))


def _until_served(clone: Path) -> float:
    port, begun = free_port(), time.monotonic()
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with (clone.parent / "log").open("ab") as log:
        process = subprocess.Popen(
            ["make", "run"],
            cwd=clone,
            env=environment | {"PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        while not _is_served(port):
            if process.poll() is not None or time.monotonic() - begun > PATIENCE:
                raise AssertionError("make run does not serve: " + (clone.parent / "log").read_text()[-600:])
            time.sleep(0.1)
        return time.monotonic() - begun
    finally:
        process.terminate()
        process.wait()


def _is_served(port: int) -> bool:
    try:
        return Browser(port).get("/de/").status == 200
    except FAULTS:
        return False
