"""Addresses that are read once a process, whatever asks for them, and whose paths are compiled when first written.

There are hundreds of them, twice in each language; starting the application a second time, as tests do, reads none.
"""

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from werkzeug.routing import Rule

Build = Callable[..., tuple[str, str]]


class _Read(NamedTuple):
    """What is known of an address once its pattern has been read."""

    parts: list[Any]
    trace: list[tuple[bool, str]]
    converters: dict[str, Any]
    arguments: set[str]


_READ: dict[Hashable, _Read] = {}


class LateRule(Rule):
    """A rule that matches at once, and learns how to write its path only when it is asked to."""

    def compile(self) -> None:
        """Read the pattern, or take what was read of the same one with the same converters before."""
        converters = frozenset(self.map.converters.items()) if self.map else frozenset()
        key = (self.rule, self.subdomain, self.host, self.merge_slashes, converters)
        if key not in _READ:
            super().compile()
            _READ[key] = _Read(self._parts, self._trace, self._converters, set(self.arguments))
            return
        self._parts, self._trace, self._converters, arguments = _READ[key]
        self.arguments |= arguments
        self._build = self._compile_builder(False).__get__(self, None)
        self._build_unknown = self._compile_builder(True).__get__(self, None)

    def _compile_builder(self, append_unknown: bool = True) -> Build:  # noqa: FBT001, FBT002 - werkzeug's signature
        compile_now = super()._compile_builder
        compiled: list[Build] = []

        def build(rule: Rule, /, **values: object) -> tuple[str, str]:
            if not compiled:
                compiled.append(compile_now(append_unknown))
            return compiled[0](rule, **values)

        return build
