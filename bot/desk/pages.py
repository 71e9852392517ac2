"""The desk's pages and the files under `/desk/static/`; they hold nothing secret, for all they show they ask for."""

from pathlib import Path

from aiohttp import web

STATIC = Path(__file__).parent / "static"
_KEPT = {"Cache-Control": "no-cache"}


async def desk(_request: web.Request) -> web.FileResponse:
    """Queue, conversation and case."""
    return _page("desk.html")


async def account(_request: web.Request) -> web.FileResponse:
    """One's own password, second factor and language."""
    return _page("account.html")


async def audit(_request: web.Request) -> web.FileResponse:
    """What was done at the desk."""
    return _page("audit.html")


async def reports(_request: web.Request) -> web.FileResponse:
    """Numbers for supervisors."""
    return _page("reports.html")


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


def _page(name: str) -> web.FileResponse:
    return web.FileResponse(STATIC / name, headers=_KEPT)
