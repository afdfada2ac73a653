"""Topic pages: what a topic or a cooperation tells of itself.

Every column comes with a default, so that the code before it can go on writing topics; topics that are there
already stay topics and are published.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("topic") as topic:
        topic.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="topic"))
        topic.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
        topic.add_column(sa.Column("texts", sa.JSON(), nullable=False, server_default="{}"))
        topic.add_column(sa.Column("partners", sa.JSON(), nullable=False, server_default="[]"))
        topic.add_column(sa.Column("links", sa.JSON(), nullable=False, server_default="[]"))
        topic.add_column(sa.Column("picture", sa.String(), nullable=False, server_default=""))
        topic.add_column(sa.Column("is_published", sa.Boolean(), nullable=False, server_default=sa.true()))
        topic.create_check_constraint(
            op.f("ck_topic_kind_is_known"), sa.text("kind IN ('topic', 'cooperation')")
        )
        topic.create_check_constraint(op.f("ck_topic_position_is_not_negative"), sa.text("position >= 0"))


def downgrade() -> None:
    with op.batch_alter_table("topic") as topic:
        topic.drop_constraint(op.f("ck_topic_position_is_not_negative"), type_="check")
        topic.drop_constraint(op.f("ck_topic_kind_is_known"), type_="check")
        for name in ("is_published", "picture", "links", "partners", "texts", "position", "kind"):
            topic.drop_column(name)
