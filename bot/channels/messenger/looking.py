"""Looking for a part whose answer was lost.

The Send API tells no repeats. The Conversations API shows the last twenty messages of a conversation, without our key;
so a message counts that has the same words, is of the page, and is younger than the part, and that no other part is.
"""

from datetime import UTC, datetime, timedelta

import msgspec

from bot.channels.graph.client import Graph
from bot.channels.graph.errors import DeniedError
from bot.channels.graph.reading import name_of
from bot.conversations.outbox.port import Letter, NotSentError, RefusedError, Sent, UnclearError

_SKEW = timedelta(minutes=2)
"""How far Meta's clock and ours may be apart."""

_FIELDS = "messages.limit(20){id,created_time,from,message}"
_PREFIX = "m_"
"""Stands before some of Meta's ids, and is left out elsewhere."""


class _From(msgspec.Struct, frozen=True):
    id: str = ""


class _Message(msgspec.Struct, frozen=True):
    id: str
    created_time: str
    author: _From = msgspec.field(name="from", default=_From())
    message: str = ""


class _Messages(msgspec.Struct, frozen=True):
    data: list[_Message] = []


class _Conversation(msgspec.Struct, frozen=True):
    messages: _Messages = _Messages()


class _Conversations(msgspec.Struct, frozen=True):
    data: list[_Conversation]


async def find(graph: Graph, page_id: str, letter: Letter) -> Sent | None:
    """The part, None where it has not arrived.

    Raises:
        UnclearError: the token may not look.
        NotSentError: there is no answer now.
    """
    query = {"platform": "messenger", "user_id": letter.address, "fields": _FIELDS}
    try:
        found = await graph.get(f"{page_id}/conversations", _Conversations, **query)
    except (DeniedError, RefusedError) as error:
        # Sending needs fewer permissions than looking, and may well work.
        raise UnclearError(f"looking for it: {error}") from error
    except UnclearError as error:
        raise NotSentError(f"looking for it: {error}") from error
    since = (letter.since or letter.heard_at) - _SKEW
    others = {name.removeprefix(_PREFIX) for name in letter.claimed}
    ours = [
        message
        for conversation in found.data
        for message in conversation.messages.data
        if message.author.id == page_id
        and _words(message.message) == _words(letter.part.text)
        and _at(message.created_time) >= since
        and name_of(message.id).removeprefix(_PREFIX) not in others
    ]
    return Sent(name_of(min(ours, key=lambda each: _at(each.created_time)).id)) if ours else None


def _words(text: str) -> list[str]:
    return text.split()


def _at(created_time: str) -> datetime:
    """Meta writes 2026-11-22T17:00:00+0000. What cannot be read is taken for long ago, so for none of ours."""
    try:
        return datetime.fromisoformat(created_time)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
