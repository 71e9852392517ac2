"""`GET audit`: who did what, newest first, for supervisors."""

from typing import Any

import msgspec
from aiohttp import web

from bot.audit.models import AuditEntry
from bot.audit.reading import newest
from bot.desk import keys
from bot.desk.cursors import cursor_of, place_of
from bot.http.body import as_json

_PAGE = 50


class _Place(msgspec.Struct, frozen=True):
    id: int


async def show(request: web.Request) -> web.Response:
    """A page of the audit; `actor` (id or name) and `object` (id) narrow it."""
    asked = request.query
    before = place_of(asked["cursor"], _Place).id if asked.get("cursor") else None
    async with request.app[keys.DATABASE].read_once() as session:
        found = await newest(
            session,
            before=before,
            limit=_PAGE + 1,
            actor=asked.get("actor") or None,
            object_id=asked.get("object") or None,
        )
    page = found[:_PAGE]
    following = cursor_of(_Place(page[-1].id)) if len(found) > _PAGE else None
    return as_json({"entries": [_shown(entry) for entry in page], "next": following})


def _shown(entry: AuditEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "at": entry.at,
        "actor": {"id": entry.actor_id, "name": entry.actor_name},
        "action": entry.action,
        "object": {"kind": entry.object_kind, "id": entry.object_id},
        "data": entry.data,
    }
