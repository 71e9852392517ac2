"""`GET reports` and `GET reports.csv`, for supervisors."""

import re
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from aiohttp import web

from bot.audit import log
from bot.desk import keys
from bot.desk.reports import report as reports
from bot.desk.reports.period import PeriodError, Scope, period
from bot.desk.reports.report import Report
from bot.desk.reports.tables import NAMES, as_csv
from bot.formats import Language
from bot.http import keys as http_keys
from bot.http.body import as_json
from bot.http.languages import strictly_wanted
from bot.http.problems import wrong_field
from bot.texts import LANGUAGES

_CHANNEL = re.compile(r"[a-z0-9_-]{1,20}")
EXPORTED = "report.exported"


async def show(request: web.Request) -> web.Response:
    """All figures of a period, and what the intents in them mean in words."""
    report = await _report(request, _scope(request))
    return as_json({**msgspec.to_builtins(report), "meanings": _meanings(request, report)})


async def export(request: web.Request) -> web.Response:
    """One table for a spreadsheet, in the language wanted; who took it is noted before it is given."""
    table = request.query.get("table", "")
    if table not in NAMES:
        raise wrong_field("table", f"expected one of {', '.join(NAMES)}")
    language = strictly_wanted(request)
    scope = _scope(request)
    report = await _report(request, scope)
    days = {"from": scope.period.first.isoformat(), "to": scope.period.last.isoformat()}
    chosen = {"channel": scope.channel, "language": scope.language}
    async with request.app[keys.DATABASE].write() as session:
        actor, at = request[keys.STAFF].actor, request.app[http_keys.CLOCK]()
        await log.note(session, actor, EXPORTED, "report", table, at, {**days, **chosen})
    name = "-".join(("nexus-guide", table, days["from"], days["to"], *filter(None, chosen.values())))
    return web.Response(
        text=as_csv(report, table, language),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"', "Content-Language": language},
    )


async def _report(request: web.Request, scope: Scope) -> Report:
    async with request.app[keys.DATABASE].read() as session:
        return await reports.make(session, scope)


def _scope(request: web.Request) -> Scope:
    zone = ZoneInfo(request.app[http_keys.SETTINGS].staff_time_zone)
    first, last = (_day(request, field) for field in ("from", "to"))
    try:
        asked = period(first, last, now=request.app[http_keys.CLOCK](), zone=zone)
    except PeriodError as error:
        raise wrong_field(error.field, str(error)) from error
    channel = request.query.get("channel") or None
    if channel is not None and not _CHANNEL.fullmatch(channel):
        raise wrong_field("channel", "expected the name of a channel, such as web")
    return Scope(asked, channel, _language(request))


def _day(request: web.Request, field: str) -> date | None:
    asked = request.query.get(field)
    if not asked:
        return None
    try:
        return msgspec.convert(asked, date)
    except msgspec.ValidationError as error:
        raise wrong_field(field, "expected a day such as 2026-11-21") from error


def _language(request: web.Request) -> Language | None:
    asked = request.query.get("language")
    if not asked:
        return None
    for language in LANGUAGES:
        if asked == language:
            return language
    raise wrong_field("language", "expected en or fr")


def _meanings(request: web.Request, report: Report) -> dict[str, Any]:
    catalogue = request.app[http_keys.CATALOGUE]
    keys_of = {each.intent: f"meant.{each.intent}" for each in report.unsure if each.intent is not None}
    return {
        intent: {language: catalogue.say(key, language) for language in LANGUAGES}
        for intent, key in keys_of.items()
        if catalogue.has(key)
    }
