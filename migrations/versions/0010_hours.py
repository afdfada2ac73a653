"""Hosts have topics of their own, beside those of the offerings that they give.

A new table that the code before it does not know of: it can go on writing hosts and topics.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "host_topic",
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["host_id"], ["host.id"], name=op.f("fk_host_topic_host_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_host_topic_topic_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("host_id", "topic_id", name=op.f("pk_host_topic")),
    )


def downgrade() -> None:
    op.drop_table("host_topic")
