"""Walk-ins: numbered tickets of a day, the queue that counts them, the desks that call them.

New tables alone: the code before it does not know them, and needs not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "queue_day",
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.Integer(), nullable=False),
        sa.Column("stopped_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("numbers >= 0", name=op.f("ck_queue_day_numbers_are_counted")),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_queue_day_house_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["offering.id"], name=op.f("fk_queue_day_offering_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("offering_id", "day", name=op.f("pk_queue_day")),
    )
    op.create_table(
        "desk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("length(label) <= 40", name=op.f("ck_desk_label_is_short")),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_desk_house_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["offering.id"], name=op.f("fk_desk_offering_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk")),
        sa.UniqueConstraint("offering_id", "label", name=op.f("uq_desk_offering_id_label")),
    )
    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.BigInteger(), nullable=False),
        sa.Column("called_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'called', 'missed', 'served', 'left')",
            name=op.f("ck_ticket_state_is_known"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_ticket_number_is_positive")),
        sa.CheckConstraint("calls >= 0", name=op.f("ck_ticket_calls_are_counted")),
        sa.CheckConstraint(
            "(calls = 0) = (called_at IS NULL)", name=op.f("ck_ticket_called_has_its_instant")
        ),
        sa.CheckConstraint(
            "(state IN ('left', 'missed', 'served')) = (ended_at IS NOT NULL)",
            name=op.f("ck_ticket_ended_has_its_instant"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('called', 'served', 'missed') OR calls > 0",
            name=op.f("ck_ticket_nobody_is_served_uncalled"),
        ),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_ticket_house_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["offering.id"], name=op.f("fk_ticket_offering_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["desk_id"], ["desk.id"], name=op.f("fk_ticket_desk_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("offering_id", "day", "number", name=op.f("uq_ticket_offering_id_day_number")),
        sa.UniqueConstraint("once", name=op.f("uq_ticket_once")),
    )
    op.create_index("ix_ticket_day", "ticket", ["day"], unique=False)


def downgrade() -> None:
    op.drop_table("ticket")
    op.drop_table("desk")
    op.drop_table("queue_day")
