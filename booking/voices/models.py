"""Table: voice, what somebody told us."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from booking.db import Base, one_of
from booking.voices.refusals import FormUsed
from booking.voices.rules import WHO
from booking.voices.states import ANSWERS, KINDS, STATES

LANGUAGES = ("de", "en", "ls")
_ANSWERS = ", ".join(f"'{state}'" for state in ANSWERS)


class Voice(Base):
    """An idea, or a barrier that somebody met; deleted as a whole, by the person or when its time is over.

    ``once`` is the key of the form that told it.  ``page`` is the path of the
    page with the barrier, without the secrets of links.  ``answer`` is the
    newest one; the mails carried those before it.
    """

    __tablename__ = "voice"
    __table_args__ = (
        UniqueConstraint("once"),
        UniqueConstraint("reference"),
        one_of("kind", KINDS, name="kind_is_known"),
        one_of("state", STATES, name="state_is_known"),
        one_of("language", LANGUAGES, name="language_is_known"),
        one_of("who", ("", *WHO), name="who_is_known"),
        CheckConstraint("(kind = 'idea') = (who <> '')", name="who_is_told_with_an_idea"),
        CheckConstraint("kind = 'idea' OR topic_id IS NULL", name="topic_is_of_an_idea"),
        CheckConstraint("kind = 'idea' OR state <> 'invited'", name="only_ideas_are_invited"),
        CheckConstraint(
            "page = '' OR (kind = 'barrier' AND substr(page, 1, 1) = '/')", name="page_is_a_path_of_a_barrier"
        ),
        CheckConstraint("length(words) > 0", name="words_are_given"),
        CheckConstraint("length(reference) = 8", name="reference_has_8_characters"),
        CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answer_has_its_instant"),
        CheckConstraint(
            f"state NOT IN ({_ANSWERS}) OR answered_at IS NOT NULL", name="answered_has_its_answer"
        ),
        Index("ix_voice_house_id_state", "house_id", "state"),
        Index("ix_voice_changed_at", "changed_at"),
    )
    refusals = {"uq_voice_once": FormUsed}

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id", ondelete="CASCADE"))
    once: Mapped[str]
    reference: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    language: Mapped[str]
    who: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    words: Mapped[str]
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="SET NULL"))
    page: Mapped[str]
    answer: Mapped[str]
    answered_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
