"""The acts of staff on the file of a test."""

import pytest

from bot import policy
from bot.db.engine import Database
from bot.guidance.policy import Policy
from tests.applicants.filing import Correct, correcting


@pytest.fixture(scope="session")
def known() -> Policy:
    return policy.load()


@pytest.fixture
def correct(database: Database, known: Policy) -> Correct:
    """`await correct("add_trip", segments)` on each kind of database."""
    return correcting(database, known)


@pytest.fixture
def correct_here(sqlite_database: Database, known: Policy) -> Correct:
    """On SQLite only, for what does not depend on the kind of database."""
    return correcting(sqlite_database, known)
