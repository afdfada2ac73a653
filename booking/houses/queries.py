"""Questions about houses."""

from sqlalchemy import Select, select

from booking.db import execute
from booking.errors import NotFound
from booking.houses import facts
from booking.houses.models import House, HouseHostname

_WHOLE = select(House.id, House.facts)


def house_at(hostname: str, *, default: str) -> facts.House:
    """Return the house of a host name, or the one whose key is ``default``; raises NotFound."""
    named = _WHOLE.join(HouseHostname, HouseHostname.house_id == House.id).where(
        HouseHostname.hostname == hostname
    )
    return _one(named) or _one(_WHOLE.where(House.key == default)) or _none()


def house(house_id: int) -> facts.House:
    """Return one house; raises NotFound."""
    return _one(_WHOLE.where(House.id == house_id)) or _none()


def all_houses() -> list[facts.House]:
    """Return every house, in the order of their keys."""
    rows = execute(_WHOLE.order_by(House.key))
    return [facts.parse(row.facts, house_id=row.id) for row in rows]


def _one(wanted: Select[int, dict[str, object]]) -> facts.House | None:
    row = execute(wanted).one_or_none()
    return facts.parse(row.facts, house_id=row.id) if row else None


def _none() -> facts.House:
    raise NotFound
