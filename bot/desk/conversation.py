"""One conversation as the desk shows it, beside its transcript."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import literal, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import HAS_RULING, Conversation, Message
from bot.desk.cards import Card, card, cards
from bot.desk.may_do import Act, may_do
from bot.desk.signed_in import SignedIn


class LastRuling(msgspec.Struct, frozen=True):
    """The newest ruling the guide gave, with its trace, and the message it stands in."""

    ruling: dict[str, Any]
    seq: int


class OpenedConversation(Card, frozen=True):
    """A card, and what only one conversation at a time is asked for. `can` are the acts open to whoever asked."""

    started_at: datetime
    traveller_read_seq: int
    staff_read_seq: int
    can: list[Act]
    last_ruling: LastRuling | None


async def opened(
    session: AsyncSession, viewer: SignedIn, conversation_id: str, now: datetime
) -> OpenedConversation | None:
    """The conversation, which `viewer` may see, or None where there is none. Two statements."""
    row = (await session.execute(cards(select(literal(conversation_id).label("id")).subquery()))).one_or_none()
    if row is None:
        return None
    conversation: Conversation = row[0]
    shown = card(row)
    return OpenedConversation(
        **msgspec.structs.asdict(shown),
        started_at=conversation.created_at,
        traveller_read_seq=conversation.traveller_read_seq,
        staff_read_seq=conversation.staff_read_seq,
        can=may_do(
            viewer,
            state=conversation.state,
            assignee_id=conversation.assignee_id,
            snoozed_until=conversation.snoozed_until,
            proved=shown.proved,
            now=now,
        ),
        last_ruling=await last_ruling(session, conversation_id),
    )


async def last_ruling(session: AsyncSession, conversation_id: str) -> LastRuling | None:
    """The newest ruling in a conversation; `ix_messages_ruling` finds it however long ago it was."""
    has_ruling = text(HAS_RULING[session.get_bind().dialect.name])
    found = (
        await session.execute(
            select(Message.meta, Message.seq)
            # Said as the index says it: with a bound value the planner could not know that it serves.
            .where(Message.conversation_id == conversation_id, text("sender = 'bot'"), has_ruling)
            .order_by(Message.seq.desc())
            .limit(1)
        )
    ).one_or_none()
    return LastRuling(found.meta["ruling"], found.seq) if found is not None else None
