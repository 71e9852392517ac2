"""What was asked and answered in a conversation, put together from the record; nothing in it is generated."""

import re
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Conversation, Message

MOST_ENTRIES = 20
LOOKED_AT = 300
"""Messages looked at, from the newest back; a summary of more than that would be no summary."""

_LONGEST = 200
_FIRST_SENTENCE = re.compile(r"^.*?[.!?…](?=\s|$)", re.DOTALL)


class Entry(msgspec.Struct, frozen=True):
    """One question of the traveller's with the beginning of what followed: an answer of the guide's or of staff.

    `verdict` is that of the ruling in the answer. What has no answer yet, or stands in no answer, is None.
    """

    seq: int
    asked: str
    intent: str | None
    answered_seq: int | None
    answered: str | None
    verdict: str | None


class Summary(msgspec.Struct, frozen=True):
    """The newest entries, oldest first; `more` says that there were others before."""

    entries: list[Entry]
    more: bool


async def summary(session: AsyncSession, conversation_id: str) -> Summary:
    """The summary of one conversation, which must exist. Two statements, bounded."""
    last_seq = await session.scalar(select(Conversation.last_seq).where(Conversation.id == conversation_id)) or 0
    first = max(1, last_seq - LOOKED_AT + 1)
    rows = await session.execute(
        select(
            Message.id,
            Message.seq,
            Message.sender,
            Message.text,
            Message.reply_to,
            Message.meta["intent"].as_string().label("intent"),
            Message.meta["summary"].as_string().label("summary"),
            Message.meta["card"].as_string().label("card"),
            Message.meta[("ruling", "cbp_on_next_flight", "verdict")].as_string().label("verdict"),
        )
        .where(Message.conversation_id == conversation_id, Message.seq >= first, Message.seq <= last_seq)
        .order_by(Message.seq)
    )
    entries: dict[str, Entry] = {}
    for row in rows:
        if row.sender == "traveller":
            entries[row.id] = Entry(row.seq, _short(row.text), row.intent, None, None, None)
        else:
            # The guide answers one message; a person answers whatever was said until then.
            answered = [row.reply_to] if row.sender == "bot" else list(entries)
            entries |= {
                id_: _answered(entries[id_], row) for id_ in answered if id_ in entries and _is_open(entries[id_])
            }
    newest = list(entries.values())[-MOST_ENTRIES:]
    return Summary(newest, more=len(entries) > MOST_ENTRIES or first > 1)


def _is_open(entry: Entry) -> bool:
    return entry.answered_seq is None


def _answered(entry: Entry, row: Any) -> Entry:
    said = row.summary or _first_sentence(row.text)
    # Only a card about the flight tells the flight's verdict.
    verdict = row.verdict if row.card == "flight" else None
    return msgspec.structs.replace(entry, answered_seq=row.seq, answered=_short(said), verdict=verdict)


def _first_sentence(text: str) -> str:
    found = _FIRST_SENTENCE.match(text)
    return found.group() if found else text


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
