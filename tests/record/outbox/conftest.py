"""An outbox on each database."""

from collections.abc import AsyncIterator

import pytest

from bot.db.engine import Database
from tests.record.outbox.postbox import Postbox


@pytest.fixture
async def box(database: Database) -> AsyncIterator[Postbox]:
    box = Postbox(database)
    yield box
    await box.stop()


@pytest.fixture
async def small_box(sqlite_database: Database) -> AsyncIterator[Postbox]:
    box = Postbox(sqlite_database)
    yield box
    await box.stop()
