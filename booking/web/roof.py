"""What the roof hands to views and commands: clock, keys, addresses, and what carries mail."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app

from booking.bookings.rules import Bounds
from booking.houses.facts import House
from booking.messages.letters import Transport
from booking.timekit.clock import Clock


@dataclass(frozen=True, slots=True)
class Roof:
    """The parts of the environment that views and commands may know."""

    root: Path
    environment: str
    clock: Clock
    public_url: str
    keys: tuple[str, ...]
    default_house: str
    houses_folder: Path
    var_folder: Path
    transport: Transport
    client_limit: int
    hold_bounds: Bounds

    @property
    def kept_mail(self) -> Path:
        """The folder in which development keeps mail instead of sending it."""
        return self.var_folder / "mail"

    def base_url(self, house: House) -> str:
        """Return scheme and host under which people reach a house, never taken from a request.

        The default house lives at PUBLIC_URL; another one at its first host
        name, with the same scheme and port.
        """
        if house.key == self.default_house or not house.hostnames:
            return self.public_url
        parts = urlsplit(self.public_url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{house.hostnames[0]}{port}"


def roof() -> Roof:
    """Return the roof of the running application."""
    found: Roof = current_app.extensions["booking"]
    return found
