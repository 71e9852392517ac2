"""`GET audit`: who did what, newest first, for supervisors."""

from typing import Annotated, Any

import msgspec
from aiohttp import web

from bot.audit.models import AuditEntry
from bot.audit.reading import newest
from bot.desk import keys
from bot.desk.cursors import cursor_of, place_of
from bot.http.body import as_json
from bot.http.problems import wrong_field

_PAGE = 50


class _Place(msgspec.Struct, frozen=True):
    id: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


async def show(request: web.Request) -> web.Response:
    """A page of the audit; `actor` (id or name) and `object` (id) narrow it."""
    cursor = request.query.get("cursor")
    before = place_of(cursor, _Place).id if cursor else None
    async with request.app[keys.DATABASE].read_once() as session:
        found = await newest(
            session,
            before=before,
            limit=_PAGE + 1,
            actor=_asked(request, "actor"),
            object_id=_asked(request, "object"),
        )
    page = found[:_PAGE]
    following = cursor_of(_Place(page[-1].id)) if len(found) > _PAGE else None
    return as_json({"entries": [_shown(entry) for entry in page], "next": following})


def _asked(request: web.Request, name: str) -> str | None:
    text = request.query.get(name)
    if text and "\0" in text:  # which PostgreSQL cannot even look for
        raise wrong_field(name, "expected text without NUL")
    return text or None


def _shown(entry: AuditEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "at": entry.at,
        "actor": {"id": entry.actor_id, "name": entry.actor_name},
        "action": entry.action,
        "object": {"kind": entry.object_kind, "id": entry.object_id},
        "data": entry.data,
    }
