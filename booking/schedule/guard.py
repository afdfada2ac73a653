"""The guard: triggers on both engines that refuse an allocation beyond capacity, and the canary that proves them.

After a row is written, at no instant may the quantities taken from a resource
exceed its capacity.  The rule needs no clock: holds that have expired are
deleted by the deed that wants their place.
"""

from sqlalchemy import DDL, Connection, event, insert, text
from sqlalchemy.exc import DBAPIError

from booking.db import constraint_name, db, execute
from booking.houses.models import House
from booking.people.models import Host
from booking.schedule.models import LONGEST_SECONDS, Allocation, Claim, Resource
from booking.timekit.instants import from_epoch

GUARDS = (
    "allocation_within_capacity_on_insert",
    "allocation_within_capacity_on_update",
    "allocation_removal_is_seen",
    "capacity_covers_its_use",
)

FUNCTIONS = ("allocation_within_capacity", "allocation_removal_is_seen", "capacity_covers_its_use")
_PEAK = f"""
    SELECT 1 FROM (
      SELECT NEW.starts_at AS instant
      UNION ALL
      SELECT a.starts_at FROM allocation a
       WHERE a.resource_id = NEW.resource_id AND a.starts_at > NEW.starts_at AND a.starts_at < NEW.ends_at
    ) AS peak
    WHERE (SELECT sum(a.quantity) FROM allocation a
            WHERE a.resource_id = NEW.resource_id AND a.starts_at <= peak.instant
              AND a.starts_at > peak.instant - {LONGEST_SECONDS} AND a.ends_at > peak.instant) > """

_LOWERED = f"""
    SELECT 1 FROM (
      SELECT {{later}}(a.starts_at, NEW.capacity_since) AS instant FROM allocation a
       WHERE a.resource_id = NEW.id AND a.ends_at > NEW.capacity_since
    ) AS peak
    WHERE (SELECT sum(a.quantity) FROM allocation a
            WHERE a.resource_id = NEW.id AND a.starts_at <= peak.instant
              AND a.starts_at > peak.instant - {LONGEST_SECONDS} AND a.ends_at > peak.instant) > NEW.capacity"""

_EPOCH = from_epoch(0)
_CHANGED = "OF resource_id, starts_at, ends_at, quantity"


def _sqlite_allocation(name: str, when: str, *, bump_old: str) -> str:
    return f"""CREATE TRIGGER {name} AFTER {when} ON allocation
BEGIN
  UPDATE resource SET version = version + 1 WHERE id = NEW.resource_id{bump_old};
  SELECT RAISE(ABORT, 'allocation_within_capacity') WHERE EXISTS ({_PEAK}
      (SELECT capacity FROM resource WHERE id = NEW.resource_id));
END"""


SQLITE = (
    _sqlite_allocation(GUARDS[0], "INSERT", bump_old=""),
    _sqlite_allocation(GUARDS[1], f"UPDATE {_CHANGED}", bump_old=" OR id = OLD.resource_id"),
    f"""CREATE TRIGGER {GUARDS[2]} AFTER DELETE ON allocation
BEGIN
  UPDATE resource SET version = version + 1 WHERE id = OLD.resource_id;
END""",
    f"""CREATE TRIGGER {GUARDS[3]} AFTER UPDATE OF capacity, capacity_since ON resource
BEGIN
  SELECT RAISE(ABORT, 'capacity_covers_its_use') WHERE EXISTS ({_LOWERED.format(later="max")});
END""",
)


def _postgresql_function(name: str, body: str) -> str:
    return f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$
{body}
$guard$"""


def _postgresql_refusal(name: str, table: str) -> str:
    return f"""RAISE EXCEPTION '{name}' USING ERRCODE = 'exclusion_violation',
      CONSTRAINT = '{name}', TABLE = '{table}';"""


POSTGRESQL = (
    _postgresql_function(
        "allocation_within_capacity",
        f"""DECLARE allowed integer;
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.resource_id <> NEW.resource_id THEN
    UPDATE resource SET version = version + 1 WHERE id = OLD.resource_id;
  END IF;
  UPDATE resource SET version = version + 1 WHERE id = NEW.resource_id RETURNING capacity INTO allowed;
  IF EXISTS ({_PEAK} allowed) THEN
    {_postgresql_refusal("allocation_within_capacity", "allocation")}
  END IF;
  RETURN NULL;
