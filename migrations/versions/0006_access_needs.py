"""Access needs: what somebody needs to take part, apart from the booking.

A new table alone: the code before it does not know it, and needs not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("consent_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('wheelchair', 'dgs', 'induction_loop', 'quiet', 'companion')",
            name=op.f("ck_access_need_kind_is_known"),
        ),
        sa.CheckConstraint(
            "state IN ('arranged', 'open', 'cancelled')", name=op.f("ck_access_need_state_is_known")
        ),
        sa.CheckConstraint(
            "state = 'arranged' OR due_at IS NOT NULL", name=op.f("ck_access_need_a_task_has_its_deadline")
        ),
        sa.CheckConstraint(
            "state = 'arranged' OR claim_id IS NULL",
            name=op.f("ck_access_need_only_what_is_arranged_takes"),
        ),
        sa.CheckConstraint(
            "state <> 'cancelled' OR words = ''", name=op.f("ck_access_need_cancelled_says_nothing")
        ),
        sa.CheckConstraint("length(words) <= 300", name=op.f("ck_access_need_words_are_few")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_access_need_booking_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_access_need_claim_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_need")),
        sa.UniqueConstraint("booking_id", "kind", name=op.f("uq_access_need_booking_id_kind")),
    )
    op.create_index(op.f("ix_access_need_claim_id"), "access_need", ["claim_id"])


def downgrade() -> None:
    op.drop_table("access_need")
