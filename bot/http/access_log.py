"""One line a request, without anything that opens or tells something: no path, no query, no header."""

import logging
import time

from aiohttp import web

from bot.conversations.faults import whereabouts
from bot.http import keys
from bot.http.problems import CLIENT_GONE, Handler, route_of

_log = logging.getLogger("bot.access")


class WithoutRequests(logging.Filter):
    """Keeps requests out of the server's own log.

    aiohttp logs a request it cannot read with the bytes it stumbled on, which may be an address with a token in it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Says where it failed instead; lets every record pass."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.msg, record.args = "a request could not be served: %s", (whereabouts(error),)
            record.exc_info = record.exc_text = None
        return True


def keep_requests_out_of_the_log() -> None:
    """Puts the filter on aiohttp's server log, once however often it is called."""
    logger = logging.getLogger("aiohttp.server")
    if not any(isinstance(each, WithoutRequests) for each in logger.filters):
        logger.addFilter(WithoutRequests())


@web.middleware
async def access_log(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Logs method, route pattern, status, milliseconds and the conversation's id."""
    began = time.perf_counter()
    status = CLIENT_GONE
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
