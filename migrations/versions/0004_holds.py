"""Holds: places and slots kept for minutes, dates that begin with a slot, links for more purposes.

Safe beside the running code: new columns come with what was true of every row
before.  SQLite rebuilds link, occurrence and booking; the guards stand on other
tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NEW_PURPOSES = "'manage', 'hold', 'confirm', 'ticket', 'desk'"


def purposes(listed: str) -> None:
    with op.batch_alter_table("link") as link:
        link.drop_constraint(op.f("ck_link_purpose_is_known"), type_="check")
        link.create_check_constraint(op.f("ck_link_purpose_is_known"), f"purpose IN ({listed})")


def upgrade() -> None:
    purposes(NEW_PURPOSES)
    with op.batch_alter_table("occurrence") as occurrence:
        occurrence.add_column(sa.Column("is_slot", sa.Boolean(), nullable=False, server_default=sa.false()))
        occurrence.add_column(sa.Column("medium", sa.String(), nullable=False, server_default="on_site"))
        occurrence.add_column(sa.Column("shared_host_id", sa.Integer(), nullable=True))
        occurrence.add_column(sa.Column("video_room", sa.String(), nullable=False, server_default=""))
        occurrence.create_foreign_key(
            op.f("fk_occurrence_shared_host_id"), "host", ["shared_host_id"], ["id"]
        )
        occurrence.create_check_constraint(
            op.f("ck_occurrence_medium_is_known"), "medium IN ('on_site', 'video', 'phone')"
        )
        occurrence.create_check_constraint(
            op.f("ck_occurrence_only_slots_are_shared_by_host"), "is_slot OR shared_host_id IS NULL"
        )
    op.create_index("ix_occurrence_claim_id", "occurrence", ["claim_id"])
    op.create_index(
        "ix_occurrence_offering_id_starts_at_shared_host_id",
        "occurrence",
        ["offering_id", "starts_at", "shared_host_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    with op.batch_alter_table("booking") as booking:
        booking.add_column(sa.Column("confirm_until", sa.BigInteger(), nullable=True))
        booking.add_column(sa.Column("video_told_at", sa.BigInteger(), nullable=True))
        booking.create_check_constraint(
            op.f("ck_booking_to_be_confirmed_has_its_end"),
            "state <> 'to_be_confirmed' OR confirm_until IS NOT NULL",
        )
    create_hold()


def create_hold() -> None:
    op.create_table(
        "hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("party", sa.JSON(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("medium", sa.String(), nullable=False),
        sa.Column("suspicion", sa.String(), nullable=False),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("medium IN ('on_site', 'video', 'phone')", name=op.f("ck_hold_medium_is_known")),
        sa.CheckConstraint("suspicion IN ('', 'rush', 'client')", name=op.f("ck_hold_suspicion_is_known")),
        sa.CheckConstraint(
            "extensions >= 0 AND extensions <= 12", name=op.f("ck_hold_extensions_are_bounded")
        ),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_hold_house_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"], name=op.f("fk_hold_occurrence_id")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_hold_claim_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_hold_booking_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        sa.UniqueConstraint("once", name=op.f("uq_hold_once")),
    )
    op.create_index("ix_hold_client_created_at", "hold", ["client", "created_at"])
    op.create_index("ix_hold_house_id_created_at", "hold", ["house_id", "created_at"])
    op.create_index("ix_hold_claim_id", "hold", ["claim_id"])
    op.create_index("ix_hold_occurrence_id", "hold", ["occurrence_id"])
    op.create_index(op.f("ix_hold_booking_id"), "hold", ["booking_id"])


def downgrade() -> None:
    op.drop_table("hold")
    with op.batch_alter_table("booking") as booking:
        booking.drop_constraint(op.f("ck_booking_to_be_confirmed_has_its_end"), type_="check")
        booking.drop_column("video_told_at")
        booking.drop_column("confirm_until")
    op.drop_index("ix_occurrence_offering_id_starts_at_shared_host_id", table_name="occurrence")
    op.drop_index("ix_occurrence_claim_id", table_name="occurrence")
    with op.batch_alter_table("occurrence") as occurrence:
        occurrence.drop_constraint(op.f("ck_occurrence_only_slots_are_shared_by_host"), type_="check")
        occurrence.drop_constraint(op.f("ck_occurrence_medium_is_known"), type_="check")
        occurrence.drop_constraint(op.f("fk_occurrence_shared_host_id"), type_="foreignkey")
        occurrence.drop_column("video_room")
        occurrence.drop_column("shared_host_id")
        occurrence.drop_column("medium")
        occurrence.drop_column("is_slot")
    op.execute("DELETE FROM link WHERE purpose <> 'manage'")
    purposes("'manage'")
