"""Waiting until the outbox has come so far."""

import asyncio

from sqlalchemy import ColumnElement, func, select

from bot.conversations.outbox.models import OutboxEntry
from bot.db.engine import Database


async def until(database: Database, condition: ColumnElement[bool], times: int) -> None:
    """Returns once the condition is true of so many entries."""
    async with asyncio.timeout(10):
        while True:
            async with database.read() as session:
                if (await session.scalar(select(func.count()).select_from(OutboxEntry).where(condition))) == times:
                    return
            await asyncio.sleep(0.02)
