"""Puts messages into the conversation record, as if travellers had written them."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.conversations import record
from bot.conversations.dialogue_port import Button, Choice, Reply
from bot.conversations.held import locked
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
    new: dict[str, Any] = {"channel": "web", "language": language, "token_digest": uuid.uuid4().hex, "at": at}
    conversation_id = str(uuid.uuid4())
    async with database.write() as session:
        async with record.created(session, conversation_id, **new):
            pass
        message = await record.take_in(session, conversation_id, text=text, client_message_id="c1", at=at)
        assert message is not None
        buttons = tuple(Button(name, name, Choice(name)) for name in offered)
        async with locked(session, conversation_id) as conversation:
            conversation.add_replies([Reply("Which?", language, buttons)], at=at, reply_to=message.id)
        await record.mark_answered(session, message.id, at=at, state="bot", language=language, meta=meta)
    return message.id
