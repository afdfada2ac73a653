"""Deed: load a house from its file."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update

from booking.db import execute
from booking.houses.facts import UnfitHouse, parse
from booking.houses.models import House, HouseHostname


def load(data: Mapping[str, Any]) -> int:
    """Write a house, new or known by its key, and return its id; raises UnfitHouse."""
    facts = parse(data)
    house_id = execute(select(House.id).where(House.key == facts.key)).scalar()
    kept = {"zone": facts.zone, "facts": dict(data)}
    if house_id is None:
        house_id = execute(
            insert(House).values(key=facts.key, version=1, **kept).returning(House.id)
        ).scalar_one()
    else:
        execute(update(House).where(House.id == house_id).values(version=House.version + 1, **kept))
    _name_hosts(house_id, facts.hostnames)
    return int(house_id)


def _name_hosts(house_id: int, hostnames: tuple[str, ...]) -> None:
    others = select(HouseHostname.hostname).where(
        HouseHostname.hostname.in_(hostnames), HouseHostname.house_id != house_id
    )
    taken = sorted(execute(others).scalars())
    if taken or len(set(hostnames)) < len(hostnames):
        raise UnfitHouse(
            "hostnames belong to another house, or stand twice: " + ", ".join(taken or hostnames)
        )
    execute(delete(HouseHostname).where(HouseHostname.house_id == house_id))
    for hostname in hostnames:
        execute(insert(HouseHostname).values(hostname=hostname, house_id=house_id))
