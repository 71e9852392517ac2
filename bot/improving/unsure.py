"""The messages of travellers that the guide was unsure about, from the conversation record."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import GUESSES, Message
from bot.db.upsert import insert_into
from bot.formats import Language
from bot.improving.models import MessageReview
from bot.improving.reading import FALLBACK
from bot.improving.sentences import words
from bot.improving.teachable import is_sentence

# Bounds what one review looks through; what lies further back is no longer recent.
_LOOKED_THROUGH = 5000
Guess = tuple[str, float | None]


@dataclass(frozen=True)
class Unsure:
    """One sentence, as masked as it is stored, however often it was written.

    `intent` and `confidence` are those the newest message was answered with; `asked_again` says that it was not
    answered but asked about. `guesses` are the likeliest intents, with a confidence where one was kept.
    """

    message_ids: tuple[str, ...]
    text: str
    language: Language
    intent: str
    confidence: float
    at: datetime
    guesses: tuple[Guess, ...]

    @property
    def asked_again(self) -> bool:
        """Whether the guide asked what was meant."""
        return self.intent == FALLBACK


async def unsure_messages(
    session: AsyncSession, *, below: float, since: datetime | None, limit: int, known: Callable[[str], bool]
) -> list[Unsure]:
    """At most `limit` sentences that nobody has reviewed, newest first.

    Unsure is what was asked about again, or answered with a confidence less than `below`. Sentences that are `known`,
    for they are trained on, and those that were reviewed in another message, are left out.
    """
    reviewed = select(Message.text).join(MessageReview, MessageReview.message_id == Message.id)
    seen = {words(text) for text in await session.scalars(reviewed)}
    groups: dict[tuple[str, ...], list[Message]] = {}
    for message in await session.scalars(_candidates(below, since)):
        key = words(message.text)
        if key not in seen and is_sentence(message.text) and not known(message.text):
            groups.setdefault(key, []).append(message)
    listed = list(groups.values())[:limit]
    offered = await _offered(session, [messages[0].id for messages in listed])
    return [_unsure(messages, offered.get(messages[0].id, ())) for messages in listed]


async def mark_reviewed(session: AsyncSession, message_ids: Iterable[str], intent: str | None, at: datetime) -> None:
    """Notes that the messages need no review any more; `intent` is what they were taught as, None if nothing."""
    rows = [{"message_id": each, "intent": intent, "reviewed_at": at} for each in message_ids]
    await session.execute(insert_into(session, MessageReview).on_conflict_do_nothing(), rows)


def _candidates(below: float, since: datetime | None) -> Any:
    unsure = or_(Message.meta["intent"].as_string() == FALLBACK, Message.meta["confidence"].as_float() < below)
    query = select(Message).where(
        Message.sender == "traveller",
        Message.answered_at.is_not(None),
        Message.language.is_not(None),
        unsure,
        ~select(MessageReview).where(MessageReview.message_id == Message.id).exists(),
    )
    if since is not None:
        query = query.where(Message.created_at >= since)
    return query.order_by(Message.created_at.desc(), Message.id).limit(_LOOKED_THROUGH)


async def _offered(session: AsyncSession, message_ids: Sequence[str]) -> dict[str, tuple[Guess, ...]]:
    """The intents that the reply to each message offered to press."""
    replies = await session.execute(select(Message.reply_to, Message.choices).where(Message.reply_to.in_(message_ids)))
    offered: dict[str, tuple[Guess, ...]] = {}
    for message_id, choices in replies:
        offered[message_id] = (*offered.get(message_id, ()), *((choice["intent"], None) for choice in choices))
    return offered


def _unsure(messages: Sequence[Message], offered: tuple[Guess, ...]) -> Unsure:
    newest = messages[0]
    assert newest.language is not None
    intent, confidence = str(newest.meta["intent"]), float(newest.meta["confidence"])
    guesses: list[Guess] = [(str(name), float(share)) for name, share in newest.meta.get(GUESSES, ())]
    if not guesses:
        guesses = list(offered) if intent == FALLBACK else [(intent, confidence)]
    return Unsure(
        message_ids=tuple(message.id for message in messages),
        text=newest.text,
        language=newest.language,
        intent=intent,
        confidence=confidence,
        at=newest.created_at,
        guesses=tuple(guess for guess in guesses if guess[0] != FALLBACK),
    )
