"""Signing in through the staff's own OpenID Connect provider: away to it, and back.

Whatever goes wrong ends at the desk's sign-in page, which says it by the reason's code (`bot.staff.oidc_refused`).
"""

import logging
from typing import TYPE_CHECKING, NamedTuple

from aiohttp import web

from bot.conversations.limits import Limiter, Rate
from bot.desk import keys, session_cookie
from bot.http import keys as http_keys
from bot.http.problems import Problem
from bot.settings import SettingsError
from bot.staff.oidc_refused import OidcError, Reason

if TYPE_CHECKING:
    from bot.staff.oidc import Provider
    from bot.staff.oidc_attempt import Attempts
    from bot.staff.oidc_sign_in import OidcSignIn
    from bot.staff.oidc_token import Identity

_log = logging.getLogger(__name__)

START = "/desk/oidc/start"
CALLBACK = "/desk/oidc/callback"
COOKIE = "nexus_desk_oidc"
_PATH = "/desk/oidc"
_COOKIE_SECONDS = 600

STARTS_PER_ADDRESS = Rate(burst=60, per_minute=30)
"""Passwords can be guessed, the provider's word cannot; this bounds what a flood asks of it and writes into the audit.
An office that comes to work behind one address gets through."""


class Oidc(NamedTuple):
    """What sign-in through the provider needs."""

    provider: "Provider"
    attempts: "Attempts"
    sign_in: "OidcSignIn"
    starts: Limiter


OIDC: web.AppKey[Oidc] = web.AppKey("desk_oidc")


def set_up_oidc(app: web.Application) -> None:
    """Makes sign-in through a provider work if one is set; the application holds the desk's sessions already.

    Raises:
        SettingsError: a provider is set, and what goes with it is not.
    """
    settings, clock, database = app[http_keys.SETTINGS], app[http_keys.CLOCK], app[keys.DATABASE]
    if not settings.oidc_issuer:
        return
    if not settings.oidc_client_id:
        raise SettingsError("setting OIDC_CLIENT_ID: expected what the provider of OIDC_ISSUER calls the guide; set it")
    # Only who uses it waits for these imports.
    from bot.staff.oidc import Provider, is_safe
    from bot.staff.oidc_attempt import Attempts
    from bot.staff.oidc_sign_in import OidcSignIn

    if not is_safe(settings.oidc_issuer):
        raise SettingsError(f"setting OIDC_ISSUER: expected an https address, got {settings.oidc_issuer!r}")
    app[OIDC] = Oidc(
        Provider(settings, settings.public_url + CALLBACK, clock),
        Attempts(settings.secret_key, clock, app[http_keys.LIMITS]),
        OidcSignIn(database, clock, settings.secret_key, app[keys.SESSIONS]),
        app[http_keys.LIMITS].limiter("oidc", STARTS_PER_ADDRESS),
    )


async def start(request: web.Request) -> web.StreamResponse:
    """`GET /desk/oidc/start`: to the provider, with an attempt that only this browser can end."""
    oidc = _of(request)
    if await oidc.starts.take(request.remote or ""):
        return _refuse("too-many")
    attempt = oidc.attempts.begin()
    try:
        url = await oidc.provider.authorization_url(attempt)
    except OidcError as error:
        _log.warning("sign-in through the provider cannot begin: %s", error)
        return _refuse(error.reason)
    response = _to(url)
    response.set_cookie(
        COOKIE,
        oidc.attempts.seal(attempt),
        max_age=_COOKIE_SECONDS,
        path=_PATH,
        httponly=True,
        samesite="Lax",  # not Strict: the browser comes back from the provider's site
        secure=request.app[http_keys.SETTINGS].public_url.startswith("https:"),
    )
    return response


async def callback(request: web.Request) -> web.StreamResponse:
    """`GET /desk/oidc/callback`: back from the provider, to the desk or to the reason why not."""
    oidc = _of(request)
    query = request.query
    try:
        attempt = await oidc.attempts.open(request.cookies.get(COOKIE, ""), query.get("state", ""))
    except OidcError as error:
        # Anybody can send such an address; the audit is for tries that began here.
        _log.warning("sign-in through the provider refused: %s", error)
        return _refuse(error.reason)
    identity: Identity | None = None
    try:
        if "error" in query:
            reason: Reason = "declined" if query["error"] == "access_denied" else "provider"
            raise OidcError(reason, f"the provider answered {query['error'][:100]!r}")
        identity = await oidc.provider.identity(attempt, query.get("code", ""), query.get("iss"))
        session_id = await oidc.sign_in.open(identity, instead_of=request.get(keys.SESSION))
    except OidcError as error:
        _log.warning("sign-in through the provider refused: %s", error)
        await oidc.sign_in.failed(error, identity)
        return _refuse(error.reason)
    response = _to("/desk")
    response.del_cookie(COOKIE, path=_PATH)
    session_cookie.give(request, response, session_id)
    return response


def _of(request: web.Request) -> Oidc:
    oidc = request.app.get(OIDC)
    if oidc is None:
        raise Problem(404, "no-provider", "no provider is set to sign in through; see OIDC_ISSUER")
    return oidc


def _to(url: str) -> web.Response:
    return web.Response(status=303, headers={"Location": url})


def _refuse(reason: Reason) -> web.Response:
    response = _to(f"/desk?refused=oidc&reason={reason}")
    response.del_cookie(COOKIE, path=_PATH)
    return response
