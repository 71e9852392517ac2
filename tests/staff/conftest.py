import pytest

from bot.db.engine import Database
from tests.staff.office import Office


@pytest.fixture
def office(database: Database) -> Office:
    """Staff accounts, once on SQLite and once on PostgreSQL."""
    return Office(database)


@pytest.fixture
def small_office(sqlite_database: Database) -> Office:
    """Staff accounts, for what does not depend on the kind of database."""
    return Office(sqlite_database)
