"""Voices: ideas and barrier reports, and a link for each.

A new table, and a purpose more for links: the code before it does not know
them, and needs not.  SQLite rebuilds link; the guards stand on other tables.  What
the journal told of access needs goes for good: beside the row of a booking it
told whose they were.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PURPOSES = "'manage', 'hold', 'confirm', 'ticket', 'desk'"


def purposes(listed: str) -> None:
    with op.batch_alter_table("link") as link:
        link.drop_constraint(op.f("ck_link_purpose_is_known"), type_="check")
        link.create_check_constraint(op.f("ck_link_purpose_is_known"), f"purpose IN ({listed})")


def upgrade() -> None:
    op.execute("DELETE FROM event WHERE deed IN ('access.asked', 'access.changed')")
    purposes(f"{PURPOSES}, 'voice'")
    op.create_table(
        "voice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        *checks(),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_voice_house_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_voice_topic_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice")),
        sa.UniqueConstraint("once", name=op.f("uq_voice_once")),
        sa.UniqueConstraint("reference", name=op.f("uq_voice_reference")),
    )
    op.create_index("ix_voice_house_id_state", "voice", ["house_id", "state"], unique=False)
    op.create_index("ix_voice_changed_at", "voice", ["changed_at"], unique=False)


def checks() -> list[sa.CheckConstraint]:
    true = {
        "kind_is_known": "kind IN ('idea', 'barrier')",
        "state_is_known": (
            "state IN ('new', 'read', 'answered', 'invited', 'taken_up', 'declined', 'closed')"
        ),
        "language_is_known": "language IN ('de', 'en', 'ls')",
        "who_is_known": "who IN ('', 'citizen', 'science', 'business', 'school', 'other')",
        "who_is_told_with_an_idea": "(kind = 'idea') = (who <> '')",
        "topic_is_of_an_idea": "kind = 'idea' OR topic_id IS NULL",
        "only_ideas_are_invited": "kind = 'idea' OR state <> 'invited'",
        "page_is_a_path_of_a_barrier": "page = '' OR (kind = 'barrier' AND substr(page, 1, 1) = '/')",
        "words_are_given": "length(words) > 0",
        "reference_has_8_characters": "length(reference) = 8",
        "answer_has_its_instant": "(answer = '') = (answered_at IS NULL)",
        "answered_has_its_answer": (
            "state NOT IN ('answered', 'invited', 'taken_up', 'declined') OR answered_at IS NOT NULL"
        ),
    }
    return [sa.CheckConstraint(said, name=op.f(f"ck_voice_{name}")) for name, said in true.items()]


def downgrade() -> None:
    op.drop_index("ix_voice_changed_at", table_name="voice")
    op.drop_index("ix_voice_house_id_state", table_name="voice")
    op.drop_table("voice")
    op.execute("DELETE FROM link WHERE purpose = 'voice'")
    purposes(PURPOSES)
