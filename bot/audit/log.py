"""Writing the audit, in the transaction of what is audited; so neither is there without the other."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.audit.actor import Actor
from bot.audit.models import AuditEntry
from bot.db.upsert import table_of

_LONGEST_OBJECT = 200
_LONGEST_NAME = 200


async def note(  # noqa: PLR0917 - who, what, to what and when, in that order
    session: AsyncSession,
    actor: Actor,
    action: str,
    object_kind: str,
    object_id: str,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Adds one entry: `actor` did `action` (such as `conversation.taken`) to the object, at the instant `at`.

    `data` says more and holds nothing secret or personal: no text of a conversation, no number, no password.
    """
    row = {
        "at": at,
        "actor_id": actor.id,
        "actor_name": actor.name[:_LONGEST_NAME],
        "action": action,
        "object_kind": object_kind,
        "object_id": object_id[:_LONGEST_OBJECT],
        "data": dict(data or {}),
    }
    await session.execute(insert(table_of(AuditEntry)), row)
