"""Check-in: when a party arrived, and how many of it came.

Two new tables; the code before them does not know them, and needs not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arrival",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_arrival_version_is_positive")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_arrival_booking_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_arrival")),
    )
    op.create_table(
        "attendance",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "category IN ('adults', 'children', 'pupils', 'companions')",
            name=op.f("ck_attendance_category_is_known"),
        ),
        sa.CheckConstraint("people > 0", name=op.f("ck_attendance_people_are_positive")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_attendance_booking_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("booking_id", "category", name=op.f("pk_attendance")),
    )


def downgrade() -> None:
    op.drop_table("attendance")
    op.drop_table("arrival")
