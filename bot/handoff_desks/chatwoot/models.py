"""The table of conversations that are at Chatwoot too."""

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base


class ChatwootConversation(Base):
    """How far a conversation and its mirror at Chatwoot know of each other.

    `chatwoot_id` is the mirror's number, None until it is made. `active` while what is said is forwarded. `sent_seq` is
    the last message of ours that is there, `received_id` the last one of theirs that was acted on. `status` and
    `agent_id` are those of the mirror when it was last looked at or changed by us, so that a change can be told.
    """

    __tablename__ = "chatwoot_conversations"
    __table_args__ = (
        Index(
            "ix_chatwoot_conversations_active",
            "conversation_id",
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
    )

    conversation_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    contact_id: Mapped[int | None] = mapped_column(BigInteger)
    chatwoot_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    active: Mapped[bool] = mapped_column(Boolean, default=False)
    sent_seq: Mapped[int] = mapped_column(Integer, default=0)
    received_id: Mapped[int] = mapped_column(BigInteger, default=0)
    status: Mapped[str] = mapped_column(String(20), default="")
    agent_id: Mapped[int | None] = mapped_column(BigInteger)
