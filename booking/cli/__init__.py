"""Commands: what operators and developers say to flask, each loaded when somebody says it."""

from importlib import import_module
from typing import Any

import click
from flask import Flask

COMMANDS = {
    "access-needs": "booking.cli.access_needs:command",
    "check": "booking.cli.check:group",
    "db": "flask_migrate.cli:db",
    "demo": "booking.cli.demo:command",
    "houses": "booking.cli.houses:group",
    "mail": "booking.cli.mail:group",
    "privacy": "booking.cli.privacy:group",
    "routes-permissions": "booking.cli.routes:command",
    "serve": "booking.cli.serve:command",
    "slots": "booking.cli.free_times:group",
    "staff": "booking.cli.staff:group",
    "voices": "booking.cli.voices:group",
    "walk-in": "booking.cli.walk_in:group",
    "worker": "booking.cli.worker:command",
}


class Later(click.Command):
    """A command that is loaded when it is called: a web process, which calls none, need not carry it."""

    def __init__(self, name: str, place: str) -> None:
        super().__init__(name)
        self._place = place

    def make_context(self, *called: Any, **more: Any) -> click.Context:
        """Return the context of the command itself, which takes over from here."""
        return self._itself().make_context(*called, **more)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return its line in the list of commands."""
        return self._itself().get_short_help_str(limit)

    def _itself(self) -> click.Command:
        module, _, name = self._place.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


def install(app: Flask) -> None:
    """Register the commands on the app."""
    for name, place in COMMANDS.items():
        app.cli.add_command(Later(name, place))
