"""The trained assistant, for tests that read messages; a `conftest.py` imports the fixture from here."""

import subprocess
import sys

import pytest

import tests.quietly  # noqa: F401
from bot.dialogue.assistant import Assistant, load_assistant
from bot.dialogue.model import ModelError, usable_model
from bot.settings import load_settings
from tests.training import one_at_a_time


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    """The trained assistant, loaded; trained first where it is missing or stale."""
    folder = load_settings().model_dir
    with one_at_a_time():
        try:
            file = usable_model(folder)
        except ModelError:
            subprocess.run([sys.executable, "-m", "bot.cli", "train"], check=True, capture_output=True)
            file = usable_model(folder)
    return load_assistant(file)
