"""Talks with the guide, with SQLite on disk: the dialogue alone, or the whole way through the conversation record."""

import asyncio
import itertools
from typing import Any

from bot.conversations.dialogue_port import Inbound
from bot.conversations.intake import SendMessage
from bot.conversations.service import Conversations
from bot.opening import Opened, opened
from bot.settings import load_settings


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Opens the guide with a database that is there already, as at any start but the first, and talks."""
    return asyncio.run(_run(job))


async def _run(job: dict[str, Any]) -> dict[str, Any]:
    from benchmarks.talking import talk

    settings = load_settings({"DATA_DIR": job["data"], "MODEL_DIR": job["needed"][0]["model"]})
    async with opened(settings) as guide:
        if not job["whole_way"]:
            return await talk(_dialogue(guide), job)
        known = guide.resources
        conversations = Conversations(known.database, guide.dialogue, known.wording, known.clock, settings.secret_key)
        try:
            return await talk(_record(conversations), job)
        finally:
            await conversations.finish()


def _dialogue(guide: Opened) -> Any:
    """The dialogue alone: its answer, and its state committed."""
    from benchmarks.talking import Assistant

    numbers = itertools.count()
    languages: dict[str, Any] = {}

    async def begin(language: str) -> str:
        conversation = f"conversation-{next(numbers)}"
        languages[conversation] = language
        return conversation

    async def say(conversation: str, text: str) -> bool:
        now = guide.resources.clock()
        message = Inbound(conversation, f"message-{next(numbers)}", text, languages[conversation], now, {})
        answer = await guide.dialogue.answer(message)
        async with guide.resources.database.write() as session:
            await answer.save(session)
        languages[conversation] = answer.language
        return bool(answer.replies)

    return Assistant(begin, say)


def _record(conversations: Conversations) -> Any:
    """What a message goes through that comes over HTTP, HTTP apart: masked, stored, answered, stored, read back."""
    from benchmarks.talking import Assistant

    numbers = itertools.count()

    async def begin(language: str) -> str:
        return (await conversations.start("benchmark", "fr" if language == "fr" else "en")).conversation_id

    async def say(conversation: str, text: str) -> bool:
        turn = await conversations.receive(conversation, SendMessage(text, f"message-{next(numbers)}"))
        return any(message.sender == "bot" for message in turn.messages)

    return Assistant(begin, say)
