"""The table of what staff have reviewed."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, UtcDateTime


class MessageReview(Base):
    """A traveller's message that staff have looked at; `intent` is what it was taught as, null where it was skipped."""

    __tablename__ = "message_reviews"

    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    intent: Mapped[str | None] = mapped_column(String(60))
    reviewed_at: Mapped[datetime] = mapped_column(UtcDateTime)
