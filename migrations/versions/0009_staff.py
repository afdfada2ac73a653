"""Staff: who signs in to run a house, their roles and sign-ins; programmes that a coordination runs.

New tables, and columns with defaults that the old code need not know of.  The journal keeps what a deed
changed.  On the way back links of staff end.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PURPOSES = "'manage', 'hold', 'confirm', 'ticket', 'desk', 'voice'"
OF_STAFF = "'invite', 'reset', 'check_in', 'host'"


def upgrade() -> None:
    purposes(f"{PURPOSES}, {OF_STAFF}")
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("changes", sa.JSON(), nullable=False, server_default="{}"))
    op.create_index("ix_event_object_kind_object_id", "event", ["object_kind", "object_id"], unique=False)
    with op.batch_alter_table("host") as host:
        host.add_column(sa.Column("email", sa.String(), nullable=False, server_default=""))
        host.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    programmes()
    staff()


def downgrade() -> None:
    for table in ("staff_programme", "sign_in", "staff_role", "staff"):
        op.drop_table(table)
    op.drop_index("ix_offering_programme_id", table_name="offering")
    with op.batch_alter_table("offering") as offering:
        offering.drop_constraint(op.f("fk_offering_programme_id"), type_="foreignkey")
        offering.drop_column("programme_id")
    op.drop_table("programme")
    with op.batch_alter_table("host") as host:
        host.drop_column("version")
        host.drop_column("email")
    op.drop_index("ix_event_object_kind_object_id", table_name="event")
    with op.batch_alter_table("event") as event:
        event.drop_column("changes")
    op.execute(f"DELETE FROM link WHERE purpose IN ({OF_STAFF})")
    purposes(PURPOSES)


def purposes(listed: str) -> None:
    with op.batch_alter_table("link") as link:
        link.drop_constraint(op.f("ck_link_purpose_is_known"), type_="check")
        link.create_check_constraint(op.f("ck_link_purpose_is_known"), f"purpose IN ({listed})")


def programmes() -> None:
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_programme_version_is_positive")),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_programme_house_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("house_id", "key", name=op.f("uq_programme_house_id_key")),
    )
    with op.batch_alter_table("offering") as offering:
        offering.add_column(sa.Column("programme_id", sa.Integer(), nullable=True))
        offering.create_foreign_key(op.f("fk_offering_programme_id"), "programme", ["programme_id"], ["id"])
    op.create_index("ix_offering_programme_id", "offering", ["programme_id"], unique=False)


def staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("runs_all", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("erased_at", sa.BigInteger(), nullable=True),
        *checks(
            "staff",
            language_is_known="language IN ('de', 'en')",
            erased_is_empty="erased_at IS NULL OR (name = '' AND password_hash = '')",
            name_is_given="erased_at IS NOT NULL OR length(name) > 0",
            email_is_normalised="email = lower(email)",
            version_is_positive="version > 0",
        ),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_staff_house_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_staff_host_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("house_id", "email", name=op.f("uq_staff_house_id_email")),
        sa.UniqueConstraint("host_id", name=op.f("uq_staff_host_id")),
    )
    op.create_table(
        "staff_role",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        *checks(
            "staff_role",
            role_is_known="role IN ('guide', 'expert', 'desk', 'coordinator', 'admin', 'auditor')",
        ),
        of_staff("staff_role"),
        sa.PrimaryKeyConstraint("staff_id", "role", name=op.f("pk_staff_role")),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        *checks("sign_in", id_is_a_digest="length(id) = 64", seen_after_it_began="created_at <= seen_at"),
        of_staff("sign_in"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
    )
    op.create_index("ix_sign_in_staff_id", "sign_in", ["staff_id"], unique=False)
    op.create_index("ix_sign_in_seen_at", "sign_in", ["seen_at"], unique=False)
    op.create_table(
        "staff_programme",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        of_staff("staff_programme"),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_staff_programme_programme_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("staff_id", "programme_id", name=op.f("pk_staff_programme")),
    )
    op.create_index("ix_staff_programme_programme_id", "staff_programme", ["programme_id"], unique=False)


def of_staff(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["staff_id"], ["staff.id"], name=op.f(f"fk_{table}_staff_id"), ondelete="CASCADE"
    )


def checks(table: str, **true: str) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(said, name=op.f(f"ck_{table}_{name}")) for name, said in true.items()]
