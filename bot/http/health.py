"""`GET /healthz` and `GET /readyz`, for whoever runs the guide."""

from aiohttp import web

from bot.http import keys
from bot.http.body import as_json


async def alive(_request: web.Request) -> web.Response:
    """The process answers."""
    return as_json({"alive": True})


async def ready(request: web.Request) -> web.Response:
    """Whether the guide can do its work, and what is missing."""
    state = await request.app[keys.READINESS].look()
    return as_json(state, status=200 if state.ready else 503)
