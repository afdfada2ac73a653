"""Deed: load a house from its file."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update

from booking.db import db
from booking.houses.facts import parse
from booking.houses.models import House, HouseHostname


def load(data: Mapping[str, Any]) -> int:
    """Write a house, new or known by its key, and return its id; raises UnfitHouse."""
    facts = parse(data)
    house_id = db.session.execute(select(House.id).where(House.key == facts.key)).scalar()
    kept = {"zone": facts.zone, "facts": dict(data)}
    if house_id is None:
        house_id = db.session.execute(
            insert(House).values(key=facts.key, version=1, **kept).returning(House.id)
        ).scalar_one()
    else:
        db.session.execute(
            update(House).where(House.id == house_id).values(version=House.version + 1, **kept)
        )
    _name_hosts(house_id, facts.hostnames)
    return int(house_id)


def _name_hosts(house_id: int, hostnames: tuple[str, ...]) -> None:
    db.session.execute(delete(HouseHostname).where(HouseHostname.house_id == house_id))
    for hostname in hostnames:
        db.session.execute(insert(HouseHostname).values(hostname=hostname, house_id=house_id))
