"""Signing in and out at the desk."""

from typing import Annotated

import msgspec
from aiohttp import web

from bot.desk import keys, session_cookie
from bot.http import keys as http_keys
from bot.http.body import as_json, convert, read_json
from bot.http.problems import Problem, too_many
from bot.staff import known_browser
from bot.staff.seal import SealError
from bot.staff.sign_in import Caller, Opened, RefusedError
from bot.staff.throttle import TooSoonError

_KNOWN = "nexus_desk_known"
_KNOWN_PATH = f"{session_cookie.PATH}/api/sign-in"
# PostgreSQL knows no text with a NUL in it, not even to look for.
_Short = Annotated[str, msgspec.Meta(max_length=254, pattern=r"^[^\x00]*$")]
_Long = Annotated[str, msgspec.Meta(max_length=1000)]


class Password(msgspec.Struct, frozen=True):
    """The first factor."""

    email: _Short
    password: _Long


class Code(msgspec.Struct, frozen=True):
    """The second factor: six digits of an authenticator, or a recovery code."""

    code: _Short


async def with_password(request: web.Request) -> web.Response:
    """`POST sign-in`. One answer for an unknown address, a wrong password and a disabled account."""
    told = convert(await read_json(request), Password)
    await _not_too_many(request)
    try:
        opened = await request.app[keys.SIGN_IN].with_password(
            told.email, told.password, _caller(request), instead_of=request.get(keys.SESSION)
        )
    except RefusedError as error:
        raise Problem(401, "wrong-password", "the e-mail address or the password is wrong") from error
    except TooSoonError as error:
        raise too_many(error.seconds, "failures to sign in") from error
    return _signed_in(request, opened)


async def with_code(request: web.Request) -> web.Response:
    """`POST sign-in/second-factor`."""
    told = convert(await read_json(request), Code)
    half = request.get(keys.SESSION)
    if half is None or not half.second_factor_due:
        raise Problem(401, "signed-out", "expected somebody who has just given their password; sign in again")
    await _not_too_many(request)
    try:
        opened = await request.app[keys.SIGN_IN].with_code(half, told.code, _caller(request))
    except RefusedError as error:
        raise Problem(401, "wrong-code", "the code is wrong, or was used already; wait for the next one") from error
    except TooSoonError as error:
        raise too_many(error.seconds, "wrong codes") from error
    except SealError as error:
        raise unreadable_secret(error) from error
    return _signed_in(request, opened)


async def out(request: web.Request) -> web.Response:
    """`POST sign-out`; nothing wrong with doing it twice."""
    session = request.get(keys.SESSION)
    if session is not None:
        await request.app[keys.SIGN_IN].out(session)
    response = as_json({})
    response.del_cookie(session_cookie.NAME, path=session_cookie.PATH)
    return response


def unreadable_secret(error: SealError) -> Problem:
    """409: the second factor was set up under another SECRET_KEY."""
    return Problem(409, "unreadable-secret", str(error))


async def _not_too_many(request: web.Request) -> None:
    wait = await request.app[keys.SIGN_IN_LIMITER].take(request.remote or "")
    if wait:
        raise too_many(wait, "tries to sign in from your address")


def _caller(request: web.Request) -> Caller:
    return Caller(request.remote or "", request.cookies.get(_KNOWN))


def _signed_in(request: web.Request, opened: Opened) -> web.Response:
    response = as_json({"second_factor_due": opened.second_factor_due})
    session_cookie.give(request, response, opened.session_id)
    if opened.ticket is not None:
        response.set_cookie(
            _KNOWN,
            opened.ticket,
            path=_KNOWN_PATH,
            max_age=int(known_browser.LASTS.total_seconds()),
            httponly=True,
            samesite="Strict",
            secure=request.app[http_keys.SETTINGS].public_url.startswith("https:"),
        )
    return response
