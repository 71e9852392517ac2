"""The desk on a real database, with a scripted dialogue behind it, and browsers of staff.

`desk_app` is the application, `desk` serves it, `sign_in(role)` gives a signed-in browser (`tests/desk/clerks.py`).
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import NamedTuple
from weakref import WeakSet

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import policy
from bot.conversations.handover import Handover
from bot.conversations.limits import LocalLimits
from bot.conversations.service import Conversations
from bot.db.engine import Database
from bot.desk import keys as desk_keys
from bot.desk.routes import set_up_desk
from bot.guidance.policy import Policy
from bot.http import keys, protection
from bot.http.problems import problems
from bot.settings import ROOT, Settings
from bot.texts import Catalogue
from tests.desk.clerks import OWN_ORIGIN, Clerk, Desk, quick_passwords
from tests.record.scripted import KEY, ScriptedDialogue, Watch


class Known(NamedTuple):
    """What the desk knows from files."""

    catalogue: Catalogue
    policy: Policy


@pytest.fixture(scope="session")
def desk_known() -> Known:
    return Known(Catalogue.load(ROOT / "data" / "responses"), policy.load_all().policy)


@pytest.fixture
def desk_settings(tmp_path: Path, sqlite_url: str) -> Settings:
    return Settings(data_dir=tmp_path, database_url=sqlite_url, public_url=OWN_ORIGIN, secret_key=KEY)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def desk_dialogue(sqlite_database: Database, watch: Watch) -> ScriptedDialogue:
    return ScriptedDialogue(sqlite_database, watch)


@pytest.fixture
def desk_app(
    sqlite_database: Database,
    desk_settings: Settings,
    desk_dialogue: ScriptedDialogue,
    desk_known: Known,
    watch: Watch,
) -> web.Application:
    """The desk's own part of the application."""
    app = web.Application(middlewares=[problems])
    app[keys.SETTINGS] = desk_settings
    app[keys.CLOCK] = watch
    app[keys.POLICY] = desk_known.policy
    app[keys.CATALOGUE] = desk_known.catalogue
    conversations = Conversations(sqlite_database, desk_dialogue, desk_known.catalogue, watch, KEY)
    app[keys.CONVERSATIONS] = conversations
    app[keys.SOCKETS] = WeakSet()
    app[desk_keys.DATABASE] = sqlite_database
    app[desk_keys.HANDOVER] = Handover(sqlite_database, conversations, desk_known.catalogue, watch)
    app[keys.LIMITS] = LocalLimits(watch)
    set_up_desk(app, passwords=quick_passwords())
    app.on_response_prepare.append(protection.protect)
    return app


@pytest.fixture
async def desk(
    desk_app: web.Application,
    sqlite_database: Database,
    watch: Watch,
    desk_dialogue: ScriptedDialogue,
    desk_settings: Settings,
) -> AsyncIterator[Desk]:
    server = TestServer(desk_app)
    await server.start_server(access_log=None)
    running = Desk(desk_app, server, sqlite_database, watch, desk_dialogue, desk_settings)
    yield running
    # As the whole application does when it stops; the first client to close would wait for the others' sockets.
    for socket in [*desk_app[keys.SOCKETS]]:
        await socket.close()
    for client in running.clients:
        await client.close()
    await server.close()
    # What the guide says after a hand-back runs by itself, and needs the database until its end.
    await desk_app[keys.CONVERSATIONS].finish()


@pytest.fixture
def sign_in(desk: Desk) -> Callable[..., Awaitable[Clerk]]:
    """`await sign_in("supervisor")`: a browser somebody of this role is signed in with."""
    return desk.sign_in
