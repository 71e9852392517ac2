"""Rasa is imported before any test module asks for a part of it."""

import warnings
from typing import Any

import pytest

from tests.trained import assistant  # noqa: F401


@pytest.fixture(scope="session")
def domain() -> Any:
    """The project's domain; Rasa's check of its form uses what Python is about to drop."""
    from rasa.shared.core.domain import Domain

    from bot.settings import ROOT

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Domain.load(ROOT / "domain.yml")
