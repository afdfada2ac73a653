"""The tables of the first version: houses, catalogue, schedule, bookings, outbox, links, journal.

The first revision: there are no rows yet.  The guards against double booking
follow in 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt_count",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("window_ends_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window_ends_at", name=op.f("pk_attempt_count")),
    )
    op.create_index("ix_attempt_count_window_ends_at", "attempt_count", ["window_ends_at"], unique=False)
    op.create_table(
        "house",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(key) > 0", name=op.f("ck_house_key_is_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house")),
        sa.UniqueConstraint("key", name=op.f("uq_house_key")),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_claim_house_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_index("ix_claim_expires_at", "claim", ["expires_at"], unique=False)
    op.create_table(
        "closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_closure_days_are_in_order")),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_closure_house_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    op.create_index("ix_closure_house_id_first_day", "closure", ["house_id", "first_day"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("object_kind", sa.String(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_event_house_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_house_id_happened_at", "event", ["house_id", "happened_at"], unique=False)
    op.create_table(
        "holiday_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_holiday_opening_house_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday_opening")),
        sa.UniqueConstraint("house_id", "day", name=op.f("uq_holiday_opening_house_id_day")),
    )
    op.create_table(
        "host",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("last_name", sa.String(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('expert', 'guide', 'interpreter')", name=op.f("ck_host_kind_is_known")),
        sa.CheckConstraint("length(first_name) > 0", name=op.f("ck_host_first_name_is_given")),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_host_house_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host")),
        sa.UniqueConstraint("house_id", "key", name=op.f("uq_host_house_id_key")),
    )
    op.create_table(
        "house_hostname",
        sa.Column("hostname", sa.String(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_house_hostname_house_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hostname", name=op.f("pk_house_hostname")),
    )
    op.create_index(op.f("ix_house_hostname_house_id"), "house_hostname", ["house_id"], unique=False)
    op.create_table(
        "link",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("purpose IN ('manage')", name=op.f("ck_link_purpose_is_known")),
        sa.CheckConstraint("length(id) = 22", name=op.f("ck_link_id_has_128_bits")),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_link_house_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    op.create_index("ix_link_expires_at", "link", ["expires_at"], unique=False)
    op.create_index("ix_link_purpose_subject_id", "link", ["purpose", "subject_id"], unique=False)
    op.create_table(
        "offering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("party_min", sa.Integer(), nullable=False),
        sa.Column("party_max", sa.Integer(), nullable=False),
        sa.Column("notice_minutes", sa.Integer(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("cancel_until_minutes", sa.Integer(), nullable=False),
        sa.Column("age_min", sa.Integer(), nullable=False),
        sa.Column("grade_first", sa.Integer(), nullable=True),
        sa.Column("grade_last", sa.Integer(), nullable=True),
        sa.Column("groups_max", sa.Integer(), nullable=False),
        sa.Column("is_step_free", sa.Boolean(), nullable=False),
        sa.Column("is_walk_in", sa.Boolean(), nullable=False),
        sa.Column("address_check", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "address_check IN ('off', 'on', 'when_suspicious')",
            name=op.f("ck_offering_address_check_is_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('tour', 'talk', 'workshop', 'consultation', 'school')",
            name=op.f("ck_offering_kind_is_known"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'archived')", name=op.f("ck_offering_state_is_known")
        ),
        sa.CheckConstraint("age_min >= 0 AND age_min < 120", name=op.f("ck_offering_age_min_is_an_age")),
        sa.CheckConstraint("grade_first <= grade_last", name=op.f("ck_offering_grades_are_in_order")),
        sa.CheckConstraint("groups_max > 0", name=op.f("ck_offering_groups_are_positive")),
        sa.CheckConstraint("horizon_days > 0", name=op.f("ck_offering_horizon_is_positive")),
        sa.CheckConstraint("minutes > 0 AND minutes <= 1440", name=op.f("ck_offering_minutes_fit_a_day")),
        sa.CheckConstraint(
            "notice_minutes >= 0 AND cancel_until_minutes >= 0",
            name=op.f("ck_offering_deadlines_are_not_negative"),
        ),
        sa.CheckConstraint(
            "party_min > 0 AND party_min <= party_max AND party_max <= seats",
            name=op.f("ck_offering_party_fits_seats"),
        ),
        sa.CheckConstraint("seats > 0", name=op.f("ck_offering_seats_are_positive")),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_offering_house_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offering")),
        sa.UniqueConstraint("house_id", "key", name=op.f("uq_offering_house_id_key")),
    )
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("forget_when_sent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("leased_until", sa.BigInteger(), nullable=True),
        sa.Column("lease", sa.String(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(state = 'leased') = (leased_until IS NOT NULL)",
            name=op.f("ck_outgoing_mail_leased_has_its_end"),
        ),
        sa.CheckConstraint("method IN ('REQUEST', 'CANCEL')", name=op.f("ck_outgoing_mail_method_is_known")),
        sa.CheckConstraint(
            "state IN ('owed', 'leased', 'sent', 'skipped', 'failed', 'parked')",
            name=op.f("ck_outgoing_mail_state_is_known"),
        ),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_outgoing_mail_tries_are_counted")),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_outgoing_mail_house_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
    )
    op.create_index("ix_outgoing_mail_state_due_at", "outgoing_mail", ["state", "due_at"], unique=False)
    op.create_index("ix_outgoing_mail_thread_id", "outgoing_mail", ["thread", "id"], unique=False)
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("people_limit", sa.Integer(), nullable=True),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("is_step_free", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('room', 'meeting_point')", name=op.f("ck_place_kind_is_known")),
        sa.CheckConstraint("people_limit > 0", name=op.f("ck_place_people_limit_is_positive")),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_place_house_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("house_id", "key", name=op.f("uq_place_house_id_key")),
    )
    op.create_table(
        "pool",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.CheckConstraint("units >= 0", name=op.f("ck_pool_units_are_counted")),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_pool_house_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool")),
        sa.UniqueConstraint("house_id", "key", name=op.f("uq_pool_house_id_key")),
    )
    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_topic_house_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("house_id", "key", name=op.f("uq_topic_house_id_key")),
    )
    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("pool_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("people_per_unit", sa.Integer(), nullable=True),
        sa.Column("before_minutes", sa.Integer(), nullable=False),
        sa.Column("after_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'pool') = (pool_id IS NOT NULL)", name=op.f("ck_need_pool_names_its_pool")
        ),
        sa.CheckConstraint(
            "(kind = 'room') = (place_id IS NOT NULL)", name=op.f("ck_need_room_names_its_place")
        ),
        sa.CheckConstraint("kind IN ('host', 'room', 'pool')", name=op.f("ck_need_kind_is_known")),
        sa.CheckConstraint(
            "people_per_unit IS NULL OR (kind = 'pool' AND people_per_unit > 0)",
            name=op.f("ck_need_ratio_is_of_a_pool"),
        ),
        sa.CheckConstraint(
            "before_minutes >= 0 AND after_minutes >= 0", name=op.f("ck_need_buffers_are_not_negative")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_need_quantity_is_positive")),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["offering.id"], name=op.f("fk_need_offering_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_need_place_id")),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.id"], name=op.f("fk_need_pool_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
    )
    op.create_index("ix_need_offering_id", "need", ["offering_id"], unique=False)
    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("planned_seats", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("limited_by_pool_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.Column("cancel_reason", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)",
            name=op.f("ck_occurrence_cancelled_has_its_instant"),
        ),
        sa.CheckConstraint(
            "language IN ('de', 'en', 'uk', 'dgs', 'ls')", name=op.f("ck_occurrence_language_is_known")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'cancelled')", name=op.f("ck_occurrence_state_is_known")
        ),
        sa.CheckConstraint(
            "seats > 0 AND seats <= planned_seats", name=op.f("ck_occurrence_seats_are_planned")
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_occurrence_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_occurrence_claim_id")),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_occurrence_house_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["limited_by_pool_id"], ["pool.id"], name=op.f("fk_occurrence_limited_by_pool_id")
        ),
        sa.ForeignKeyConstraint(["offering_id"], ["offering.id"], name=op.f("fk_occurrence_offering_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_occurrence_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
    )
    op.create_index("ix_occurrence_house_id_starts_at", "occurrence", ["house_id", "starts_at"], unique=False)
    op.create_index(
        "ix_occurrence_offering_id_starts_at", "occurrence", ["offering_id", "starts_at"], unique=False
    )
    op.create_table(
        "offering_audience",
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.CheckConstraint(
            "audience IN ('everyone', 'families', 'seniors', 'science', 'business', 'initiatives', 'primary', 'secondary', 'vocational', 'special')",
            name=op.f("ck_offering_audience_audience_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["offering_id"],
            ["offering.id"],
            name=op.f("fk_offering_audience_offering_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("offering_id", "audience", name=op.f("pk_offering_audience")),
    )
    op.create_table(
        "offering_medium",
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("medium", sa.String(), nullable=False),
        sa.CheckConstraint(
            "medium IN ('on_site', 'video', 'phone')", name=op.f("ck_offering_medium_medium_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["offering.id"], name=op.f("fk_offering_medium_offering_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("offering_id", "medium", name=op.f("pk_offering_medium")),
    )
    op.create_table(
        "offering_text",
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("bring", sa.String(), nullable=False),
        sa.Column("confirmation", sa.String(), nullable=False),
        sa.Column("warning", sa.String(), nullable=False),
        sa.CheckConstraint("language IN ('de', 'en', 'ls')", name=op.f("ck_offering_text_language_is_known")),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_offering_text_title_is_given")),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["offering.id"], name=op.f("fk_offering_text_offering_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("offering_id", "language", name=op.f("pk_offering_text")),
    )
    op.create_table(
        "offering_topic",
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["offering.id"], name=op.f("fk_offering_topic_offering_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_offering_topic_topic_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("offering_id", "topic_id", name=op.f("pk_offering_topic")),
    )
    op.create_table(
        "skill",
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_skill_host_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["offering_id"], ["offering.id"], name=op.f("fk_skill_offering_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("host_id", "offering_id", name=op.f("pk_skill")),
    )
    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("unreachable_at", sa.BigInteger(), nullable=True),
        sa.Column("erased_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "erased_at IS NULL OR (name = '' AND email = '' AND phone = '' AND note = '')",
            name=op.f("ck_booking_erased_is_empty"),
        ),
        sa.CheckConstraint("language IN ('de', 'en', 'ls')", name=op.f("ck_booking_language_is_known")),
        sa.CheckConstraint(
            "state IN ('attended', 'cancelled_by_house', 'cancelled_by_visitor', 'confirmed', 'declined', 'declined_in_calendar', 'expired', 'held', 'left', 'no_show', 'offered', 'requested', 'to_be_confirmed', 'waiting', 'withdrawn')",
            name=op.f("ck_booking_state_is_known"),
        ),
        sa.CheckConstraint("length(reference) = 8", name=op.f("ck_booking_reference_has_8_characters")),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_booking_sequence_is_not_negative")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_booking_claim_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_booking_house_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"], name=op.f("fk_booking_occurrence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("once", name=op.f("uq_booking_once")),
        sa.UniqueConstraint("reference", name=op.f("uq_booking_reference")),
        sa.UniqueConstraint("uid", name=op.f("uq_booking_uid")),
    )
    op.create_index(op.f("ix_booking_claim_id"), "booking", ["claim_id"], unique=False)
    op.create_index("ix_booking_email", "booking", ["email"], unique=False)
    op.create_index("ix_booking_ends_at", "booking", ["ends_at"], unique=False)
    op.create_index(op.f("ix_booking_house_id"), "booking", ["house_id"], unique=False)
    op.create_index("ix_booking_occurrence_id", "booking", ["occurrence_id"], unique=False)
    op.create_table(
        "occurrence_host",
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_occurrence_host_host_id")),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["occurrence.id"],
            name=op.f("fk_occurrence_host_occurrence_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("occurrence_id", "host_id", name=op.f("pk_occurrence_host")),
    )
    op.create_index(op.f("ix_occurrence_host_host_id"), "occurrence_host", ["host_id"], unique=False)
    op.create_table(
        "resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("pool_id", sa.Integer(), nullable=True),
        sa.Column("occurrence_id", sa.Integer(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("capacity_since", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN host_id IS NULL THEN 0 ELSE 1 END + CASE WHEN place_id IS NULL THEN 0 ELSE 1 END + CASE WHEN pool_id IS NULL THEN 0 ELSE 1 END + CASE WHEN occurrence_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_resource_names_exactly_one"),
        ),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_resource_capacity_is_counted")),
        sa.ForeignKeyConstraint(
            ["host_id"], ["host.id"], name=op.f("fk_resource_host_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["house_id"], ["house.id"], name=op.f("fk_resource_house_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_resource_occurrence_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_resource_place_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pool_id"], ["pool.id"], name=op.f("fk_resource_pool_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sa.UniqueConstraint("host_id", name=op.f("uq_resource_host_id")),
        sa.UniqueConstraint("occurrence_id", name=op.f("uq_resource_occurrence_id")),
        sa.UniqueConstraint("place_id", name=op.f("uq_resource_place_id")),
        sa.UniqueConstraint("pool_id", name=op.f("uq_resource_pool_id")),
    )
    op.create_index(op.f("ix_resource_house_id"), "resource", ["house_id"], unique=False)
    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at - starts_at <= 2678400", name=op.f("ck_allocation_at_most_31_days")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_allocation_quantity_is_positive")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_allocation_ends_after_it_starts")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_allocation_claim_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_allocation_resource_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
    )
    op.create_index("ix_allocation_claim_id", "allocation", ["claim_id"], unique=False)
    op.create_index(
        "ix_allocation_resource_id_starts_at", "allocation", ["resource_id", "starts_at"], unique=False
    )
    op.create_table(
        "party_count",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "category IN ('adults', 'children', 'pupils', 'companions')",
            name=op.f("ck_party_count_category_is_known"),
        ),
        sa.CheckConstraint("people > 0", name=op.f("ck_party_count_people_are_positive")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_party_count_booking_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("booking_id", "category", name=op.f("pk_party_count")),
    )


def downgrade() -> None:
    op.drop_table("party_count")
    op.drop_index("ix_allocation_resource_id_starts_at", table_name="allocation")
    op.drop_index("ix_allocation_claim_id", table_name="allocation")
    op.drop_table("allocation")
    op.drop_index(op.f("ix_resource_house_id"), table_name="resource")
    op.drop_table("resource")
    op.drop_index(op.f("ix_occurrence_host_host_id"), table_name="occurrence_host")
    op.drop_table("occurrence_host")
    op.drop_index("ix_booking_occurrence_id", table_name="booking")
    op.drop_index(op.f("ix_booking_house_id"), table_name="booking")
    op.drop_index("ix_booking_ends_at", table_name="booking")
    op.drop_index("ix_booking_email", table_name="booking")
    op.drop_index(op.f("ix_booking_claim_id"), table_name="booking")
    op.drop_table("booking")
    op.drop_table("skill")
    op.drop_table("offering_topic")
    op.drop_table("offering_text")
    op.drop_table("offering_medium")
    op.drop_table("offering_audience")
    op.drop_index("ix_occurrence_offering_id_starts_at", table_name="occurrence")
    op.drop_index("ix_occurrence_house_id_starts_at", table_name="occurrence")
    op.drop_table("occurrence")
    op.drop_index("ix_need_offering_id", table_name="need")
    op.drop_table("need")
    op.drop_table("topic")
    op.drop_table("pool")
    op.drop_table("place")
    op.drop_index("ix_outgoing_mail_thread_id", table_name="outgoing_mail")
    op.drop_index("ix_outgoing_mail_state_due_at", table_name="outgoing_mail")
    op.drop_table("outgoing_mail")
    op.drop_table("offering")
    op.drop_index("ix_link_purpose_subject_id", table_name="link")
    op.drop_index("ix_link_expires_at", table_name="link")
    op.drop_table("link")
    op.drop_index(op.f("ix_house_hostname_house_id"), table_name="house_hostname")
    op.drop_table("house_hostname")
    op.drop_table("host")
    op.drop_table("holiday_opening")
    op.drop_index("ix_event_house_id_happened_at", table_name="event")
    op.drop_table("event")
    op.drop_index("ix_closure_house_id_first_day", table_name="closure")
    op.drop_table("closure")
    op.drop_index("ix_claim_expires_at", table_name="claim")
    op.drop_table("claim")
    op.drop_table("house")
    op.drop_index("ix_attempt_count_window_ends_at", table_name="attempt_count")
    op.drop_table("attempt_count")
