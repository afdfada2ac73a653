"""flask serve: web and worker together, on one machine."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_migrate import upgrade

from booking.cli.demo import fill_if_empty
from booking.db import db
from booking.web.readiness import guards_stand
from booking.web.roof import roof

GRACE_SECONDS = 15


@click.command("serve")
@click.option("--demo", is_flag=True, help="Fill an empty database with the demo programme first.")
@click.option("--workers", default=2, show_default=True, help="How many web processes.")
@click.option("--threads", default=4, show_default=True, help="How many threads each of them has.")
@click.option("--bind", default=None, metavar="HOST", help="The address to listen on (default: loopback).")
@with_appcontext
def command(demo: bool, workers: int, threads: int, bind: str | None) -> None:  # noqa: FBT001 - click hands a flag over
    """Bring the schema up to date, then serve pages and send mail until one of them ends."""
    upgrade()
    if demo:
        fill_if_empty(now=roof().clock())
    if not guards_stand():
        raise click.ClickException(
            "The database lacks its guards against double booking; see docs/operating.md."
        )
    db.session.remove()
    db.engine.dispose()
    host, port = bind or "127.0.0.1", int(os.environ.get("PORT", "8000"))
    click.echo(f"Serving on http://{host}:{port} - stop with Ctrl+C.")
    raise SystemExit(_run_together(_web(host, port, workers, threads), _worker()))


def _web(host: str, port: int, workers: int, threads: int) -> list[str]:
    """Return the command of the web server; no access log, since ours leaves secrets out."""
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "wsgi:app",
        "--bind",
        f"{host}:{port}",
        "--worker-class",
        "gthread",
    ]
    command += [
        "--workers",
        str(workers),
        "--threads",
        str(threads),
        "--timeout",
        "60",
        "--graceful-timeout",
        "10",
    ]
    command += [
        "--max-requests",
        "20000",
        "--max-requests-jitter",
        "2000",
        "--worker-tmp-dir",
        _shared_memory(),
    ]
    return [*command, "--limit-request-line", "4094", "--no-control-socket"]


def _shared_memory() -> str:
    return "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp"  # noqa: S108 - gunicorn makes its own file in it


def _worker() -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "wsgi:app", "worker"]


def _run_together(*commands: list[str]) -> int:
    """Run the commands until one ends or a signal comes; stop the others and return the exit status."""
    root = str(roof().root)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    running = [subprocess.Popen(command, cwd=root) for command in commands]  # noqa: S603 - our own commands
    while not stopping.wait(0.2) and all(process.poll() is None for process in running):
        pass
    status = 0 if stopping.is_set() else 1
    for process in running:
        process.terminate()
    for process in running:
        _wait(process)
    return status


def _wait(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
