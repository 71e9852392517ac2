"""Rasa is imported before any test module asks for a part of it."""

import subprocess
import sys
import warnings
from typing import Any

import pytest

import tests.quietly  # noqa: F401
from bot.dialogue.assistant import Assistant, load_assistant
from bot.dialogue.model import ModelError, usable_model
from bot.settings import load_settings


@pytest.fixture(scope="session")
def domain() -> Any:
    """The project's domain; Rasa's check of its form uses what Python is about to drop."""
    from rasa.shared.core.domain import Domain

    from bot.settings import ROOT

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Domain.load(ROOT / "domain.yml")


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    """The trained assistant, loaded; trained first where it is missing or stale."""
    folder = load_settings().model_dir
    try:
        file = usable_model(folder)
    except ModelError:
        subprocess.run([sys.executable, "-m", "bot.cli", "train"], check=True, capture_output=True)
        file = usable_model(folder)
    return load_assistant(file)
