"""The cookie of the desk, and the token that goes with it against forged requests (CSRF)."""

import hmac

from aiohttp import web

from bot.http import keys
from bot.staff.sessions import new_id

NAME = "nexus_desk"
PATH = "/desk"
CSRF_HEADER = "X-CSRF-Token"


def value(request: web.Request) -> str | None:
    """What the browser sent, or None."""
    return request.cookies.get(NAME) or None


def give(request: web.Request, response: web.StreamResponse, session_id: str) -> None:
    """Hands the browser a session's id until the browser ends; scripts cannot read it, other sites cannot use it."""
    secure = request.app[keys.SETTINGS].public_url.startswith("https:")
    response.set_cookie(NAME, session_id, path=PATH, httponly=True, samesite="Lax", secure=secure)


def nobodys() -> str:
    """An id that opens nothing, for a browser nobody is signed in with: its token protects signing in."""
    return new_id()


def csrf_token(request: web.Request, session_id: str) -> str:
    """The token of one session's id: who cannot read our answers cannot know it, so it need not be stored."""
    key = request.app[keys.SETTINGS].secret_key.encode()
    return hmac.digest(key, b"desk csrf|" + session_id.encode("utf-8", "surrogatepass"), "sha256").hex()


def has_token(request: web.Request, session_id: str) -> bool:
    """Whether the request carries the token of its own cookie, in a time that does not tell how near it came."""
    sent = request.headers.get(CSRF_HEADER, "").encode("utf-8", "surrogatepass")
    return hmac.compare_digest(sent, csrf_token(request, session_id).encode())
