"""Table: topics of a host."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Base


class HostTopic(Base):
    """A host knows a subject, whatever the offerings are about that he or she gives."""

    __tablename__ = "host_topic"

    host_id: Mapped[int] = mapped_column(ForeignKey("host.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True)
