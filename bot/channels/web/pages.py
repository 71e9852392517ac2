"""The page at `/` and the files under `/static/`."""

from pathlib import Path

from aiohttp import web

from bot.http.languages import wanted

STATIC = Path(__file__).parent / "static"
_PAGES = {"en": STATIC / "index.html", "fr": STATIC / "index.fr.html"}


async def front(request: web.Request) -> web.FileResponse:
    """The front page in the language the visitor wants."""
    language = wanted(request)
    headers = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-cache"}
    return web.FileResponse(_PAGES[language], headers=headers)


async def static(request: web.Request) -> web.FileResponse:
    """One file of the static folder; browsers keep it and ask each time whether it has changed."""
    file = STATIC / request.match_info["name"]
    try:
        is_ours = file.name == request.match_info["name"] and file.is_file()
    except OSError:  # a name longer than the system allows
        is_ours = False
    if not is_ours:
        raise web.HTTPNotFound
    return web.FileResponse(file)
