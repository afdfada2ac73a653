"""Templates are compiled once a process: every test has an application of its own, and all draw the same pages."""

from io import BytesIO

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Compiled templates, kept in memory; a changed source is compiled anew."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with what was kept for it, unless its source has changed since."""
        if bucket.key in self._kept:
            bucket.load_bytecode(BytesIO(self._kept[bucket.key]))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what the bucket holds."""
        self._kept[bucket.key] = bucket.bytecode_to_string()
