"""One line a request, without anything that opens or tells something: no path, no query, no header."""

import logging
import time

from aiohttp import web

from bot.http import keys
from bot.http.problems import CLIENT_GONE, Handler, route_of
from bot.logs.context import about_request, request_id
from bot.logs.faults import whereabouts
from bot.logs.format import FIELDS
from bot.metrics.instruments import HTTP_SECONDS
from bot.tracing.spans import CONVERSATION, span

_log = logging.getLogger("bot.access")
REQUEST_ID_HEADER = "X-Request-ID"
REQUEST_ID: web.RequestKey[str] = web.RequestKey("request_id", str)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SWITCHING = 101
_Fields = dict[str, str | int | float]


class WithoutRequests(logging.Filter):
    """Keeps requests out of the server's own log.

    aiohttp logs a request it cannot read with the bytes it stumbled on, which may be an address with a token in it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Says where it failed instead; lets every record pass."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.name, record.msg, record.args = _log.name, "a request could not be served: %s", (whereabouts(error),)
            record.exc_info = record.exc_text = None
        return True


def keep_requests_out_of_the_log() -> None:
    """Puts the filter on aiohttp's server log, once however often it is called."""
    logger = logging.getLogger("aiohttp.server")
    if not any(isinstance(each, WithoutRequests) for each in logger.filters):
        logger.addFilter(WithoutRequests())


@web.middleware
async def access_log(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Logs method, route pattern, status, milliseconds, the conversation's id and the request's; counts and traces it.

    The request's id is the caller's `X-Request-ID` where it is a sane one; `name_request` gives it back.
    """
    identity = request[REQUEST_ID] = request_id(request.headers.get(REQUEST_ID_HEADER))
    route = route_of(request)
    method = request.method if request.method in _METHODS else "other"
    began = time.perf_counter()
    status = CLIENT_GONE
    parents = request.headers.getall("traceparent", [])
    with (
        about_request(identity),
        span(
            f"{method} {route}",
            {"http.request.method": method, "http.route": route},
            parent=parents[0] if len(parents) == 1 else None,
            server=True,
        ) as traced,
    ):
        try:
            response = await handler(request)
            status = response.status
            return response
        except web.HTTPException as error:
            status = error.status
            raise
        finally:
            took = time.perf_counter() - began
            HTTP_SECONDS.labels(method, route, str(status)).observe(took if status != _SWITCHING else 0.0)
            conversation_id = request.get(keys.CONVERSATION_ID)
            if traced is not None:
                traced.set_attributes({"http.response.status_code": status, CONVERSATION: conversation_id or "-"})
            fields: _Fields = {
                "method": method,
                "route": route,
                "status": status,
                "milliseconds": round(took * 1000, 1),
            }
            _write(fields, conversation_id, identity)


def _write(fields: _Fields, conversation_id: str | None, identity: str) -> None:
    words = (*fields.values(), conversation_id or "-", identity)
    if conversation_id is not None:
        fields = {**fields, "conversation_id": conversation_id}
    _log.info("%s %s %d %.1f ms %s %s", *words, extra={FIELDS: fields})


async def name_request(request: web.Request, response: web.StreamResponse) -> None:
    """Gives the request's id back; runs before the headers go out."""
    if REQUEST_ID in request:
        response.headers[REQUEST_ID_HEADER] = request[REQUEST_ID]
