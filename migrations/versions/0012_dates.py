"""Dates of staff: series with the days that they leave out, and when a date last changed.

Every new column comes with a default or is empty, so that the code before it can go on publishing.  A date that
is there already last changed when it was cancelled, or when it was published: the instant of its claim.
SQLite rebuilds occurrence; the guards stand on other tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CHANGED = """
    UPDATE occurrence SET changed_at = COALESCE(
        cancelled_at, (SELECT claim.created_at FROM claim WHERE claim.id = occurrence.claim_id), 0)
"""
NOT_CANCELLED = sa.text("state <> 'cancelled'")


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("rhythm", sa.String(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.Column("state_holidays", sa.String(), nullable=False),
        sa.Column("school_holidays", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *checks(),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_series_house_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["offering_id"], ["offering.id"], name=op.f("fk_series_offering_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("once", name=op.f("uq_series_once")),
    )
    op.create_index("ix_series_offering_id", "series", ["offering_id"], unique=False)
    op.create_index("ix_series_house_id", "series", ["house_id"], unique=False)
    op.create_table(
        "series_gap",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.CheckConstraint(
            "why IN ('dropped', 'holiday', 'school_holiday', 'closure', 'conflict')",
            name=op.f("ck_series_gap_why_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_series_gap_series_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("series_id", "day", name=op.f("pk_series_gap")),
    )
    with op.batch_alter_table("occurrence") as occurrence:
        occurrence.add_column(sa.Column("changed_at", sa.BigInteger(), nullable=False, server_default="0"))
        occurrence.add_column(sa.Column("once", sa.String(), nullable=True))
        occurrence.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        occurrence.add_column(sa.Column("series_day", sa.Date(), nullable=True))
        occurrence.create_foreign_key(op.f("fk_occurrence_series_id"), "series", ["series_id"], ["id"])
        occurrence.create_unique_constraint(op.f("uq_occurrence_once"), ["once"])
        occurrence.create_check_constraint(
            op.f("ck_occurrence_series_names_its_day"), "(series_id IS NULL) = (series_day IS NULL)"
        )
    op.create_index(
        "ix_occurrence_series_id_series_day",
        "occurrence",
        ["series_id", "series_day"],
        unique=True,
        sqlite_where=NOT_CANCELLED,
        postgresql_where=NOT_CANCELLED,
    )
    op.execute(CHANGED)


def checks() -> list[sa.CheckConstraint]:
    named = {
        "rhythm_is_known": "rhythm IN ('weekly', 'second_week', 'monthly')",
        "only_months_have_ordinals": "(rhythm = 'monthly') = (ordinal IS NOT NULL)",
        "ordinal_is_in_a_month": "ordinal IN (-1, 1, 2, 3, 4, 5)",
        "ends_on_a_day_or_after_times": "(last_day IS NULL) <> (times IS NULL)",
        "days_are_in_order": "last_day >= first_day",
        "times_are_positive": "times > 0",
        "state_holidays_are_known": "state_holidays IN ('skip', 'open')",
        "school_holidays_are_known": "school_holidays IN ('skip', 'open')",
    }
    return [sa.CheckConstraint(text, name=op.f(f"ck_series_{name}")) for name, text in named.items()]


def downgrade() -> None:
    op.drop_index("ix_occurrence_series_id_series_day", "occurrence")
    with op.batch_alter_table("occurrence") as occurrence:
        occurrence.drop_constraint(op.f("ck_occurrence_series_names_its_day"), type_="check")
        occurrence.drop_constraint(op.f("uq_occurrence_once"), type_="unique")
        occurrence.drop_constraint(op.f("fk_occurrence_series_id"), type_="foreignkey")
        for name in ("series_day", "series_id", "once", "changed_at"):
            occurrence.drop_column(name)
    op.drop_table("series_gap")
    op.drop_index("ix_series_house_id", "series")
    op.drop_index("ix_series_offering_id", "series")
    op.drop_table("series")
