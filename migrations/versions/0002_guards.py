"""The guards: nothing can be taken beyond its capacity, whatever two requests saw at the same time.

Safe beside the running code: rows that fit stay, rows that do not fit cannot
exist, since nothing was sold before this.  Every later revision that changes
``allocation`` or ``resource`` on SQLite in batch mode must drop these
triggers first and install them again, or they vanish without a word.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE TRIGGER allocation_within_capacity_on_insert AFTER INSERT ON allocation
BEGIN
  UPDATE resource SET version = version + 1 WHERE id = NEW.resource_id;
  SELECT RAISE(ABORT, 'allocation_within_capacity') WHERE EXISTS (
    SELECT 1 FROM (
      SELECT NEW.starts_at AS instant
      UNION ALL
      SELECT a.starts_at FROM allocation a
       WHERE a.resource_id = NEW.resource_id AND a.starts_at > NEW.starts_at AND a.starts_at < NEW.ends_at
    ) AS peak
    WHERE (SELECT sum(a.quantity) FROM allocation a
            WHERE a.resource_id = NEW.resource_id AND a.starts_at <= peak.instant
              AND a.starts_at > peak.instant - 2678400 AND a.ends_at > peak.instant) > 
      (SELECT capacity FROM resource WHERE id = NEW.resource_id));
END""",
    """CREATE TRIGGER allocation_within_capacity_on_update AFTER UPDATE OF resource_id, starts_at, ends_at, quantity ON allocation
BEGIN
  UPDATE resource SET version = version + 1 WHERE id = NEW.resource_id OR id = OLD.resource_id;
  SELECT RAISE(ABORT, 'allocation_within_capacity') WHERE EXISTS (
    SELECT 1 FROM (
      SELECT NEW.starts_at AS instant
      UNION ALL
      SELECT a.starts_at FROM allocation a
       WHERE a.resource_id = NEW.resource_id AND a.starts_at > NEW.starts_at AND a.starts_at < NEW.ends_at
    ) AS peak
    WHERE (SELECT sum(a.quantity) FROM allocation a
            WHERE a.resource_id = NEW.resource_id AND a.starts_at <= peak.instant
              AND a.starts_at > peak.instant - 2678400 AND a.ends_at > peak.instant) > 
      (SELECT capacity FROM resource WHERE id = NEW.resource_id));
END""",
    """CREATE TRIGGER allocation_removal_is_seen AFTER DELETE ON allocation
BEGIN
  UPDATE resource SET version = version + 1 WHERE id = OLD.resource_id;
END""",
    """CREATE TRIGGER capacity_covers_its_use AFTER UPDATE OF capacity, capacity_since ON resource
BEGIN
  SELECT RAISE(ABORT, 'capacity_covers_its_use') WHERE EXISTS (
    SELECT 1 FROM (
      SELECT max(a.starts_at, NEW.capacity_since) AS instant FROM allocation a
       WHERE a.resource_id = NEW.id AND a.ends_at > NEW.capacity_since
    ) AS peak
    WHERE (SELECT sum(a.quantity) FROM allocation a
            WHERE a.resource_id = NEW.id AND a.starts_at <= peak.instant
              AND a.starts_at > peak.instant - 2678400 AND a.ends_at > peak.instant) > NEW.capacity);
END""",
)

POSTGRESQL = (
    """CREATE FUNCTION allocation_within_capacity() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE allowed integer;
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.resource_id <> NEW.resource_id THEN
    UPDATE resource SET version = version + 1 WHERE id = OLD.resource_id;
  END IF;
  UPDATE resource SET version = version + 1 WHERE id = NEW.resource_id RETURNING capacity INTO allowed;
  IF EXISTS (
    SELECT 1 FROM (
      SELECT NEW.starts_at AS instant
      UNION ALL
      SELECT a.starts_at FROM allocation a
       WHERE a.resource_id = NEW.resource_id AND a.starts_at > NEW.starts_at AND a.starts_at < NEW.ends_at
    ) AS peak
    WHERE (SELECT sum(a.quantity) FROM allocation a
            WHERE a.resource_id = NEW.resource_id AND a.starts_at <= peak.instant
              AND a.starts_at > peak.instant - 2678400 AND a.ends_at > peak.instant) >  allowed) THEN
    RAISE EXCEPTION 'allocation_within_capacity' USING ERRCODE = 'exclusion_violation',
      CONSTRAINT = 'allocation_within_capacity', TABLE = 'allocation';
  END IF;
  RETURN NULL;
END
$guard$""",
    """CREATE FUNCTION allocation_removal_is_seen() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  UPDATE resource SET version = version + 1 WHERE id = OLD.resource_id;
  RETURN NULL;
END
$guard$""",
    """CREATE FUNCTION capacity_covers_its_use() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF EXISTS (
    SELECT 1 FROM (
      SELECT greatest(a.starts_at, NEW.capacity_since) AS instant FROM allocation a
       WHERE a.resource_id = NEW.id AND a.ends_at > NEW.capacity_since
    ) AS peak
    WHERE (SELECT sum(a.quantity) FROM allocation a
            WHERE a.resource_id = NEW.id AND a.starts_at <= peak.instant
              AND a.starts_at > peak.instant - 2678400 AND a.ends_at > peak.instant) > NEW.capacity) THEN
    RAISE EXCEPTION 'capacity_covers_its_use' USING ERRCODE = 'exclusion_violation',
      CONSTRAINT = 'capacity_covers_its_use', TABLE = 'resource';
  END IF;
  RETURN NULL;
END
$guard$""",
    """CREATE TRIGGER allocation_within_capacity_on_insert AFTER INSERT ON allocation
  FOR EACH ROW EXECUTE FUNCTION allocation_within_capacity()""",
    """CREATE TRIGGER allocation_within_capacity_on_update AFTER UPDATE OF resource_id, starts_at, ends_at, quantity ON allocation
  FOR EACH ROW EXECUTE FUNCTION allocation_within_capacity()""",
    """CREATE TRIGGER allocation_removal_is_seen AFTER DELETE ON allocation
  FOR EACH ROW EXECUTE FUNCTION allocation_removal_is_seen()""",
    """CREATE TRIGGER capacity_covers_its_use AFTER UPDATE OF capacity, capacity_since ON resource
  FOR EACH ROW EXECUTE FUNCTION capacity_covers_its_use()""",
)

TRIGGERS = (
    ("allocation_within_capacity_on_insert", "allocation"),
    ("allocation_within_capacity_on_update", "allocation"),
    ("allocation_removal_is_seen", "allocation"),
    ("capacity_covers_its_use", "resource"),
)
FUNCTIONS = ("allocation_within_capacity", "allocation_removal_is_seen", "capacity_covers_its_use")


def upgrade() -> None:
    for statement in SQLITE if _is_sqlite() else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for trigger, table in TRIGGERS:
        op.execute(f"DROP TRIGGER {trigger}" if _is_sqlite() else f"DROP TRIGGER {trigger} ON {table}")
    if not _is_sqlite():
        for function in FUNCTIONS:
            op.execute(f"DROP FUNCTION {function}()")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
