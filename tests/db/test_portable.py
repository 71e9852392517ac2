"""What both databases are asked alike, they answer alike."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import JSON, bindparam, select

from bot.db.base import UtcDateTime
from bot.db.engine import Database
from bot.db.portable import JsonText, WholeSeconds, literal_text


@pytest.mark.parametrize("microsecond", [0, 499_999, 999_999])
async def test_what_is_less_than_a_second_is_cut_off(database: Database, microsecond: int) -> None:
    instant = datetime(2026, 11, 1, 3, 59, 59, microsecond, tzinfo=UTC)
    asked: Any = WholeSeconds(bindparam("at", instant, UtcDateTime()))
    async with database.read_once() as session:
        assert await session.scalar(select(asked)) == int(instant.timestamp())


@pytest.mark.parametrize(
    ("path", "expected"),
    [(("a", "b"), "text"), (("list", "0", "0"), "first"), (("a", "c"), None), (("list", "7"), None)],
)
async def test_a_path_leads_to_the_text_or_to_nothing(
    database: Database, path: tuple[str, ...], expected: str | None
) -> None:
    value = {"a": {"b": "text"}, "list": [["first", 0.5]]}
    asked: Any = JsonText(bindparam("value", value, JSON()), *path)
    async with database.read_once() as session:
        assert await session.scalar(select(asked)) == expected


def test_only_names_stand_in_a_statement_itself() -> None:
    with pytest.raises(ValueError, match="cannot stand in a statement"):
        literal_text("x' OR 'x' = 'x")
