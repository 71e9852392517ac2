"""Rasa is imported before any test module asks for a part of it; then the things actions work with."""

from pathlib import Path

import pytest

import tests.quietly  # noqa: F401
from bot.applicants.sample import read_sample, store_sample
from bot.db.engine import Database
from bot.dialogue.resources import RESPONSES, Resources
from bot.nlu.entities import EntityRules, load_rules
from bot.policy import Everything, load_all
from bot.settings import load_settings
from bot.texts import Catalogue
from tests.actions.acting import NOW, Scene


@pytest.fixture(scope="session")
def everything() -> Everything:
    return load_all()


@pytest.fixture(scope="session")
def words() -> Catalogue:
    return Catalogue.load(RESPONSES)


@pytest.fixture(scope="session")
def entity_rules() -> EntityRules:
    return load_rules()


@pytest.fixture
async def scene(
    sqlite_database: Database, everything: Everything, words: Catalogue, entity_rules: EntityRules, tmp_path: Path
) -> Scene:
    """A conversation of nobody in particular, with the sample register at hand."""
    settings = load_settings({"DATA_DIR": str(tmp_path / "data")})
    sample = read_sample(settings.secret_key, NOW)
    async with sqlite_database.write() as session:
        await store_sample(session, sample.packed, settings.secret_key, NOW)
    return Scene(Resources(settings, sqlite_database, everything, words, lambda: NOW), entity_rules)
