"""The Rasa project holds together: intents, rules, actions, answers, wording."""

import importlib
import inspect
import pkgutil
from typing import Any

import pytest
import yaml

import tests.quietly  # noqa: F401 - actions import Rasa's SDK
from bot.nlu.patterns import load_patterns
from bot.settings import ROOT
from tests.contract import INTENTS


def read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def domain() -> dict[str, Any]:
    found: dict[str, Any] = read("domain.yml")
    return found


@pytest.fixture(scope="module")
def rules() -> dict[str, str]:
    """The action that answers each intent."""
    found = {}
    for path in sorted((ROOT / "data" / "rules").glob("*.yml")):
        for rule in read(str(path.relative_to(ROOT)))["rules"]:
            intent, action = rule["steps"]
            assert intent["intent"] not in found, f"{intent} has two rules"
            found[intent["intent"]] = action["action"]
    return found


def test_every_intent_of_the_contract_is_known_and_answered(domain: dict[str, Any], rules: dict[str, str]) -> None:
    assert set(domain["intents"]) >= INTENTS
    assert set(rules) >= INTENTS | {"nlu_fallback", "identity_proved", "identity_locked", "handed_back", "rate"}


def test_every_action_of_the_domain_is_one_class_and_every_class_is_in_the_domain(domain: dict[str, Any]) -> None:
    import actions
    from actions.base import GuideAction

    found = []
    for module in pkgutil.iter_modules(actions.__path__):
        for _, kind in inspect.getmembers(importlib.import_module(f"actions.{module.name}"), inspect.isclass):
            if issubclass(kind, GuideAction) and kind is not GuideAction and kind.__module__.endswith(module.name):
                found.append(kind().name())
    assert sorted(found) == sorted(domain["actions"])


def test_rules_lead_to_actions_of_the_domain(domain: dict[str, Any], rules: dict[str, str]) -> None:
    assert set(rules.values()) <= set(domain["actions"])


def test_every_intent_that_is_answered_from_the_policy_has_its_words(rules: dict[str, str]) -> None:
    from bot.dialogue.resources import RESPONSES
    from bot.texts import Catalogue

    wording = Catalogue.load(RESPONSES)
    answered = {intent for intent, action in rules.items() if action == "action_answer"}
    assert {intent for intent in answered if not wording.has(f"answer.{intent}")} == set()


def test_every_entity_that_the_rules_find_is_in_the_domain(domain: dict[str, Any]) -> None:
    names = {entity if isinstance(entity, str) else next(iter(entity)) for entity in domain["entities"]}
    claims = {entity for entity, _, _ in load_patterns().claims}
    assert names >= claims | {"airport", "city", "centre", "flight_number", "time", "agency"}


def test_every_fact_that_is_told_is_a_slot(domain: dict[str, Any]) -> None:
    from bot.dialogue.told import Told

    assert set(domain["slots"]) >= set(Told.__struct_fields__)