END""",
    ),
    _postgresql_function(
        "allocation_removal_is_seen",
        """BEGIN
  UPDATE resource SET version = version + 1 WHERE id = OLD.resource_id;
  RETURN NULL;
END""",
    ),
    _postgresql_function(
        "capacity_covers_its_use",
        f"""BEGIN
  IF EXISTS ({_LOWERED.format(later="greatest")}) THEN
    {_postgresql_refusal("capacity_covers_its_use", "resource")}
  END IF;
  RETURN NULL;
END""",
    ),
    f"""CREATE TRIGGER {GUARDS[0]} AFTER INSERT ON allocation
  FOR EACH ROW EXECUTE FUNCTION allocation_within_capacity()""",
    f"""CREATE TRIGGER {GUARDS[1]} AFTER UPDATE {_CHANGED} ON allocation
  FOR EACH ROW EXECUTE FUNCTION allocation_within_capacity()""",
    f"""CREATE TRIGGER {GUARDS[2]} AFTER DELETE ON allocation
  FOR EACH ROW EXECUTE FUNCTION allocation_removal_is_seen()""",
    f"""CREATE TRIGGER {GUARDS[3]} AFTER UPDATE OF capacity, capacity_since ON resource
  FOR EACH ROW EXECUTE FUNCTION capacity_covers_its_use()""",
)


def _install_with_tables() -> None:
    """Let ``create_all`` install the guards too, so that models and migrations can be compared."""
    for statements, dialect in ((SQLITE, "sqlite"), (POSTGRESQL, "postgresql")):
        for statement in statements:
            ddl = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)
            event.listen(Allocation.metadata, "after_create", ddl)


_install_with_tables()


def missing_guards(connection: Connection) -> list[str]:
    """Return the names of guards that the database does not have, or has switched off."""
    if connection.dialect.name == "sqlite":
        present = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    else:
        present = text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')")
    names = set(connection.execute(present).scalars())
    return [guard for guard in GUARDS if guard not in names]


def install() -> None:
    """Install all guards anew, whichever of them are there; rows stay as they are."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    tables = ("allocation", "allocation", "allocation", "resource")
    for name, table in zip(GUARDS, tables, strict=True):
        execute(text(f"DROP TRIGGER IF EXISTS {name}" + ("" if is_sqlite else f" ON {table}")))
    for name in () if is_sqlite else FUNCTIONS:
        execute(text(f"DROP FUNCTION IF EXISTS {name}()"))
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        db.session.connection().exec_driver_sql(statement.replace("%", "%%") if not is_sqlite else statement)


def canary() -> bool:
    """Try to double-book in a savepoint that is always rolled back; return whether the guard refused.

    Runs in the unit of work of its caller, which leaves nothing behind.
    """
    savepoint = db.session.begin_nested()
    try:
        return _refuses_an_overlap()
    finally:
        savepoint.rollback()


def _refuses_an_overlap() -> bool:
    claim_id, resource_id = _canary_rows()
    taken = insert(Allocation).values(claim_id=claim_id, resource_id=resource_id, quantity=1)
    execute(taken.values(starts_at=1000, ends_at=2000))
    try:
        execute(taken.values(starts_at=1999, ends_at=3000))
    except DBAPIError as fault:
        return constraint_name(fault) == "allocation_within_capacity"
    return False


def _canary_rows() -> tuple[int, int]:
    execute = db.session.execute
    house_id = execute(
        insert(House).values(key="canary", zone="UTC", facts={}, version=1).returning(House.id)
    ).scalar_one()
    host = insert(Host).values(
        house_id=house_id,
        key="canary",
        kind="guide",
        first_name="-",
        last_name="-",
        languages=[],
        is_active=False,
    )
    host_id = execute(host.returning(Host.id)).scalar_one()
    resource = insert(Resource).values(
        house_id=house_id, host_id=host_id, capacity=1, capacity_since=0, version=0
    )
    resource_id = execute(resource.returning(Resource.id)).scalar_one()
    claim = insert(Claim).values(house_id=house_id, created_at=_EPOCH)
    claim_id = execute(claim.returning(Claim.id)).scalar_one()
    return int(claim_id), int(resource_id)


def guards_stand() -> bool:
    """Return whether no guard is missing and the canary is refused; leaves nothing behind."""
    return not missing_guards(db.session.connection()) and canary()
