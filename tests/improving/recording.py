"""Puts messages into the conversation record, as if travellers had written them."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.conversations import record
from bot.conversations.dialogue_port import Button, Choice, Reply
from bot.db.engine import Database
from bot.formats import Language

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)


async def write(
    database: Database,
    text: str,
    intent: str | None = "nlu_fallback",
    confidence: float = 0.3,
    *,
    hours_ago: float = 0,
    language: Language = "en",
    guesses: list[list[Any]] | None = None,
    offered: tuple[str, ...] = (),
) -> str:
    """A message in a conversation of its own, answered; gives its id. Without `intent` the answer failed."""
    at = NOW - timedelta(hours=hours_ago)
    meta: dict[str, Any] = {"intent": intent, "confidence": confidence} if intent else {}
    if guesses is not None:
        meta["guesses"] = guesses
    async with database.write() as session:
        conversation = await record.create(
            session, str(uuid.uuid4()), channel="web", language=language, token_digest=uuid.uuid4().hex, at=at
        )
        message = await record.take_in(session, conversation.id, text=text, client_message_id="c1", at=at)
        assert message is not None
        buttons = tuple(Button(name, name, Choice(name)) for name in offered)
        record.add_replies(session, conversation, [Reply("Which?", language, buttons)], at=at, reply_to=message.id)
        await record.mark_answered(session, message.id, at=at, state="bot", language=language, meta=meta)
    return message.id
