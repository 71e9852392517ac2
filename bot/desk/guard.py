"""What stands before every handler of the desk. In this order, each with its own refusal:

a page of ours asks (403 `foreign-origin`), somebody is signed in (401), the request is not forged (403 `bad-csrf`), a
first password was changed (403 `password-change-due`), the role is enough (403 `wrong-role`), the conversation may be
seen (404).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

from bot.desk import keys, session_cookie
from bot.desk.signed_in import signed_in_with
from bot.desk.visible import may_try_to_take, visible
from bot.http import keys as http_keys
from bot.http.origins import is_own
from bot.http.problems import Handler, Problem
from bot.staff.roles import Role
from bot.staff.sessions import OpenSession

Need = Literal["anyone", "signed_in", "agent", "supervisor", "administrator"]
Object = Literal["conversation", "conversation_to_take"]
_LEAST: Mapping[Need, Role] = {
    "anyone": "agent",
    "signed_in": "agent",
    "agent": "agent",
    "supervisor": "supervisor",
    "administrator": "administrator",
}
"""The least role that will do, for whoever is signed in."""

UNATTENDED = "X-Unattended"
"""A header of what the page asks for by itself; such requests do not keep a session from idling out."""


@dataclass(frozen=True)
class DeskRoute:
    """One address of the desk, who may use it, and on which object.

    With an `object`, the path holds `{id}`. A `socket` is opened by GET and answers only pages of ours.
    `password_may_be_due` is for what somebody with a one-time password must be able to do.
    """

    method: Literal["GET", "POST"]
    path: str
    handler: Handler
    need: Need
    object: Object | None = None
    socket: bool = False
    password_may_be_due: bool = False


def guarded(route: DeskRoute) -> Handler:
    """The route's handler behind its guard."""

    async def guard(request: web.Request) -> web.StreamResponse:
        if (route.method != "GET" or route.socket) and not _is_ours(request):
            raise Problem(403, "foreign-origin", "expected the header Origin of the guide's own pages; see PUBLIC_URL")
        session = await _session(request)
        if session is not None:
            request[keys.SESSION] = session
        if route.need != "anyone":
            _needs_somebody(session)
        if route.method != "GET":
            _needs_token(request)
        if route.need != "anyone":
            await _needs_permission(request, route)
        return await route.handler(request)

    return guard


def _is_ours(request: web.Request) -> bool:
    """Whether a page of ours asks; where ours come over TLS, one that did not may be anybody's on the way."""
    secure = request.app[http_keys.SETTINGS].public_url.startswith("https:")
    return is_own(request) and (not secure or request.headers["Origin"].startswith("https:"))


async def _session(request: web.Request) -> OpenSession | None:
    session_id = session_cookie.value(request)
    if session_id is None:
        return None
    return await request.app[keys.SESSIONS].of(session_id, in_use=UNATTENDED not in request.headers)


def _needs_somebody(session: OpenSession | None) -> None:
    if session is None:
        raise Problem(401, "signed-out", "expected somebody signed in; sign in again")
    if session.second_factor_due:
        raise Problem(401, "second-factor-due", "expected the code of the second factor first")


def _needs_token(request: web.Request) -> None:
    session_id = session_cookie.value(request)
    if session_id is None or not session_cookie.has_token(request, session_id):
        raise Problem(403, "bad-csrf", f"expected {session_cookie.CSRF_HEADER} as GET /desk/api/session says")


async def _needs_permission(request: web.Request, route: DeskRoute) -> None:
    session = request[keys.SESSION]
    signed_in = signed_in_with(session)
    if session.account.must_change_password and not route.password_may_be_due:
        raise Problem(403, "password-change-due", "expected a new password first: this one was for one time")
    needed = _LEAST[route.need]
    if not signed_in.may(needed):
        raise Problem(403, "wrong-role", f"expected the role {needed}; yours is {signed_in.role}")
    request[keys.STAFF] = signed_in
    if route.object is None:
        return
    conversation_id = request.match_info["id"]
    may = visible if route.object == "conversation" else may_try_to_take
    async with request.app[keys.DATABASE].read_once() as looking:
        # PostgreSQL knows no text with a NUL in it, not even to look for.
        if "\0" in conversation_id or not await may(looking, signed_in, conversation_id):
            raise Problem(404, "no-such-conversation", "there is no such conversation for you")
    request[http_keys.CONVERSATION_ID] = conversation_id
