"""`GET` and `POST /verify/{token}`: the form on which a traveller proves who they are.

It works without script. An unknown number and a wrong birth date give the same page; the number and the date typed are
shown to nobody again, not even in the page that says that they were wrong.
"""

import html
import re
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.applicants.digests import normal_date
from bot.applicants.identity import ProofResult
from bot.formats import Language
from bot.http import keys
from bot.http.body import read_bytes
from bot.http.languages import wanted
from bot.http.problems import Problem, too_many
from bot.texts import LANGUAGES, Catalogue

_TEMPLATES = Path(__file__).parent / "templates"
_PAGE = Template((_TEMPLATES / "verify.html").read_text(encoding="utf-8"))
_FORM = Template((_TEMPLATES / "verify_form.html").read_text(encoding="utf-8"))
_MEDIA_TYPE = "application/x-www-form-urlencoded"
_LARGEST_FORM = 4096
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
# The lock is told in one zone, since a plain form does not know the visitor's; the text names whose time it is.
_TOLD_IN = ZoneInfo("America/Toronto")


async def show(request: web.Request) -> web.Response:
    """The form, or the page that says that the link is dead."""
    language = wanted(request)
    token = request.match_info["token"]
    if not _TOKEN.fullmatch(token) or not await request.app[keys.CONVERSATIONS].usable_link(token):
        return _message(request, language, "dead", status=410)
    return _form(request, language, status=200)


async def prove(request: web.Request) -> web.Response:
    """Tries what was typed in."""
    language = wanted(request)
    wait = await request.app[keys.IDENTITY_LIMITER].take(request.remote or "")
    if wait:
        raise too_many(wait, "tries from your address")
    token = request.match_info["token"]
    number, birth_date = _fields(await read_bytes(request, media_type=_MEDIA_TYPE, limit=_LARGEST_FORM))
    if not _TOKEN.fullmatch(token) or not await request.app[keys.CONVERSATIONS].usable_link(token):
        return _message(request, language, "dead", status=410)
    # What cannot be right in form is not counted as a failure: it tells nothing about anybody.
    faulty = [name for name, ok in (("number", bool(number)), ("birth_date", normal_date(birth_date))) if not ok]
    if faulty:
        return _form(request, language, status=422, error=f"{faulty[0]}_format", invalid=faulty)
    proof = await request.app[keys.CONVERSATIONS].prove_identity(token, number, birth_date)
    if proof.result is ProofResult.PROVED:
        return _message(request, language, "done", status=200)
    if proof.result is ProofResult.LINK_DEAD:
        return _message(request, language, "dead", status=410)
    if proof.locked_until is not None:
        return _locked(request, language, proof.locked_until)
    return _form(request, language, status=422, error="wrong", invalid=["number", "birth_date"])


def _fields(body: bytes) -> tuple[str, str]:
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=10, errors="strict")
    except ValueError as error:
        raise Problem(400, "malformed", "the form could not be read; it is not UTF-8 or has too many fields") from error
    number, birth_date = (fields.get(name, [""])[0].strip() for name in ("number", "birth_date"))
    if len(number) > 64 or len(birth_date) > 64:
        return "", ""
    return number, birth_date


def _locked(request: web.Request, language: Language, until: datetime) -> web.Response:
    seconds = max(1, round((until - request.app[keys.CLOCK]().astimezone(UTC)).total_seconds()))
    response = _message(request, language, "locked", status=429, until=until.astimezone(_TOLD_IN))
    response.headers["Retry-After"] = str(seconds)
    return response


def _message(request: web.Request, language: Language, name: str, *, status: int, **values: Any) -> web.Response:
    say = request.app[keys.CATALOGUE]
    title = say.say(f"identity_{name}_title", language)
    text = html.escape(say.say(f"identity_{name}_text", language, **values))
    return _page(say, language, title, f"<p>{text}</p>", status)


def _form(
    request: web.Request, language: Language, *, status: int, error: str | None = None, invalid: list[str] | None = None
) -> web.Response:
    say = request.app[keys.CATALOGUE]
    names = ("intro", "number_label", "number_hint", "birth_date_label", "birth_date_hint", "submit", "privacy")
    texts = {name: html.escape(say.say(f"identity_{name}", language)) for name in names}
    shown = "" if error is None else html.escape(say.say(f"identity_error_{error}", language))
    flags = {f"{name}_invalid": str(name in (invalid or ())).lower() for name in ("number", "birth_date")}
    alert = f'<p class="error" role="alert" id="error">{shown}</p>' if shown else ""
    described = " error" if shown else ""
    body = _FORM.substitute(texts, alert=alert, described=described, language=language, **flags)
    return _page(say, language, say.say("identity_title", language), body, status)


def _page(say: Catalogue, language: Language, title: str, body: str, status: int) -> web.Response:
    other = next(each for each in LANGUAGES if each != language)
    page = _PAGE.substitute(
        language=language,
        title=html.escape(title),
        service=html.escape(say.say("identity_service", language)),
        body=body,
        other=other,
        other_name=html.escape(say.say("identity_own_name", other)),
    )
    return web.Response(status=status, text=page, content_type="text/html", headers={"Content-Language": language})
