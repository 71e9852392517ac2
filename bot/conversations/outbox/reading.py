"""Reading what an entry says and to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.conversations.models import Conversation, Message
from bot.conversations.outbox.claiming import Claimed
from bot.conversations.outbox.models import Contact, Failure, OutboxEntry, OutboxPart
from bot.conversations.transcript import ShownMessage, shown
from bot.db.engine import Database
from bot.formats import Language

_MOST_PARTS = 200
"""Far more than are said within the minutes in which one is looked for."""

_WORDS = (
    select(Message, Conversation.language, Contact.address_sealed, Contact.heard_at, Contact.unreachable)
    .join(Conversation, Conversation.id == Message.conversation_id)
    .join(Contact, Contact.conversation_id == Message.conversation_id)
    .order_by(Message.seq)
)


@dataclass(frozen=True)
class Words:
    """What is to be said, and to whom; the address is sealed."""

    messages: tuple[ShownMessage, ...]
    language: Language
    address_sealed: str
    heard_at: datetime
    unreachable: Failure | None


async def read(database: Database, claimed: Claimed) -> Words | None:
    """The words of an entry, None where they or the contact are gone."""
    wanted = _WORDS.where(
        Message.conversation_id == claimed.conversation_id,
        Message.seq.between(claimed.first_seq, claimed.last_seq),
    )
    async with database.read_once() as session:
        rows = (await session.execute(wanted)).all()
    if not rows:
        return None
    messages = tuple(shown(row[0]) for row in rows)
    _, language, address_sealed, heard_at, unreachable = rows[0]
    spoken: Language = next((each.language for each in messages if each.language is not None), "en")
    return Words(messages, language or spoken, address_sealed, heard_at, unreachable)


async def provider_ids(database: Database, claimed: Claimed) -> Sequence[str]:
    """The provider's names for the newest parts of the conversation that were sent."""
    wanted = (
        select(OutboxPart.provider_id)
        .join(OutboxEntry, OutboxEntry.id == OutboxPart.entry_id)
        .where(OutboxEntry.conversation_id == claimed.conversation_id, OutboxPart.provider_id.is_not(None))
        .order_by(OutboxPart.entry_id.desc(), OutboxPart.number.desc())
        .limit(_MOST_PARTS)
    )
    async with database.read_once() as session:
        return [each for each in await session.scalars(wanted) if each is not None]
