"""The table of what staff were told."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, UtcDateTime

AlertState = Literal["due", "told", "refused"]


class StaffAlert(Base):
    """One alert by one way. `due`: somebody is at it, or it is tried again, at `due_at` at the earliest."""

    __tablename__ = "alerts"

    handoff_id: Mapped[str] = mapped_column(ForeignKey("handoffs.id", ondelete="CASCADE"), primary_key=True)
    way: Mapped[str] = mapped_column(String(20), primary_key=True)
    state: Mapped[AlertState] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(Integer)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
