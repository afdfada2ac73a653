"""Deed: enter a host."""

from dataclasses import dataclass

from sqlalchemy import insert

from booking.db import execute
from booking.people.models import Host


@dataclass(frozen=True, slots=True)
class HostDetails:
    """What the house knows of a host; languages as codes, "dgs" for German sign language."""

    key: str
    kind: str
    first_name: str
    last_name: str
    languages: tuple[str, ...]


def enter_host(details: HostDetails, *, house_id: int) -> int:
    """Write a host and return its id."""
    row = insert(Host).values(
        house_id=house_id,
        key=details.key,
        kind=details.kind,
        first_name=details.first_name,
        last_name=details.last_name,
        languages=list(details.languages),
        is_active=True,
    )
    return int(execute(row.returning(Host.id)).scalar_one())
