"""The real application on a real database, with a scripted dialogue behind it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot import policy
from bot.app import create_app
from bot.applicants.digests import proof_digest
from bot.applicants.models import Applicant, IdentityProof
from bot.db.engine import Database
from bot.settings import ROOT, Settings
from bot.texts import Catalogue
from tests.record.scripted import KEY, ScriptedDialogue, Watch

PORTAL = "https://portal.example"
AMARA = {"number": "980000001", "birth_date": "1984-03-09"}


@dataclass
class Guide:
    """A client of the application, and what stands behind it."""

    client: TestClient[web.Request, web.Application]
    dialogue: ScriptedDialogue
    watch: Watch
    database: Database

    async def start(self, **body: Any) -> "Talk":
        response = await self.client.post("/api/v1/conversations", json={"channel": "web", "language": "en", **body})
        assert response.status == 201, await response.text()
        started = await response.json()
        return Talk(self, started["conversation_id"], started["token"], started)


@dataclass
class Talk:
    """One conversation from the traveller's side."""

    guide: Guide
    id: str
    token: str
    started: dict[str, Any]
    said: int = 0

    @property
    def path(self) -> str:
        return f"/api/v1/conversations/{self.id}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def send(self, text: Any, name: str | None = None, **rest: Any) -> ClientResponse:
        self.said += 1
        body = {"text": text, "client_message_id": name or f"c{self.said}"}
        return await self.guide.client.post(f"{self.path}/messages", json=body, headers=self.headers, **rest)

    async def say(self, text: str, name: str | None = None) -> dict[str, Any]:
        response = await self.send(text, name)
        assert response.status == 200, await response.text()
        answer: dict[str, Any] = await response.json()
        return answer

    async def after(self, seq: int) -> dict[str, Any]:
        response = await self.guide.client.get(f"{self.path}/messages?after={seq}", headers=self.headers)
        assert response.status == 200
        transcript: dict[str, Any] = await response.json()
        return transcript


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load(ROOT / "data" / "responses")


@pytest.fixture(scope="session")
def programme() -> policy.Everything:
    return policy.load_all()


@pytest.fixture
def settings(tmp_path: Path, sqlite_url: str) -> Settings:
    return Settings(
        data_dir=tmp_path,
        database_url=sqlite_url,
        public_url="http://127.0.0.1:8080",
        secret_key=KEY,
        web_origins=(PORTAL,),
    )


@pytest.fixture
async def guide(
    sqlite_database: Database,
    aiohttp_client: Callable[..., Awaitable[TestClient[web.Request, web.Application]]],
    settings: Settings,
    catalogue: Catalogue,
    programme: policy.Everything,
) -> AsyncIterator[Guide]:
    watch = Watch()
    dialogue = ScriptedDialogue(sqlite_database, watch)
    await _register(sqlite_database, watch)
    app = create_app(
        settings,
        clock=watch,
        database=sqlite_database,
        dialogue=dialogue,
        policy=programme.policy,
        catalogue=catalogue,
    )
    server = TestServer(app)
    # As `nexus-guide up` does: aiohttp's own access log would write whole addresses.
    await server.start_server(access_log=None)
    yield Guide(await aiohttp_client(server), dialogue, watch, sqlite_database)


async def _register(database: Database, watch: Watch) -> None:
    async with database.write() as session:
        at = watch() - timedelta(days=1)
        session.add(
            Applicant(id="A-1", name="Sample: Amara", language="en", invented=True, fingerprint="f", imported_at=at)
        )
        await session.flush()
        digest = proof_digest(KEY, "passid", AMARA["number"], date.fromisoformat(AMARA["birth_date"]))
        session.add(IdentityProof(digest=digest, applicant_id="A-1"))
