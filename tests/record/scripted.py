"""A dialogue that follows a script, for tests of what stands around the dialogue."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.applicants import identity
from bot.conversations.dialogue_port import Answer, Button, Choice, Happening, Inbound, Reply
from bot.conversations.intake import SendMessage
from bot.conversations.service import Conversations
from bot.db.engine import Database
from bot.formats import Language
from bot.settings import ROOT
from bot.texts import Catalogue

NOON = datetime(2026, 11, 21, 17, tzinfo=UTC)
KEY = "a key for tests"


class Watch:
    """A clock that moves when it is told to."""

    def __init__(self, start: datetime = NOON) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


async def _nothing(_session: AsyncSession) -> None:
    return


def answer(*texts: str, language: Language = "en", **rest: Any) -> Answer:
    """An answer of these texts."""
    values: dict[str, Any] = {"state": "bot", "intent": "chitchat", "confidence": 0.9, "save": _nothing, **rest}
    return Answer(replies=tuple(Reply(each, language) for each in texts), language=language, **values)


@dataclass
class ScriptedDialogue:
    """Echoes what it hears; `hold` makes it wait, `script` may answer, raise or change things instead."""

    database: Database | None = None
    clock: Callable[[], datetime] = lambda: NOON
    heard: list[Inbound] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    hearing: asyncio.Event = field(default_factory=asyncio.Event)
    hold: asyncio.Event | None = None
    script: Callable[[Inbound], Awaitable[Answer | None]] | None = None

    async def answer(self, inbound: Inbound) -> Answer:
        self.heard.append(inbound)
        self.hearing.set()
        if self.hold is not None:
            await self.hold.wait()
        if self.script is not None:
            scripted = await self.script(inbound)
            if scripted is not None:
                return scripted
        if inbound.text == "verify":
            return await self._link(inbound)
        if inbound.text == "restart":
            return answer("Forgotten.", intent="restart", save=self._forget(inbound.conversation_id))

        async def save(session: AsyncSession) -> None:
            await session.execute(text("SELECT 1"))
            self.saved.append(inbound.message_id)

        return answer(f"You said: {inbound.text}", "Anything else?", save=save)

    async def _link(self, inbound: Inbound) -> Answer:
        assert self.database is not None
        async with self.database.write() as session:
            issued = await identity.issue_link(session, inbound.conversation_id, self.clock())
        link = {"url": f"/verify/{issued.token}", "title": "Verify", "expires_at": issued.expires_at.isoformat()}
        reply = Reply(
            "Open this.", "en", (Button("Why?", "why", Choice("ask_why", ({"entity": "topic"},))),), {"link": link}
        )
        return Answer((reply,), "en", "bot", "verify_identity", 1.0, _nothing)

    @staticmethod
    def _forget(conversation_id: str) -> Callable[[AsyncSession], Awaitable[None]]:
        async def save(session: AsyncSession) -> None:
            await identity.forget(session, conversation_id)

        return save

    async def happened(self, what: Happening, conversation_id: str, language: Language | None) -> Answer:
        if what != "identity_proved":
            return answer(f"Happened: {what}", language=language or "en", intent=what)
        assert self.database is not None
        async with self.database.read() as session:
            applicant = await identity.proved_applicant(session, conversation_id)
        return answer(f"Proved: {applicant}", language=language or "en", intent="verify_identity")

    async def greet(self, conversation_id: str, language: Language | None) -> Answer:
        return answer("Bonjour / Hello", language=language or "en", intent="greet")

    def parse(self, text: str, language: Language | None) -> dict[str, Any]:
        return {"text": text, "language": language, "intent": "chitchat", "confidence": 1.0, "entities": []}


def conversations(database: Database, dialogue: ScriptedDialogue, clock: Callable[[], datetime]) -> Conversations:
    """The service under test, with real wording."""
    return Conversations(database, dialogue, Catalogue.load(ROOT / "data" / "responses"), clock, KEY)


def message(words: str, name: str = "c1") -> SendMessage:
    """What a traveller sends."""
    return SendMessage(text=words, client_message_id=name)
