"""Reading the audit, a page at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.audit.models import AuditEntry


async def newest(
    session: AsyncSession, *, before: int | None, limit: int, actor: str | None = None, object_id: str | None = None
) -> Sequence[AuditEntry]:
    """Up to `limit` entries with an id below `before`, newest first."""
    wanted = _narrowed(actor, object_id).order_by(AuditEntry.id.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(AuditEntry.id < before)
    return (await session.scalars(wanted)).all()


async def oldest(
    session: AsyncSession,
    *,
    after: int,
    limit: int,
    since: datetime | None = None,
    actor: str | None = None,
    object_id: str | None = None,
) -> Sequence[AuditEntry]:
    """Up to `limit` entries with an id above `after` and not from before `since`, oldest first."""
    wanted = _narrowed(actor, object_id).where(AuditEntry.id > after).order_by(AuditEntry.id).limit(limit)
    if since is not None:
        wanted = wanted.where(AuditEntry.at >= since)
    return (await session.scalars(wanted)).all()


def _narrowed(actor: str | None, object_id: str | None) -> Select[AuditEntry]:
    """What this actor (by id or name) did, to this object."""
    wanted = select(AuditEntry)
    if actor is not None:
        wanted = wanted.where(or_(AuditEntry.actor_id == actor, AuditEntry.actor_name == actor))
    if object_id is not None:
        wanted = wanted.where(AuditEntry.object_id == object_id)
    return wanted
