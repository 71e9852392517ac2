"""Reading the record for the mirror, and keeping how far the two know of each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.audit.actor import Actor
from bot.conversations.models import Conversation, Message
from bot.conversations.reasons import Reason
from bot.conversations.states import State
from bot.db.engine import Database
from bot.db.upsert import insert_into, table_of
from bot.formats import Language
from bot.handoff_desks.chatwoot.models import ChatwootConversation as Link

AGENT = "chatwoot:"
"""What the ids of Chatwoot's agents begin with."""

_COLUMNS = tuple(column.name for column in table_of(Link).columns)
_AT_ONCE = 500


@dataclass(frozen=True)
class Standing:
    """A conversation of ours as it is now."""

    id: str
    state: State
    language: Language
    channel: str
    reason: Reason
    holder: Actor | None
    snoozed_until: datetime | None
    last_seq: int

    @property
    def is_with_agent(self) -> bool:
        """Whether an agent of Chatwoot has it."""
        return self.holder is not None and self.holder.id.startswith(AGENT)


async def standing_of(session: AsyncSession, conversation_id: str) -> Standing | None:
    """The conversation of this id."""
    row = await session.get(Conversation, conversation_id)
    if row is None:
        return None
    holder = Actor(row.assignee_id, row.assignee_name or "") if row.assignee_id is not None else None
    return Standing(
        row.id,
        row.state,
        row.language or "en",
        row.channel,
        row.handoff_reason or "asked",
        holder,
        row.snoozed_until,
        row.last_seq,
    )


async def link_of(session: AsyncSession, conversation_id: str) -> Link | None:
    """What is known of its mirror."""
    return await session.get(Link, conversation_id)


async def by_number(session: AsyncSession, number: int) -> Link | None:
    """The link of the mirror with this number at Chatwoot."""
    return await session.scalar(select(Link).where(Link.chatwoot_id == number))


def new_link(conversation_id: str) -> Link:
    """A link of which nothing is at Chatwoot yet; it is not stored."""
    return Link(
        conversation_id=conversation_id,
        contact_id=None,
        chatwoot_id=None,
        active=False,
        sent_seq=0,
        received_id=0,
        status="",
        agent_id=None,
    )


async def save(database: Database, link: Link) -> None:
    """Stores a link as it is."""
    values = {name: getattr(link, name) for name in _COLUMNS}
    changes = {name: value for name, value in values.items() if name != "conversation_id"}
    async with database.write() as session:
        statement = insert_into(session, Link).values(values)
        await session.execute(statement.on_conflict_do_update(index_elements=["conversation_id"], set_=changes))


async def all_that_matter(session: AsyncSession) -> Sequence[str]:
    """Ids of conversations that wait, or whose mirror is active or should be."""
    return (await session.scalars(_matters())).all()


async def those_that_matter(session: AsyncSession, ids: Iterable[str]) -> list[str]:
    """Those of `ids` that the mirror has to look at."""
    asked = sorted(ids)
    found: list[str] = []
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        found.extend((await session.scalars(_matters(Conversation.id.in_(some)))).all())
    return found


def _matters(*conditions: ColumnElement[bool]) -> Select[str]:
    with_agent = (Conversation.state == "human") & Conversation.assignee_id.startswith(AGENT, autoescape=True)
    return (
        select(Conversation.id)
        .outerjoin(Link, Link.conversation_id == Conversation.id)
        .where(or_(Conversation.state == "waiting", with_agent, Link.active), *conditions)
        .order_by(Conversation.waiting_since, Conversation.id)
    )


async def active(session: AsyncSession) -> Sequence[str]:
    """Ids of conversations whose mirror is active."""
    return (await session.scalars(select(Link.conversation_id).where(Link.active))).all()


async def messages_after(session: AsyncSession, conversation_id: str, seq: int, limit: int) -> Sequence[Message]:
    """The first messages after number `seq`, in order."""
    return (
        await session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation_id, Message.seq > seq)
            .order_by(Message.seq)
            .limit(limit)
        )
    ).all()


async def newest_between(
    session: AsyncSession, conversation_id: str, after: int, up_to: int, limit: int
) -> list[Message]:
    """The newest messages after number `after` up to number `up_to`, in order."""
    found = await session.scalars(
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.seq > after, Message.seq <= up_to)
        .order_by(Message.seq.desc())
        .limit(limit)
    )
    return [*found][::-1]


async def newest_of_traveller(session: AsyncSession, conversation_id: str, after: int) -> int | None:
    """The number of the traveller's newest message after number `after`."""
    return await session.scalar(
        select(Message.seq)
        .where(Message.conversation_id == conversation_id, Message.seq > after, Message.sender == "traveller")
        .order_by(Message.seq.desc())
        .limit(1)
    )
