"""`GET session`: who is signed in, what is due first, and what else the page must know to begin."""

from datetime import datetime
from urllib.parse import urlsplit

import msgspec
from aiohttp import web

from bot.desk import keys, session_cookie
from bot.desk.signed_in import signed_in_with
from bot.formats import Language
from bot.http import keys as http_keys
from bot.http.body import as_json
from bot.settings import Settings
from bot.staff.models import StaffAccount
from bot.staff.roles import Role
from bot.staff.sessions import OpenSession


class Themselves(msgspec.Struct, frozen=True):
    """Who is signed in; `totp` tells whether they have a second factor."""

    id: str
    name: str
    email: str
    role: Role
    language: Language
    totp: bool


class Provider(msgspec.Struct, frozen=True):
    """An OpenID Connect provider one can sign in with, by the name people know it by."""

    label: str


class Staffed(msgspec.Struct, frozen=True):
    """Whether staff read messages now, and else when they do next."""

    open: bool
    next_opening: datetime | None


class SessionState(msgspec.Struct, frozen=True):
    """The state of a browser's session. `csrf` goes into the header X-CSRF-Token of every changing call."""

    signed_in: bool
    second_factor_due: bool
    password_due: bool
    csrf: str
    staff: Themselves | None
    oidc: Provider | None
    staffed: Staffed
    now: datetime


async def show(request: web.Request) -> web.Response:
    """Gives the state; a browser without a cookie gets one that opens nothing, for signing in is protected too."""
    session = request.get(keys.SESSION)
    session_id = session_cookie.value(request)
    fresh = session_cookie.nobodys() if session_id is None else None
    response = as_json(_state(request, session, session_id or fresh or ""))
    if fresh is not None:
        session_cookie.give(request, response, fresh)
    return response


def _state(request: web.Request, session: OpenSession | None, session_id: str) -> SessionState:
    settings = request.app[http_keys.SETTINGS]
    due = session is not None and session.second_factor_due
    account = session.account if session is not None and not due else None
    now = request.app[http_keys.CLOCK]()
    hours = request.app[keys.STAFFED]
    return SessionState(
        signed_in=account is not None,
        second_factor_due=due,
        password_due=account is not None and account.must_change_password,
        csrf=session_cookie.csrf_token(request, session_id),
        staff=_themselves(session, account) if session is not None and account is not None else None,
        oidc=_provider(settings),
        staffed=Staffed(hours.is_open(now), hours.next_opening(now)),
        now=now,
    )


def _themselves(session: OpenSession, account: StaffAccount) -> Themselves:
    signed_in = signed_in_with(session)
    totp = account.totp_secret is not None
    return Themselves(signed_in.actor.id, account.name, account.email, account.role, account.language, totp)


def _provider(settings: Settings) -> Provider | None:
    if not settings.oidc_issuer or not settings.oidc_client_id:
        return None
    return Provider(settings.oidc_label or urlsplit(settings.oidc_issuer).hostname or settings.oidc_issuer)
