"""The calls of the desk that read conversations.

The guard has seen who asks, and whether they may see the conversation asked for.
"""

from aiohttp import web

from bot.conversations.reasons import REASONS
from bot.desk import asked, conversation, keys, queue, summary, timeline
from bot.desk import search as searching
from bot.desk.guard import UNATTENDED
from bot.http import keys as http_keys
from bot.http.body import as_json
from bot.http.problems import Problem
from bot.texts import LANGUAGES


async def conversations(request: web.Request) -> web.Response:
    """`GET conversations`: a page of a view."""
    view = asked.one_of(request, "view", queue.VIEWS) or "waiting"
    filters = queue.Filters(
        language=asked.one_of(request, "language", LANGUAGES),
        channel=asked.short_name(request, "channel"),
        reason=asked.one_of(request, "reason", REASONS),
    )
    cursor, limit = request.query.get("cursor") or None, asked.limit(request)
    now = request.app[http_keys.CLOCK]()
    async with request.app[keys.DATABASE].read_once() as session:
        page = await queue.page(session, request[keys.STAFF], view, now, filters=filters, cursor=cursor, limit=limit)
    return as_json(page)


async def counts(request: web.Request) -> web.Response:
    """`GET counts`: how many stand in each view."""
    async with request.app[keys.DATABASE].read_once() as session:
        found = await queue.counts(session, request[keys.STAFF], request.app[http_keys.CLOCK]())
    return as_json(found)


async def one(request: web.Request) -> web.Response:
    """`GET conversations/{id}`: one conversation. Who asks opens it, unless their page asks by itself."""
    staff, conversation_id = request[keys.STAFF], request[http_keys.CONVERSATION_ID]
    now = request.app[http_keys.CLOCK]()
    if UNATTENDED not in request.headers:
        await request.app[keys.LOOKS].opens(staff, conversation_id, now)
    async with request.app[keys.DATABASE].read() as session:
        found = await conversation.opened(session, staff, conversation_id, now)
    if found is None:  # erased since the guard looked
        raise Problem(404, "no-such-conversation", "there is no such conversation for you")
    return as_json(found)


async def transcript(request: web.Request) -> web.Response:
    """`GET conversations/{id}/timeline`: a page of the transcript with what stands beside it."""
    conversation_id = await _read_in(request)
    before, after = asked.seq(request, "before"), asked.seq(request, "after")
    limit = asked.limit(request)
    async with request.app[keys.DATABASE].read() as session:
        page = await timeline.page(session, conversation_id, before=before, after=after, limit=limit)
    return as_json(page)


async def summarised(request: web.Request) -> web.Response:
    """`GET conversations/{id}/summary`: what was asked and answered."""
    conversation_id = await _read_in(request)
    async with request.app[keys.DATABASE].read() as session:
        found = await summary.summary(session, conversation_id)
    return as_json(found)


async def search(request: web.Request) -> web.Response:
    """`GET search`: where words stand, in what the one who asks may see."""
    cursor = request.query.get("cursor") or None
    async with request.app[keys.DATABASE].read() as session:
        hits = await searching.search(session, request[keys.STAFF], request.query.get("q", ""), cursor)
    return as_json(hits)


async def _read_in(request: web.Request) -> str:
    conversation_id = request[http_keys.CONVERSATION_ID]
    now = request.app[http_keys.CLOCK]()
    await request.app[keys.LOOKS].goes_on(request[keys.STAFF], conversation_id, now)
    return conversation_id
