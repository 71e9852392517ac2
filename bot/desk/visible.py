"""Which conversations a staff member may see.

An agent sees what waits, what is theirs, and what they once held; everything else looks as if it did not exist. A
supervisor sees all. Lists, searches, single looks and the socket all use the one condition here.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Conversation, Handoff
from bot.desk.signed_in import SignedIn


def visible_to(signed_in: SignedIn) -> ColumnElement[bool]:
    """The condition on `Conversation` for a query of what they may see."""
    if signed_in.may("supervisor"):
        return true()
    held = select(Handoff.id).where(
        Handoff.conversation_id == Conversation.id, Handoff.assignee_id == signed_in.actor.id
    )
    return or_(
        Conversation.state == "waiting",
        Conversation.assignee_id == signed_in.actor.id,
        held.correlate(Conversation).exists(),
    )


def open_to_take(signed_in: SignedIn) -> ColumnElement[bool]:
    """As `visible_to`, and what somebody else has: who comes second is told who was first."""
    return or_(visible_to(signed_in), Conversation.state == "human")


async def visible(session: AsyncSession, signed_in: SignedIn, conversation_id: str) -> bool:
    """Whether there is such a conversation and they may see it."""
    return await _is(session, conversation_id, visible_to(signed_in))


async def may_try_to_take(session: AsyncSession, signed_in: SignedIn, conversation_id: str) -> bool:
    """Whether there is such a conversation and they may see it, or somebody else has it."""
    return await _is(session, conversation_id, open_to_take(signed_in))


async def visible_among(session: AsyncSession, signed_in: SignedIn, conversation_ids: Iterable[str]) -> set[str]:
    """Those of the conversations that they may see."""
    wanted = select(Conversation.id).where(Conversation.id.in_(list(conversation_ids)), visible_to(signed_in))
    return set((await session.scalars(wanted)).all())


async def _is(session: AsyncSession, conversation_id: str, condition: ColumnElement[bool]) -> bool:
    wanted = select(Conversation.id).where(Conversation.id == conversation_id, condition)
    return await session.scalar(wanted) is not None
