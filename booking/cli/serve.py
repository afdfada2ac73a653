"""flask serve: web and worker together, on one machine."""

import os
import socket
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from booking.cli import lifeline
from booking.cli.demo import fill_if_empty
from booking.cli.keeping import Program, keep
from booking.db import DatabaseFault, db, told
from booking.web.readiness import guards_stand
from booking.web.roof import roof

BACKLOG = 1024
PATIENT = "booking.web.patience.PatientWorker"
HEAP = {
    "MALLOC_ARENA_MAX": "1",  # else every thread of a process has a heap of its own
    "MALLOC_MMAP_THRESHOLD_": "262144",  # the 19 MB of a password check go back to the machine, and
    "MALLOC_TRIM_THRESHOLD_": "262144",  # so does what a large page needed
}


@click.command("serve")
@click.option("--demo", is_flag=True, help="Fill an empty database with the demo programme first.")
@click.option("--workers", default=2, show_default=True, help="How many web processes.")
@click.option("--threads", default=4, show_default=True, help="How many threads each of them has.")
@click.option("--bind", default=None, metavar="HOST", help="The address to listen on (default: loopback).")
@with_appcontext
def command(demo: bool, workers: int, threads: int, bind: str | None) -> None:  # noqa: FBT001 - click hands a flag over
    """Bring the schema up to date, then serve pages and send mail until told to stop.

    A web server or worker that dies is started again; the door stays open meanwhile.
    """
    for name, value in HEAP.items():
        os.environ.setdefault(name, value)
    host, port = bind or "127.0.0.1", int(os.environ.get("PORT", "8000"))
    with _door(host, port) as door:
        _prepare(demo=demo)
        door.listen(BACKLOG)
        click.echo(f"Serving on http://{host}:{port} - stop with Ctrl+C.")
        folder = str(roof().root)
        web = Program(
            "the web server",
            _web(door.fileno(), workers, threads),
            folder,
            descriptors=(door.fileno(),),
            must_begin=True,
        )
        status = keep([web, Program("the worker", _worker(), folder)])
    raise SystemExit(status)


def _door(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address; raises ClickException when it cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        door = socket.socket(family, kind, protocol)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
    except OSError as fault:
        raise click.ClickException(
            f"Cannot listen on {host}, port {port}: {fault.strerror}. Choose another with PORT=... or --bind."
        ) from fault
    return door


def _prepare(*, demo: bool) -> None:
    """Bring the database up to date; raises ClickException when it is away or lacks its guards."""
    from flask_migrate import upgrade

    try:
        upgrade()
        if demo:
            fill_if_empty(now=roof().clock())
        is_guarded = guards_stand()
    except DatabaseFault as fault:
        raise click.ClickException(f"The database cannot be used: {told(fault)}") from fault
    if not is_guarded:
        raise click.ClickException(
            "The database lacks its guards against double booking; see docs/operating.md."
        )
    db.session.remove()
    db.engine.dispose()


def _web(door: int, workers: int, threads: int) -> list[str]:
    """Return the command of the web server; no access log, since ours leaves secrets out."""
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"fd://{door}"]
    command += ["--config", str(lifeline.__file__), "--worker-class", PATIENT]
    command += ["--workers", str(workers), "--threads", str(threads), "--preload"]
    command += ["--timeout", "60", "--graceful-timeout", "10"]
    command += ["--max-requests", "20000", "--max-requests-jitter", "2000"]
    command += ["--worker-tmp-dir", _shared_memory()]
    command += [
        "--forwarded-allow-ips",
        "",
        "--forwarder-headers",
        "",
    ]  # TRUSTED_PROXIES decides, nobody else
    return [*command, "--limit-request-line", "4094", "--no-control-socket"]


def _shared_memory() -> str:
    return "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp"  # noqa: S108 - gunicorn makes its own file in it


def _worker() -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "wsgi:app", "worker", "--attended"]
