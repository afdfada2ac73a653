"""Log lines: one for each request and deed, with the request id, without names, addresses or tokens."""

import logging
import sys

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def install() -> None:
    """Send log lines of the platform to standard error; called where a process is started, not by tests."""
    logging.basicConfig(level=logging.INFO, format=FORMAT, stream=sys.stderr)
    for talkative in ("alembic", "werkzeug"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
