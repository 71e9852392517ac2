"""The one table of every address of the desk: who may use it, on what. One test drives all of it."""

from aiohttp import web

from bot.desk import keys
from bot.desk.guard import DeskRoute, guarded
from bot.http import keys as http_keys
from bot.staff.sessions import Sessions

_API = "/desk/api"
_CONVERSATION = f"{_API}/conversations/{{id}}"

ROUTES: tuple[DeskRoute, ...] = ()


def set_up_desk(app: web.Application) -> None:
    """Adds every route behind its guard; the application holds settings, clock, database and hand-over already."""
    app[keys.SESSIONS] = Sessions(app[keys.DATABASE], app[http_keys.CLOCK])
    for route in ROUTES:
        handler = guarded(route)
        app.router.add_route(route.method, route.path, handler)
        if route.method == "GET" and not route.socket:
            app.router.add_route("HEAD", route.path, handler)
