"""`POST /api/v1/conversations`."""

from typing import Literal

import msgspec
from aiohttp import web

from bot.formats import Language
from bot.http import keys
from bot.http.body import as_json, convert, read_json
from bot.http.problems import too_many


class StartConversation(msgspec.Struct, frozen=True):
    """A wish to talk. `language` is null while nobody knows it; the greeting is then in both."""

    channel: Literal["web"] = "web"
    language: Language | None = None


async def start(request: web.Request) -> web.Response:
    """Starts a conversation and gives the token that opens it."""
    wish = convert(await read_json(request), StartConversation)
    wait = await request.app[keys.START_LIMITER].take(request.remote or "")
    if wait:
        raise too_many(wait, "new conversations from your address")
    started = await request.app[keys.CONVERSATIONS].start(wish.channel, wish.language)
    request[keys.CONVERSATION_ID] = started.conversation_id
    return as_json(started, status=201)
