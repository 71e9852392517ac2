"""`GET /metrics`, for Prometheus; not for the public.

With METRICS_TOKEN, whoever brings it as a bearer is answered. Without one, only a client on this machine is, and only
while the guide itself is not published: behind a proxy on the same machine every request seems to come from there.
"""

import asyncio
import hmac
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from aiohttp import web

from bot.http import keys
from bot.http.problems import Problem
from bot.http.standing import Standing
from bot.metrics.exposition import CONTENT_TYPE, exposition

PATH = "/metrics"
STANDING = web.AppKey("standing", Standing)
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


async def metrics(request: web.Request) -> web.Response:
    """All numbers in Prometheus' text form. Raises Problem 401 for a wrong token, 404 for who may not know."""
    _admit(request)
    standing = await request.app[STANDING].families()
    body = await asyncio.to_thread(exposition, standing)
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})


def _admit(request: web.Request) -> None:
    settings = request.app[keys.SETTINGS]
    if settings.metrics_token:
        if not _bears(request, settings.metrics_token):
            raise Problem(401, "no-token", "expected METRICS_TOKEN as a bearer in the header Authorization")
    elif not (_comes_from_here(request) and _is_loopback(urlsplit(settings.public_url).hostname)):
        raise Problem(404, "no-such-page", "there is nothing at this address")


def _bears(request: web.Request, token: str) -> bool:
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    # Compared as bytes, for what is not ASCII cannot be compared as text.
    same = hmac.compare_digest(given.strip().encode("utf-8", "surrogateescape"), token.encode())
    return kind.lower() == "bearer" and same


def _comes_from_here(request: web.Request) -> bool:
    return _is_loopback(request.remote) and not any(name in request.headers for name in _FORWARDED)


def _is_loopback(host: str | None) -> bool:
    if host in {None, "localhost"}:
        return host is not None
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
