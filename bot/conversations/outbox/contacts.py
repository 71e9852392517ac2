"""Who writes on a messaging channel: one conversation for each address."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.conversations import record, tokens
from bot.conversations.dialogue_port import Reply
from bot.conversations.models import Conversation
from bot.conversations.outbox.models import Contact, Failure
from bot.db.engine import Database
from bot.db.upsert import table_of
from bot.formats import Language
from bot.privacy.sealing import Seal

UNREACHABLE: frozenset[Failure] = frozenset({"unsubscribed", "blocked", "unknown_address"})
"""What is true of whoever is written to, and not of the one message."""

_CONTACTS = table_of(Contact)
_KNOWN = select(Contact.conversation_id, Conversation.language, Contact.unreachable).join(
    Conversation, Conversation.id == Contact.conversation_id
)


@dataclass(frozen=True)
class Known:
    """A contact as far as a channel has to know it. `language` is that of the conversation, None while unknown."""

    conversation_id: str
    language: Language | None
    unreachable: Failure | None


class Contacts:
    """The contacts of this installation."""

    def __init__(self, database: Database, seal: Seal, clock: Clock) -> None:
        self._database = database
        self._seal = seal
        self._clock = clock

    async def of(self, channel: str, address: str, welcome: Reply | None, language: Language | None = None) -> Known:
        """The contact at an address; a new one gets a conversation, which `welcome` opens, if it is given.

        Two that are asked for at once, in whatever processes, are one.
        """
        digest = self._seal.digest(channel, address)
        found = await self._find(channel, digest)
        if found is None:
            try:
                return await self._begin(channel, address, digest, welcome, language)
            except IntegrityError:
                # Somebody else began it at the same moment.
                found = await self._find(channel, digest)
                if found is None:
                    raise
        return found

    async def _find(self, channel: str, digest: str) -> Known | None:
        async with self._database.read_once() as session:
            row = (
                await session.execute(_KNOWN.where(Contact.channel == channel, Contact.address_digest == digest))
            ).one_or_none()
        return None if row is None else Known(*row)

    async def _begin(
        self, channel: str, address: str, digest: str, welcome: Reply | None, language: Language | None
    ) -> Known:
        conversation_id, at = str(uuid.uuid4()), self._clock()
        # Nobody holds the token: this conversation is opened by its address.
        token_digest = tokens.digest(tokens.new_token())
        async with (
            self._database.write() as session,
            record.created(
                session, conversation_id, channel=channel, language=language, token_digest=token_digest, at=at
            ) as conversation,
        ):
            values = {
                "conversation_id": conversation_id,
                "channel": channel,
                "address_digest": digest,
                "address_sealed": self._seal.close(address),
                "heard_at": at,
            }
            await session.execute(insert(_CONTACTS).values(values))
            conversation.add_replies([welcome] if welcome is not None else [], at=at, reply_to=None)
        return Known(conversation_id, language, None)


async def heard_from(session: AsyncSession, conversation_id: str, at: datetime) -> None:
    """The traveller has written: what the provider said of them before no longer holds, but for their own STOP."""
    kept = case((_CONTACTS.c.unreachable == "unsubscribed", _CONTACTS.c.unreachable), else_=None)
    mine = _CONTACTS.c.conversation_id == conversation_id
    await session.execute(update(_CONTACTS).where(mine).values(heard_at=at, unreachable=kept))


async def mark(session: AsyncSession, conversation_id: str, unreachable: Failure | None) -> None:
    """Notes why the contact cannot be written to, None where they can again."""
    mine = _CONTACTS.c.conversation_id == conversation_id
    await session.execute(update(_CONTACTS).where(mine).values(unreachable=unreachable))


async def found_unreachable(session: AsyncSession, conversation_id: str, failure: Failure, heard_at: datetime) -> None:
    """Notes that the provider says why the contact cannot be written to.

    `heard_at` is their last message that was known when they were written to: who has written since can be reached. A
    STOP stays one.
    """
    if failure not in UNREACHABLE:
        return
    still_silent = _CONTACTS.c.heard_at <= heard_at
    no_stop = _CONTACTS.c.unreachable.is_distinct_from("unsubscribed")
    mine = _CONTACTS.c.conversation_id == conversation_id
    await session.execute(update(_CONTACTS).where(mine, no_stop, still_silent).values(unreachable=failure))


async def try_again(session: AsyncSession, conversation_id: str) -> None:
    """Lets the contact be written to once more, but for their own STOP: a person says that it may work now."""
    mine = (_CONTACTS.c.conversation_id == conversation_id, _CONTACTS.c.unreachable != "unsubscribed")
    await session.execute(update(_CONTACTS).where(*mine).values(unreachable=None))
