"""Programme: what staff edit of topics, places, pools and offerings, and repairs that are told apart.

Every column comes with a default, so that the code before it can go on writing.  Repairs were claims on a pool
that nobody else held: they become rows of their own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_VERSIONED = ("topic", "place", "pool")
_RETIRED = ("place", "pool")
_HOLDERS = ("occurrence", "booking", "hold", "access_need")


def upgrade() -> None:
    for table in _VERSIONED:
        with op.batch_alter_table(table) as altered:
            if table in _RETIRED:
                altered.add_column(
                    sa.Column("is_active", sa.Boolean(), nullable=False, server_default=sa.true())
                )
            altered.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("offering") as offering:
        offering.add_column(sa.Column("sign_video", sa.String(), nullable=False, server_default=""))
    _repairs()


def _repairs() -> None:
    op.create_table(
        "repair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair")),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_repair_house_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.id"], name=op.f("fk_repair_pool_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_repair_claim_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("claim_id", name=op.f("uq_repair_claim_id")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_repair_ends_after_it_starts")),
        sa.CheckConstraint("units > 0", name=op.f("ck_repair_units_are_positive")),
    )
    op.create_index(op.f("ix_repair_house_id"), "repair", ["house_id"])
    op.create_index(op.f("ix_repair_pool_id"), "repair", ["pool_id"])
    unheld = " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {holder} WHERE {holder}.claim_id = claim.id)" for holder in _HOLDERS
    )
    op.execute(
        "INSERT INTO repair (house_id, pool_id, claim_id, units, starts_at, ends_at, note)"
        " SELECT claim.house_id, min(resource.pool_id), claim.id, max(allocation.quantity),"
        " min(allocation.starts_at), max(allocation.ends_at), ''"
        " FROM claim JOIN allocation ON allocation.claim_id = claim.id"
        " JOIN resource ON resource.id = allocation.resource_id"
        f" WHERE claim.expires_at IS NULL AND resource.pool_id IS NOT NULL AND {unheld}"
        " GROUP BY claim.house_id, claim.id HAVING count(DISTINCT resource.pool_id) = 1"
    )


def downgrade() -> None:
    op.drop_table("repair")
    with op.batch_alter_table("offering") as offering:
        offering.drop_column("sign_video")
    for table in reversed(_VERSIONED):
        with op.batch_alter_table(table) as altered:
            altered.drop_column("version")
            if table in _RETIRED:
                altered.drop_column("is_active")
