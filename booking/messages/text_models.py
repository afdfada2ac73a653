"""Table: mail_text, what a house says in its mails in its own words."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Base, one_of
from booking.messages.passages import LENGTHS

LANGUAGES = ("de", "en", "ls")
OF_HOUSE = text("offering_id IS NULL")


class MailText(Base):
    """The own words of a house for one kind of mail in one language; an empty passage keeps the standard text.

    With ``offering_id`` they hold for that offering alone, and go before
    those of the house.  ``kind`` is that of a mail, or "every".
    """

    __tablename__ = "mail_text"
    __table_args__ = (
        one_of("language", LANGUAGES, name="language_is_known"),
        CheckConstraint("version > 0", name="version_is_positive"),
        CheckConstraint(
            " AND ".join(f"length({name}) <= {most}" for name, most in LENGTHS.items()), name="texts_fit"
        ),
        UniqueConstraint("offering_id", "kind", "language"),
        Index(
            "ix_mail_text_house_id_kind_language",
            "house_id",
            "kind",
            "language",
            unique=True,
            sqlite_where=OF_HOUSE,
            postgresql_where=OF_HOUSE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"), index=True)
    offering_id: Mapped[int | None] = mapped_column(ForeignKey("offering.id", ondelete="CASCADE"))
    kind: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    opening: Mapped[str] = mapped_column(default="")
    extra: Mapped[str] = mapped_column(default="")
    bring: Mapped[str] = mapped_column(default="")
    closing: Mapped[str] = mapped_column(default="")
    signature: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
