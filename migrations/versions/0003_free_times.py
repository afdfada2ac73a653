"""Free times: hours of hosts and rooms, changed days, absences, busy times, and how an offering is booked by them.

Safe beside the running code: every new column has a default that the old code need not know of, and all
offerings go on being booked by their dates.  New ones check the address when something looks suspicious;
those that exist keep what they have.  On the way back closures between two instants are lost, since the
old table has no place for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

HOST_OR_PLACE = "(host_id IS NULL) <> (place_id IS NULL)"
DAYS_OR_INSTANTS = (
    "(first_day IS NULL) = (last_day IS NULL) AND (starts_at IS NULL) = (ends_at IS NULL)"
    " AND (first_day IS NULL) <> (starts_at IS NULL)"
)
MEDIA = "medium IN ('on_site', 'video', 'phone')"
OFFERING_CHECKS = {
    "booked_by_is_known": "booked_by IN ('date', 'slot')",
    "host_mode_is_known": "host_mode IN ('any', 'all', 'fixed_and_any')",
    "step_fits_a_day": "step_minutes > 0 AND step_minutes <= 1440",
    "offset_fits_a_day": "offset_minutes >= 0 AND offset_minutes < 1440",
    "limits_are_positive": "per_day > 0 AND per_week > 0 AND minutes_per_day > 0",
}
NEED_CHECKS = {
    "medium_is_known": MEDIA,
    "choice_is_of_things": "choice IS NULL OR (kind <> 'host' AND choice > 0)",
}
CLOSURE_CHECKS = {
    "is_of_days_or_instants": DAYS_OR_INSTANTS,
    "ends_after_it_starts": "starts_at < ends_at",
}


def upgrade() -> None:
    _offering()
    _need_skill_closure()
    _rules()
    _overrides()
    _absences_and_busy_times()


def downgrade() -> None:
    for table in ("busy_time", "absence", "override_window", "availability_override", "availability_rule"):
        op.drop_table(table)
    op.execute("DELETE FROM closure WHERE first_day IS NULL")
    with op.batch_alter_table("closure") as closure:
        _drop_checks(closure, "closure", CLOSURE_CHECKS)
        closure.alter_column("first_day", existing_type=sa.Date(), nullable=False)
        closure.alter_column("last_day", existing_type=sa.Date(), nullable=False)
        closure.drop_column("starts_at")
        closure.drop_column("ends_at")
    with op.batch_alter_table("skill") as skill:
        skill.drop_column("is_fixed")
    with op.batch_alter_table("need") as need:
        _drop_checks(need, "need", NEED_CHECKS)
        need.drop_column("medium")
        need.drop_column("choice")
    with op.batch_alter_table("offering") as offering:
        _drop_checks(offering, "offering", OFFERING_CHECKS)
        offering.alter_column("address_check", existing_type=sa.String(), server_default=None)
        for name in ("minutes_per_day", "per_week", "per_day", "is_shared", "offset_minutes"):
            offering.drop_column(name)
        for name in ("step_minutes", "host_mode", "booked_by"):
            offering.drop_column(name)


def _offering() -> None:
    with op.batch_alter_table("offering") as offering:
        offering.alter_column(
            "address_check", existing_type=sa.String(), server_default=sa.text("'when_suspicious'")
        )
        offering.add_column(sa.Column("booked_by", sa.String(), nullable=False, server_default="date"))
        offering.add_column(sa.Column("host_mode", sa.String(), nullable=False, server_default="any"))
        offering.add_column(sa.Column("step_minutes", sa.Integer(), nullable=True))
        offering.add_column(sa.Column("offset_minutes", sa.Integer(), nullable=False, server_default="0"))
        offering.add_column(sa.Column("is_shared", sa.Boolean(), nullable=False, server_default=sa.false()))
        offering.add_column(sa.Column("per_day", sa.Integer(), nullable=True))
        offering.add_column(sa.Column("per_week", sa.Integer(), nullable=True))
        offering.add_column(sa.Column("minutes_per_day", sa.Integer(), nullable=True))
        _add_checks(offering, "offering", OFFERING_CHECKS)


def _need_skill_closure() -> None:
    with op.batch_alter_table("need") as need:
        need.add_column(sa.Column("medium", sa.String(), nullable=True))
        need.add_column(sa.Column("choice", sa.Integer(), nullable=True))
        _add_checks(need, "need", NEED_CHECKS)
    with op.batch_alter_table("skill") as skill:
        skill.add_column(sa.Column("is_fixed", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("closure") as closure:
        closure.alter_column("first_day", existing_type=sa.Date(), nullable=True)
        closure.alter_column("last_day", existing_type=sa.Date(), nullable=True)
        closure.add_column(sa.Column("starts_at", sa.BigInteger(), nullable=True))
        closure.add_column(sa.Column("ends_at", sa.BigInteger(), nullable=True))
        _add_checks(closure, "closure", CLOSURE_CHECKS)


def _rules() -> None:
    op.create_table(
        "availability_rule",
        *_owned("availability_rule"),
        sa.Column("weekday", sa.Integer(), nullable=False),
        *_minutes("availability_rule"),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("parity", sa.Integer(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("offering_id", sa.Integer(), nullable=True),
        sa.Column("medium", sa.String(), nullable=True),
        sa.Column("school_holidays", sa.String(), nullable=False),
        _check("availability_rule", "weekday >= 0 AND weekday <= 6", "weekday_is_of_the_week"),
        _check("availability_rule", "valid_from <= valid_until", "validity_is_in_order"),
        _check("availability_rule", "parity IN (0, 1)", "parity_is_even_or_odd"),
        _check("availability_rule", "ordinal IN (1, 2, 3, 4, 5, -1)", "ordinal_is_of_the_month"),
        _check("availability_rule", MEDIA, "medium_is_known"),
        _check(
            "availability_rule", "school_holidays IN ('any', 'never', 'only')", "school_holidays_are_known"
        ),
        _reference("availability_rule", "offering"),
    )
    op.create_index("ix_availability_rule_host_id", "availability_rule", ["host_id"])
    op.create_index("ix_availability_rule_place_id", "availability_rule", ["place_id"])


def _overrides() -> None:
    table = "availability_override"
    op.create_table(
        table,
        *_owned(table),
        sa.Column("day", sa.Date(), nullable=False),
        sa.UniqueConstraint("host_id", "day", name=op.f("uq_availability_override_host_id_day")),
        sa.UniqueConstraint("place_id", "day", name=op.f("uq_availability_override_place_id_day")),
    )
    op.create_table(
        "override_window",
        sa.Column("override_id", sa.Integer(), nullable=False),
        *_minutes("override_window"),
        sa.ForeignKeyConstraint(
            ["override_id"],
            ["availability_override.id"],
            name=op.f("fk_override_window_override_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("override_id", "start_minute", name=op.f("pk_override_window")),
    )


def _absences_and_busy_times() -> None:
    op.create_table(
        "absence",
        *_owned("absence"),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("starts_at", sa.BigInteger(), nullable=True),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        _check("absence", DAYS_OR_INSTANTS, "is_of_days_or_instants"),
        _check("absence", "first_day <= last_day", "days_are_in_order"),
        _check("absence", "starts_at < ends_at", "ends_after_it_starts"),
    )
    op.create_index("ix_absence_host_id", "absence", ["host_id"])
    op.create_index("ix_absence_place_id", "absence", ["place_id"])
    op.create_table(
        "busy_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        _check("busy_time", "starts_at <= ends_at", "ends_when_it_starts_or_later"),
        _check("busy_time", "ends_at - starts_at <= 2678400", "at_most_31_days"),
        _reference("busy_time", "host"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy_time")),
    )
    op.create_index("ix_busy_time_host_id_starts_at", "busy_time", ["host_id", "starts_at"])


def _owned(table: str) -> list[sa.schema.SchemaItem]:
    """Columns and rules of what belongs to a host or a place of a house."""
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        _check(table, HOST_OR_PLACE, "of_a_host_or_a_place"),
        _reference(table, "house"),
        _reference(table, "host"),
        _reference(table, "place"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _minutes(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        _check(table, "start_minute >= 0 AND start_minute < 1440", "start_is_a_minute_of_the_day"),
        _check(table, "end_minute >= 0 AND end_minute <= 1440", "end_is_a_minute_of_the_day"),
    ]


def _reference(table: str, other: str) -> sa.ForeignKeyConstraint:
    column, name = f"{other}_id", f"fk_{table}_{other}_id"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(name), ondelete="CASCADE")


def _check(table: str, rule: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _add_checks(batch: object, table: str, checks: dict[str, str]) -> None:
    for name, rule in checks.items():
        batch.create_check_constraint(op.f(f"ck_{table}_{name}"), rule)


def _drop_checks(batch: object, table: str, checks: dict[str, str]) -> None:
    for name in checks:
        batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
