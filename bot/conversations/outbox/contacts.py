"""Who writes on a messaging channel: one conversation for each address, until nothing was heard from there for long.

Telephone numbers are given to others, in the United States after 45 days at the earliest. Whoever has one next must
find neither the proof nor the file nor the words of the one before; so after a long silence all begins anew.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

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

SAME_PERSON = timedelta(days=30)
"""How long an address may be silent and still be taken for the same traveller's."""

_CONTACTS = table_of(Contact)
_KNOWN = select(Contact.conversation_id, Conversation.language, Contact.unreachable, Contact.heard_at).join(
    Conversation, Conversation.id == Contact.conversation_id
)


@dataclass(frozen=True)
class Known:
    """A contact as far as a channel has to know it. `language` is that of the conversation, None while unknown."""

    conversation_id: str
    language: Language | None
    unreachable: Failure | None
    heard_at: datetime


class Contacts:
    """The contacts of this installation."""

    def __init__(self, database: Database, seal: Seal, clock: Clock) -> None:
        self._database = database
        self._seal = seal
        self._clock = clock

    async def of(self, channel: str, address: str, welcome: Reply | None, language: Language | None = None) -> Known:
        """The contact at an address; a new one gets a conversation, which `welcome` opens, if it is given.

        So does one that was not heard from for longer than `SAME_PERSON`; a STOP stays one. Two that are asked for at
        once, in whatever processes, are one.
        """
        digest = self._seal.digest(channel, address)
        found = await self._find(channel, digest)
        if found is not None and self._clock() - found.heard_at <= SAME_PERSON:
            return found
        try:
            return await self._begin(channel, address, digest, welcome, language, found)
        except (IntegrityError, _BegunError):
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

    async def _begin(  # noqa: PLR0917 - what a contact is
        self,
        channel: str,
        address: str,
        digest: str,
        welcome: Reply | None,
        language: Language | None,
        before: Known | None,
    ) -> Known:
        """Raises IntegrityError or _BegunError where somebody else was first."""
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
            if before is None:
                await session.execute(insert(_CONTACTS).values(values))
            else:
                same = (_CONTACTS.c.conversation_id == before.conversation_id, _CONTACTS.c.heard_at == before.heard_at)
                moving = update(_CONTACTS).where(*same).values(values).returning(_CONTACTS.c.unreachable)
                if (await session.execute(moving)).one_or_none() is None:
                    raise _BegunError
            conversation.add_replies([welcome] if welcome is not None else [], at=at, reply_to=None)
        return Known(conversation_id, language, before.unreachable if before is not None else None, at)


class _BegunError(Exception):
    """Somebody else has begun anew with the contact."""


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
