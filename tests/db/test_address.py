"""Which addresses are taken."""

import pytest

from bot.db.address import read_address, shown
from bot.db.error import DatabaseError


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:////var/guide.sqlite3", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:///guide.sqlite3", "sqlite+aiosqlite"),
        ("postgres://h/n", "postgresql+asyncpg"),
        ("postgresql://h/n", "postgresql+asyncpg"),
        ("postgresql+asyncpg://h/n", "postgresql+asyncpg"),
    ],
)
def test_the_plain_forms_are_taken_too(url: str, driver: str) -> None:
    assert read_address(url).drivername == driver


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("guide.sqlite3", "is not a database address; expected"),
        ("mysql://h/n", "names mysql, which is not supported; use"),
        ("sqlite://", "a SQLite database without a file; use"),
        ("sqlite:///:memory:", "a SQLite database without a file; use"),
    ],
)
def test_what_cannot_be_used_is_said(url: str, sentence: str) -> None:
    with pytest.raises(DatabaseError, match=sentence):
        read_address(url)


def test_the_password_is_never_shown() -> None:
    assert shown(read_address("postgresql://guide:hunter2@h/n")) == "postgresql+asyncpg://guide:***@h/n"
