"""The single-use link from a conversation to the identity form."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.applicants.digests import token_hash
from bot.applicants.models import IdentityLink
from bot.db.upsert import insert_into

LINK_LIFE = timedelta(minutes=10)
TOKEN_BYTES = 16


@dataclass(frozen=True)
class LinkIssued:
    """A fresh link. `token` exists here and in the traveller's browser only."""

    token: str
    expires_at: datetime


async def issue_link(session: AsyncSession, conversation_id: str, now: datetime) -> LinkIssued:
    """A new link of the conversation, good once and for ten minutes; its older links are dead from now on."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = LinkIssued(token, now + LINK_LIFE)
    values = {"token_hash": token_hash(token), "expires_at": link.expires_at, "used": False}
    statement = insert_into(session, IdentityLink).values(conversation_id=conversation_id, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=["conversation_id"], set_=values))
    return link


async def look_at(session: AsyncSession, token: str, now: datetime) -> str | None:
    """The conversation whose link this is, if it can still be used; looking does not use it up."""
    return conversation_of(await session.scalar(link_with(token)), now)


def link_with(token: str) -> Select[IdentityLink]:
    """The query for the link of `token`."""
    return select(IdentityLink).where(IdentityLink.token_hash == token_hash(token))


def conversation_of(link: IdentityLink | None, now: datetime) -> str | None:
    """The conversation of a link that is neither unknown nor used nor ten minutes old."""
    return link.conversation_id if link is not None and not link.used and now < link.expires_at else None
