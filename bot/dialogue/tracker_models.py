"""Tables of the dialogue's state: Rasa's events in a bounded window, with the slots carried forward."""

from typing import Any

from sqlalchemy import JSON, Integer, PrimaryKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base


class TrackerWindow(Base):
    """Where a conversation's window begins: the position of its first event, and the slots at that point."""

    __tablename__ = "tracker_windows"

    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    start: Mapped[int] = mapped_column(Integer)
    slots: Mapped[dict[str, Any]] = mapped_column(JSON)


class TrackerEvent(Base):
    """One event of Rasa's tracker, as Rasa writes it. `position` counts from 0 in each conversation."""

    __tablename__ = "tracker_events"
    __table_args__ = (PrimaryKeyConstraint("conversation_id", "position"),)

    conversation_id: Mapped[str] = mapped_column(String(64))
    position: Mapped[int] = mapped_column(Integer)
    event: Mapped[dict[str, Any]] = mapped_column(JSON)
