"""`INSERT … ON CONFLICT`, which both databases know and SQLAlchemy spells per database."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.base import Base

Insert = sqlite.Insert | postgresql.Insert


def insert_into(session: AsyncSession, model: type[Base]) -> Insert:
    """An insert into the model's table that takes `on_conflict_do_update` and `on_conflict_do_nothing`."""
    table = table_of(model)
    return sqlite.insert(table) if session.get_bind().dialect.name == "sqlite" else postgresql.insert(table)


def table_of(model: type[Base]) -> Table:
    """The model's table, for statements that need no objects made of their rows."""
    table = model.__table__
    assert isinstance(table, Table)
    return table
