"""Reading JSON bodies within limits, and writing them."""

import asyncio
import re
from typing import Any, TypeVar

import msgspec
from aiohttp import web

from bot.conversations.limits import BODY_SECONDS, LARGEST_BODY
from bot.http.problems import Problem, malformed, wrong_field

_Type = TypeVar("_Type")
_WHERE = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)
_MISSING = re.compile(r"^Object missing required field `(?P<name>[^`]+)`$")


async def read_bytes(request: web.Request, *, media_type: str, limit: int = LARGEST_BODY) -> bytes:
    """The body, if it is of this media type and has at most `limit` bytes. Raises Problem 400, 408, 413 or 415."""
    if request.content_type != media_type or (request.charset or "utf-8").lower() not in ("utf-8", "utf8"):
        raise Problem(415, "wrong-media-type", f"expected Content-Type: {media_type} in UTF-8")
    return await read_any(request, limit=limit)


async def read_any(request: web.Request, *, limit: int = LARGEST_BODY) -> bytes:
    """The body, whatever its media type, of at most `limit` bytes. Raises Problem 400, 408 or 413."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > limit:
                    raise Problem(413, "body-too-large", f"expected at most {limit} bytes in the body")
    except TimeoutError as error:
        raise Problem(408, "body-too-slow", f"expected the whole body within {BODY_SECONDS:g} s") from error
    except web.RequestPayloadError as error:
        raise malformed("the body is not encoded as its headers say") from error
    return bytes(body)


async def read_json(request: web.Request, *, limit: int = LARGEST_BODY) -> Any:
    """The JSON value of the body. Raises Problem 400, 408, 413 or 415."""
    return decode(await read_bytes(request, media_type="application/json", limit=limit))


def decode(body: bytes | str) -> Any:
    """The JSON value of `body`. Raises Problem 400 where it is none, is nested too deep or is not UTF-8."""
    try:
        return msgspec.json.decode(body)
    except RecursionError as error:
        raise malformed("the JSON is nested too deep") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise malformed(f"the body is not JSON in UTF-8: {_plain(error)}") from error


def convert(value: Any, kind: type[_Type]) -> _Type:
    """`value` as a `kind`. Raises Problem 422 naming the field."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        match = _WHERE.match(str(error))
        what, path = (match["what"], match["path"] or "") if match else (str(error), "")
        missing = _MISSING.match(what)
        if missing:
            path, what = f"{path}.{missing['name']}", "is missing"
        raise wrong_field(path.lstrip("$."), what[0].lower() + what[1:]) from error


def _plain(error: Exception) -> str:
    # A decoder's words about bytes may quote them; its own messages name a position only.
    return str(error) if isinstance(error, msgspec.DecodeError) else "invalid UTF-8"


def as_json(value: Any, *, status: int = 200) -> web.Response:
    """A JSON response."""
    return web.Response(status=status, body=msgspec.json.encode(value), content_type="application/json")
