"""`GET staff`: to whom a conversation can be assigned."""

from aiohttp import web

from bot.desk import keys
from bot.http.body import as_json
from bot.staff.accounts import active_accounts, actor_of


async def show(request: web.Request) -> web.Response:
    """Everybody who may sign in, by name; no addresses."""
    async with request.app[keys.DATABASE].read_once() as session:
        found = await active_accounts(session)
    shown = [{"id": actor_of(account).id, "name": account.name, "role": account.role} for account in found]
    return as_json({"staff": shown})
