"""One line a request, without anything that opens or tells something: no path, no query, no header."""

import logging
import time

from aiohttp import web

from bot.channels.web import keys
from bot.channels.web.problems import Handler, route_of

_log = logging.getLogger("bot.access")


@web.middleware
async def access_log(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Logs method, route pattern, status, milliseconds and the conversation's id."""
    began = time.perf_counter()
    status = 499
    try:
        response = await handler(request)
        status = response.status
        return response
    except web.HTTPException as error:
        status = error.status
        raise
    finally:
        took = (time.perf_counter() - began) * 1000
        conversation_id = request.get(keys.CONVERSATION_ID, "-")
        _log.info("%s %s %d %.1f ms %s", request.method, route_of(request), status, took, conversation_id)
