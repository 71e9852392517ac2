"""What staff change about their own account at the desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import msgspec
from aiohttp import web

from bot.desk import keys
from bot.desk.sign_in import unreadable_secret
from bot.formats import Language
from bot.http.body import as_json, convert, read_json
from bot.http.problems import FieldError, Problem, too_many
from bot.staff.own_account import NotConfirmedError
from bot.staff.passwords import PasswordError
from bot.staff.seal import SealError
from bot.staff.second_factor import address_of, picture_of
from bot.staff.throttle import TooSoonError

_Text = Annotated[str, msgspec.Meta(max_length=1000)]


class NewPassword(msgspec.Struct, frozen=True):
    """The present password and the one to come."""

    current: _Text
    new: _Text


class Confirmation(msgspec.Struct, frozen=True):
    """The present password, typed again."""

    password: _Text


class FirstCode(msgspec.Struct, frozen=True):
    """The first code of an authenticator."""

    code: Annotated[str, msgspec.Meta(max_length=100)]


class WantedLanguage(msgspec.Struct, frozen=True):
    """The language of the desk's words."""

    language: Language


async def change_password(request: web.Request) -> web.Response:
    """`POST account/password`: ends every other session."""
    told = convert(await read_json(request), NewPassword)
    with _refusals("current"):
        await request.app[keys.OWN_ACCOUNT].change_password(request[keys.SESSION], told.current, told.new)
    return as_json({})


async def prepare_totp(request: web.Request) -> web.Response:
    """`POST account/totp`: a secret for an authenticator; it counts once its first code was confirmed."""
    told = convert(await read_json(request), Confirmation)
    session = request[keys.SESSION]
    with _refusals("password"):
        secret = await request.app[keys.OWN_ACCOUNT].prepare_second_factor(session, told.password)
    address = address_of(secret, session.account.email)
    return as_json({"secret": secret, "uri": address, "qr_svg": picture_of(address)})


async def confirm_totp(request: web.Request) -> web.Response:
    """`POST account/totp/confirm`: gives the recovery codes, this once."""
    told = convert(await read_json(request), FirstCode)
    with _refusals("code"):
        codes = await request.app[keys.OWN_ACCOUNT].set_second_factor(request[keys.SESSION], told.code)
    return as_json({"recovery_codes": codes})


async def remove_totp(request: web.Request) -> web.Response:
    """`POST account/totp/remove`."""
    told = convert(await read_json(request), Confirmation)
    with _refusals("password"):
        await request.app[keys.OWN_ACCOUNT].remove_second_factor(request[keys.SESSION], told.password)
    return as_json({})


async def set_language(request: web.Request) -> web.Response:
    """`POST account/language`."""
    told = convert(await read_json(request), WantedLanguage)
    await request.app[keys.OWN_ACCOUNT].set_language(request[keys.SESSION], told.language)
    return as_json({})


@contextmanager
def _refusals(field: str) -> Iterator[None]:
    """Turns what an account refuses into problems; `field` is what confirms."""
    try:
        yield
    except NotConfirmedError as error:
        kind, detail = ("wrong-code", "the code is wrong") if field == "code" else ("wrong-password", "it is wrong")
        raise Problem(422, kind, f"{field}: {detail}", errors=[FieldError(field, detail)]) from error
    except PasswordError as error:
        kind = f"password-{error.weakness}"
        raise Problem(422, kind, f"new: {error}", errors=[FieldError("new", str(error))]) from error
    except TooSoonError as error:
        raise too_many(error.seconds, "failures to confirm") from error
    except SealError as error:
        raise unreadable_secret(error) from error
