"""`POST /api/v1/guidance`: a case in, a ruling out; an array of cases gives an array of rulings."""

import asyncio

import msgspec
from aiohttp import web

from bot.conversations.limits import LARGEST_GUIDANCE_BODY
from bot.formats import Language
from bot.guidance.case import Case
from bot.guidance.engine import rule
from bot.guidance.policy import Policy
from bot.guidance.reading import CaseError, read_one_or_many
from bot.http import keys
from bot.http.body import decode, read_bytes
from bot.http.languages import strictly_wanted
from bot.http.problems import FieldError, wrong_fields
from bot.texts import Catalogue


async def guidance(request: web.Request) -> web.Response:
    """Rules on the case of the body, or on each of its cases, in the language the request wants."""
    language = strictly_wanted(request)
    body = await read_bytes(request, media_type="application/json", limit=LARGEST_GUIDANCE_BODY)
    policy, catalogue = request.app[keys.POLICY], request.app[keys.CATALOGUE]
    try:
        # A long array takes longer than the others in the process should wait.
        rulings = await asyncio.to_thread(_rule, body, policy, catalogue, language)
    except CaseError as error:
        raise wrong_fields([_field_error(line) for line in error.errors]) from error
    return web.Response(body=rulings, content_type="application/json", headers={"Content-Language": language})


def _rule(body: bytes, policy: Policy, catalogue: Catalogue, language: Language) -> bytes:
    # What is no JSON is told apart from what is no case: 400 and 422.
    decode(body)
    cases = read_one_or_many(body, policy)
    if isinstance(cases, Case):
        return msgspec.json.encode(rule(cases, policy, catalogue, language))
    return msgspec.json.encode([rule(case, policy, catalogue, language) for case in cases])


def _field_error(line: str) -> FieldError:
    field, separator, detail = line.partition(": ")
    return FieldError(field, detail) if separator else FieldError("", line)
