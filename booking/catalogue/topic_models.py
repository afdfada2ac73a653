"""Tables: topic, and which offering belongs to which."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from booking.catalogue.staff_refusals import KeyTaken
from booking.db import Base, one_of

TOPIC_KINDS = ("topic", "cooperation")


class Topic(Base):
    """A subject by which people find offerings and hosts; ``catalogue.topics`` tells what its page holds."""

    __tablename__ = "topic"
    __table_args__ = (
        UniqueConstraint("house_id", "key"),
        one_of("kind", TOPIC_KINDS, name="kind_is_known"),
        CheckConstraint("position >= 0", name="position_is_not_negative"),
    )
    refusals = {"uq_topic_house_id_key": KeyTaken}

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    key: Mapped[str]
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    kind: Mapped[str] = mapped_column(default="topic", server_default="topic")
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    texts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    partners: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")
    links: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")
    picture: Mapped[str] = mapped_column(default="", server_default="")
    is_published: Mapped[bool] = mapped_column(default=True, server_default=true())
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class OfferingTopic(Base):
    """An offering belongs to a topic."""

    __tablename__ = "offering_topic"

    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True)
