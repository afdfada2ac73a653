"""Commands: what operators and developers say to flask."""

from flask import Flask

from booking.cli import check, demo, houses, mail, privacy, routes, serve, worker


def install(app: Flask) -> None:
    """Register the commands on the app."""
    for command in (
        check.group,
        demo.command,
        houses.group,
        mail.group,
        privacy.group,
        routes.command,
        serve.command,
        worker.command,
    ):
        app.cli.add_command(command)
