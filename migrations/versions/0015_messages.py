"""What houses say in their mails in their own words.

A new table: the code before it does not know it, and needs not.  A mail
without a row keeps its standard text.  The outbox gets an index by which its
page finds the newest mails of a house.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

LENGTHS = {"subject": 150, "opening": 600, "extra": 2000, "bring": 1000, "closing": 600, "signature": 400}
OF_HOUSE = "offering_id IS NULL"


def upgrade() -> None:
    fit = " AND ".join(f"length({name}) <= {most}" for name, most in LENGTHS.items())
    op.create_table(
        "mail_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in LENGTHS),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("language IN ('de', 'en', 'ls')", name=op.f("ck_mail_text_language_is_known")),
        sa.CheckConstraint("version > 0", name=op.f("ck_mail_text_version_is_positive")),
        sa.CheckConstraint(fit, name=op.f("ck_mail_text_texts_fit")),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_mail_text_house_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["offering.id"], name=op.f("fk_mail_text_offering_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_text")),
        sa.UniqueConstraint(
            "offering_id", "kind", "language", name=op.f("uq_mail_text_offering_id_kind_language")
        ),
    )
    op.create_index("ix_mail_text_house_id", "mail_text", ["house_id"], unique=False)
    op.create_index(
        "ix_mail_text_house_id_kind_language",
        "mail_text",
        ["house_id", "kind", "language"],
        unique=True,
        sqlite_where=sa.text(OF_HOUSE),
        postgresql_where=sa.text(OF_HOUSE),
    )
    op.create_index("ix_outgoing_mail_house_id_id", "outgoing_mail", ["house_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_outgoing_mail_house_id_id", table_name="outgoing_mail")
    op.drop_index("ix_mail_text_house_id_kind_language", table_name="mail_text")
    op.drop_index("ix_mail_text_house_id", table_name="mail_text")
    op.drop_table("mail_text")
