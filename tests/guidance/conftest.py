"""The real policy and wording, read once, and the engine on them."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.guidance.engine import rule
from bot.guidance.policy import Policy
from bot.guidance.ruling import Language, Ruling
from bot.guidance.wording import Wording
from bot.policy import load
from bot.settings import ROOT
from bot.texts import Catalogue
from tests.guidance.making import read


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load()


@pytest.fixture(scope="session")
def wording() -> Wording:
    return Catalogue.load(ROOT / "data" / "responses")


@pytest.fixture(scope="session")
def ruled(policy: Policy, wording: Wording) -> Callable[..., Ruling]:
    """Rules on a case written as plain JSON."""

    def on(value: dict[str, Any], language: Language = "en") -> Ruling:
        return rule(read(value, policy), policy, wording, language)

    return on
