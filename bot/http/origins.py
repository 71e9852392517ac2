"""Which pages may talk to the guide from a browser.

A browser sends `Origin`; a program does not and needs no permission, since it holds no visitor's secrets. Allowed are
the guide's own pages and those of `WEB_ORIGINS`.
"""

from urllib.parse import urlsplit

from aiohttp import web

from bot.http import keys
from bot.http.problems import Handler, Problem

_OPEN_TO_OTHERS = ("/api/", "/static/")


def is_welcome(request: web.Request) -> bool:
    """Whether the page that makes this request is allowed to; true where no page makes it."""
    origin = request.headers.get("Origin")
    return origin is None or _is_own(request, origin) or origin in request.app[keys.SETTINGS].web_origins


def is_own(request: web.Request) -> bool:
    """Whether a page of the guide itself makes this request; false where no page makes it."""
    origin = request.headers.get("Origin")
    return origin is not None and _is_own(request, origin)


def _is_own(request: web.Request, origin: str) -> bool:
    # Behind a proxy that ends TLS the scheme is not the one the browser saw, so only the host is compared.
    try:
        host = urlsplit(origin).netloc
    except ValueError:  # such as "http://[", which no browser sends
        return False
    return bool(host) and host in (request.host, urlsplit(request.app[keys.SETTINGS].public_url).netloc)


@web.middleware
async def cross_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers preflights of welcome pages; others get no permission."""
    origin = request.headers.get("Origin")
    if origin is None or not request.path.startswith(_OPEN_TO_OTHERS):
        return await handler(request)
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        if not is_welcome(request):
            raise Problem(403, "foreign-origin", "pages of this origin may not use the guide; see WEB_ORIGINS")
        return web.Response(
            status=204,
            headers={
                "Access-Control-Allow-Methods": "GET, POST",
                "Access-Control-Allow-Headers": "Authorization, Content-Type",
                "Access-Control-Max-Age": "600",
            },
        )
    return await handler(request)


async def allow(request: web.Request, response: web.StreamResponse) -> None:
    """Lets a welcome page of another origin read the response; runs before the headers go out."""
    if not request.path.startswith(_OPEN_TO_OTHERS):
        return
    response.headers["Vary"] = "Origin"
    origin = request.headers.get("Origin")
    if origin is not None and origin in request.app[keys.SETTINGS].web_origins:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
