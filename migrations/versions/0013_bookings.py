"""Bookings: who made them and how, their version, notes of staff, and places held back for phone and desk.

New tables, and columns with defaults that the old code need not know of.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("booking") as booking:
        booking.add_column(sa.Column("channel", sa.String(), nullable=False, server_default="online"))
        booking.add_column(sa.Column("made_by_id", sa.Integer(), nullable=True))
        booking.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        booking.create_check_constraint(
            op.f("ck_booking_channel_is_known"), "channel IN ('online', 'staff', 'walk_in')"
        )
        booking.create_check_constraint(op.f("ck_booking_version_is_positive"), "version > 0")
        booking.create_foreign_key(
            op.f("fk_booking_made_by_id"), "staff", ["made_by_id"], ["id"], ondelete="SET NULL"
        )
    held_back()
    notes()


def held_back() -> None:
    op.create_table(
        "held_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("minutes_before", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_held_back_places_are_positive")),
        sa.CheckConstraint(
            "minutes_before >= 0 AND minutes_before <= 86400", name=op.f("ck_held_back_ends_before_the_date")
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_held_back_version_is_positive")),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_held_back_house_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_held_back_occurrence_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_held_back_claim_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_back")),
        sa.UniqueConstraint("occurrence_id", name=op.f("uq_held_back_occurrence_id")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_held_back_claim_id")),
    )
    op.create_index("ix_held_back_house_id", "held_back", ["house_id"], unique=False)


def notes() -> None:
    op.create_table(
        "booking_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('note', 'reason')", name=op.f("ck_booking_note_kind_is_known")),
        sa.CheckConstraint(
            "length(words) > 0 AND length(words) <= 1000", name=op.f("ck_booking_note_words_are_given")
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_booking_note_booking_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_booking_note_staff_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_note")),
    )
    op.create_index("ix_booking_note_booking_id", "booking_note", ["booking_id"], unique=False)


def downgrade() -> None:
    op.drop_table("booking_note")
    op.drop_table("held_back")
    with op.batch_alter_table("booking") as booking:
        booking.drop_constraint(op.f("fk_booking_made_by_id"), type_="foreignkey")
        booking.drop_constraint(op.f("ck_booking_version_is_positive"), type_="check")
        booking.drop_constraint(op.f("ck_booking_channel_is_known"), type_="check")
        booking.drop_column("version")
        booking.drop_column("made_by_id")
        booking.drop_column("channel")
