"""The record with a scripted dialogue, on each database."""

from collections.abc import AsyncIterator

import pytest

from bot.conversations.service import Conversations
from bot.db.engine import Database
from tests.record.scripted import ScriptedDialogue, Watch, conversations


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def dialogue(database: Database, watch: Watch) -> ScriptedDialogue:
    return ScriptedDialogue(database, watch)


@pytest.fixture
async def service(database: Database, dialogue: ScriptedDialogue, watch: Watch) -> AsyncIterator[Conversations]:
    service = conversations(database, dialogue, watch)
    yield service
    await service.finish()
