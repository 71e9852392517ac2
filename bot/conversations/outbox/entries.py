"""Putting an entry into the outbox."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from bot.conversations.outbox.models import OutboxEntry
from bot.db.upsert import table_of

FETCHED = frozenset({"web", "terminal"})
"""Channels whose clients fetch what was said from the record; to all others it is delivered."""

PUT = insert(table_of(OutboxEntry))


def is_delivered(channel: str) -> bool:
    """Whether what is said on the channel goes through the outbox."""
    return channel not in FETCHED


def entry(
    conversation_id: str, channel: str, first_seq: int, last_seq: int, *, at: datetime, page: int, regardless: bool
) -> Mapping[str, Any]:
    """The columns of a new entry, due at once. Insert it while holding the conversation: so `id` keeps the order."""
    return {
        "key": str(uuid.uuid4()),
        "conversation_id": conversation_id,
        "channel": channel,
        "first_seq": first_seq,
        "last_seq": last_seq,
        "page": page,
        "regardless": regardless,
        "state": "due",
        "attempts": 0,
        "parts_sent": 0,
        "unclear": False,
        "due_at": at,
        "created_at": at,
    }
