"""How long the desk's calls take with a busy desk behind them: 10,000 open conversations, and one of 5,000 messages.

The real application over HTTP on the loopback address, one call at a time, on SQLite on disk and on a PostgreSQL of our
own that flushes what it commits. The client runs in the same process, so its time counts too. The dialogue is scripted,
for it is not what is measured. `python -m benchmarks.desk` measures this alone, and prints.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, CookieJar, web
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.desk_calls import Call, acts, reads
from benchmarks.desk_data import LONG, NOW, fill, staff_id
from benchmarks.job import progress
from benchmarks.measures import percentiles
from benchmarks.plan import FULL
from benchmarks.postgresql import postgresql
from bot import policy
from bot.app import create_app
from bot.conversations.dialogue_port import Answer, Happening, Inbound, Reply
from bot.conversations.models import Conversation
from bot.db.engine import Database, open_database
from bot.db.migrate import upgrade
from bot.desk import keys, session_cookie
from bot.formats import Language
from bot.settings import ROOT, Settings
from bot.staff.roles import Role
from bot.texts import Catalogue

_MEMBERS: dict[Role, int] = {"supervisor": 0, "agent": 1}
_WARM_UP = 3


def run(job: dict[str, Any]) -> dict[str, Any]:
    """For each database, each call's p50 and p95 in milliseconds, and how long filling took."""
    return asyncio.run(_run(int(job["desk_conversations"]), int(job["desk_long"]), int(job["desk_calls"])))


async def _run(conversations: int, long_messages: int, calls: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="nexus-guide-desk-") as folder, postgresql() as address:
        addresses = {"SQLite": f"sqlite+aiosqlite:///{folder}/desk.sqlite3", "PostgreSQL": address}
        for place, (kind, url) in enumerate(addresses.items()):
            progress(place, len(addresses), f"filling {kind}")
            await upgrade(url)
            database = await open_database(url)
            try:
                began = time.perf_counter()
                await fill(database, conversations, long_messages)
                seconds = time.perf_counter() - began
                progress(place + 0.5, len(addresses), f"calling with {kind}")
                measured = await _measure(database, Path(folder), calls)
            finally:
                await database.close()
            found[kind] = {"fill_seconds": seconds, "calls": measured}
    return {"databases": found, "conversations": conversations, "long_messages": long_messages}


async def _measure(database: Database, folder: Path, calls: int) -> dict[str, dict[str, float]]:
    pick = random.Random(4)
    async with _desk(database, folder) as desk:
        waiting, deep = await _waiting(database), await desk.deep_cursor()
        measured = {}
        for call in [*reads(pick, waiting, deep), *acts(pick, waiting)]:
            spent = [await desk.timed(call) for _ in range(calls + _WARM_UP)][_WARM_UP:]
            p50, p95 = percentiles(spent)
            measured[call.name] = {"p50": p50, "p95": p95}
    return measured


async def _waiting(database: Database) -> list[str]:
    """Conversations that wait and are not put aside; those that wait longest are left in peace."""
    async with database.read() as session:
        wanted = select(Conversation.id).where(
            Conversation.state == "waiting", Conversation.snoozed_until.is_(None), Conversation.id != LONG
        )
        return list((await session.scalars(wanted.order_by(func.length(Conversation.id), Conversation.id))).all())


class _Desk:
    """An agent and a supervisor who are signed in."""

    def __init__(self, address: str, sessions: dict[Role, tuple[ClientSession, str]]) -> None:
        self._address = address
        self._sessions = sessions

    async def timed(self, call: Call) -> float:
        """Milliseconds from sending the call to having read its answer."""
        if call.before is not None:
            await self._call(call.before)
        return await self._call(call)

    async def deep_cursor(self) -> str:
        """The cursor of the twentieth page of the queue, or of the last one before it."""
        session, _ = self._sessions["agent"]
        cursor = ""
        for _ in range(20):
            async with session.get(f"{self._address}/desk/api/conversations?view=waiting&cursor={cursor}") as response:
                following = (await response.json())["next"]
            if following is None:
                break
            cursor = following
        return cursor

    async def _call(self, call: Call) -> float:
        session, csrf = self._sessions[call.role]
        path, body = call.make()
        headers = {"Origin": self._address, session_cookie.CSRF_HEADER: csrf} if call.method == "POST" else {}
        began = time.perf_counter()
        async with session.request(
            call.method, f"{self._address}/desk/api/{path}", json=body, headers=headers
        ) as answer:
            told = await answer.read()
        spent = (time.perf_counter() - began) * 1000
        if answer.status != 200:
            raise ValueError(f"expected 200 of {call.method} {path}, got {answer.status}: {told[:300]!r}")
        return spent


@asynccontextmanager
async def _desk(database: Database, folder: Path) -> AsyncIterator[_Desk]:
    settings = Settings(data_dir=folder, public_url="http://127.0.0.1", secret_key="a key for measuring")
    app = create_app(
        settings,
        clock=lambda: NOW,
        database=database,
        dialogue=_Scripted(),
        policy=policy.load_all().policy,
        catalogue=Catalogue.load(ROOT / "data" / "responses"),
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    sessions: dict[Role, tuple[ClientSession, str]] = {}
    try:
        for role, member in _MEMBERS.items():
            sessions[role] = await _signed_in(app, address, staff_id(member).removeprefix("staff:"))
        yield _Desk(address, sessions)
    finally:
        for session, _ in sessions.values():
            await session.close()
        await runner.cleanup()


async def _signed_in(app: web.Application, address: str, account_id: str) -> tuple[ClientSession, str]:
    async with app[keys.DATABASE].write() as session:
        session_id = await app[keys.SESSIONS].open(session, account_id, second_factor_due=False)
    client = ClientSession(cookie_jar=CookieJar(unsafe=True), cookies={session_cookie.NAME: session_id})
    async with client.get(f"{address}/desk/api/session") as response:
        return client, (await response.json())["csrf"]


class _Scripted:
    """A dialogue that always says the same."""

    async def answer(self, inbound: Inbound) -> Answer:
        return _words(inbound.language)

    async def happened(self, what: Happening, conversation_id: str, language: Language | None) -> Answer:
        return _words(language)

    async def greet(self, conversation_id: str, language: Language | None) -> Answer:
        return _words(language)

    def parse(self, text: str, language: Language | None) -> dict[str, Any]:
        return {}


def _words(language: Language | None) -> Answer:
    return Answer((Reply("Well.", language or "en"),), language or "en", "bot", "chitchat", 1.0, _nothing)


async def _nothing(_session: AsyncSession) -> None:
    return


def main() -> None:
    """Prints each call's times, the slowest first."""
    for kind, told in run(FULL.as_dict())["databases"].items():
        print(f"{kind}, filled in {told['fill_seconds']:.0f} s")
        for name, times in sorted(told["calls"].items(), key=lambda each: -each[1]["p95"]):
            print(f"  {name:45} p50 {times['p50']:7.1f} ms   p95 {times['p95']:7.1f} ms")


if __name__ == "__main__":
    main()
