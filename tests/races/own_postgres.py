"""A PostgreSQL of one test alone, which may be stopped, frozen and started again on the same port."""

import os
import pwd
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import server_process
from tests.machines import free_port
from tests.server_process import Cluster


class OwnPostgres:
    """The server, stopped at first."""

    def __init__(self, home: Path) -> None:
        user = "nobody" if os.geteuid() == 0 else None
        self._cluster = Cluster(server_process._binaries(home, user=user), home / "data", user)
        if user:
            os.chown(home, pwd.getpwnam(user).pw_uid, -1)
        self._port = free_port()
        password = secrets.token_hex(16)
        server_process._initialise(self._cluster, password=password)
        self.url = f"postgresql+psycopg://postgres:{password}@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        server_process._start_on(self._port, self._cluster)

    def stop(self) -> None:
        """End the server and every connection, as a restart does."""
        self._cluster.run("pg_ctl", "stop", "--wait", "--mode=fast")

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """The server takes connections and answers nothing."""
        pids = self._processes()
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def _processes(self) -> list[int]:
        """Return the server and its helpers; new connections wait for it."""
        leader = int((self._cluster.data / "postmaster.pid").read_text().split()[0])
        stats = {int(path.parent.name): path for path in Path("/proc").glob("[0-9]*/stat")}
        parents = {}
        for pid, path in stats.items():
            try:
                parents[pid] = int(path.read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
        return [leader, *(pid for pid, parent in parents.items() if parent == leader)]


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    home = Path(tempfile.mkdtemp(prefix="booking-postgres-"))
    server = None
    try:
        server = OwnPostgres(home)
        server.start()
        yield server
    finally:
        if server is not None and (home / "data" / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(home, ignore_errors=True)
