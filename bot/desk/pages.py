"""The desk's pages and the files under `/desk/static/`; they hold nothing secret, for all they show they ask for."""

from pathlib import Path
from string import Template

from aiohttp import web

STATIC = Path(__file__).parent / "static"
_KEPT = {"Cache-Control": "no-cache"}
# One shell for all pages; scripts fill it.
_SHELL = Template((Path(__file__).parent / "templates" / "page.html").read_text(encoding="utf-8"))


def _page(script: str, *styles: str) -> str:
    links = (f'<link rel="stylesheet" href="/desk/static/{style}">' for style in ("desk.css", *styles))
    return _SHELL.substitute(styles="\n".join(links), script=script)


_DESK = _page("desk.js", "queue.css", "conversation.css", "side.css")
_ACCOUNT = _page("account.js")
_AUDIT = _page("audit.js")
_REPORTS = _page("reports.js", "reports.css")


async def desk(_request: web.Request) -> web.Response:
    """Queue, conversation and case."""
    return _html(_DESK)


async def account(_request: web.Request) -> web.Response:
    """One's own password, second factor and language."""
    return _html(_ACCOUNT)


async def audit(_request: web.Request) -> web.Response:
    """What was done at the desk."""
    return _html(_AUDIT)


async def reports(_request: web.Request) -> web.Response:
    """Numbers for supervisors."""
    return _html(_REPORTS)


async def static(request: web.Request) -> web.FileResponse:
    """One file of the static folder; browsers keep it and ask each time whether it has changed."""
    file = STATIC / request.match_info["name"]
    try:
        is_ours = file.name == request.match_info["name"] and file.is_file()
    except (OSError, ValueError):  # a name longer than the system allows, or with a zero byte in it
        is_ours = False
    if not is_ours:
        raise web.HTTPNotFound
    return web.FileResponse(file, headers=_KEPT)


def _html(page: str) -> web.Response:
    return web.Response(text=page, content_type="text/html", headers=_KEPT)
