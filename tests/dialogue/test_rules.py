"""The rules as a table: what Rasa's own policy would do, and refused where it could not be."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.rules import Rules, RulesError

LISTEN = {"prev_action": {"action_name": "action_listen"}}
POLICY = "rasa.core.policies.rule_policy.RulePolicy"


def model(folder: Path, rules: dict[str, str], uses: tuple[str, ...] = (POLICY,)) -> dict[str, Any]:
    """Metadata of a model, whose first policy has learned `rules`."""
    nodes = {
        f"run_{name}": {
            "uses": name,
            "fn": "predict_action_probabilities",
            "config": {"core_fallback_action_name": "action_fallback"},
            "resource": {"name": "train_RulePolicy0"},
        }
        for name in uses
    }
    (folder / "train_RulePolicy0").mkdir()
    (folder / "train_RulePolicy0" / "rule_policy.json").write_text(json.dumps({"lookup": {"rules": rules}}))
    return {"predict_schema": {"nodes": nodes | {"other": {"uses": "x", "fn": "provide"}}}}


def step(intent: str) -> dict[str, Any]:
    return {**LISTEN, "user": {"intent": intent}}


def after(action: str, intent: str) -> dict[str, Any]:
    return {"prev_action": {"action_name": action}, "user": {"intent": intent}}


def test_an_intent_has_its_action_and_an_unknown_one_the_fallback(tmp_path: Path) -> None:
    rules = {
        json.dumps([step("greet")]): "action_answer",
        json.dumps([step("greet"), after("action_answer", "greet")]): "action_listen",
    }
    table = Rules.load(model(tmp_path, rules), tmp_path)
    assert table.action("greet") == "action_answer"
    assert table.action("never_heard") == "action_fallback"


@pytest.mark.parametrize(
    "rules",
    [
        {json.dumps([step("greet"), after("action_answer", "greet")]): "action_more"},
        {json.dumps([{**step("greet"), "slots": {"goal": [1.0]}}]): "action_answer"},
        {json.dumps([step("greet"), after("a", "greet"), after("b", "greet")]): "action_listen"},
    ],
    ids=["two actions", "a slot", "three states"],
)
def test_a_rule_of_more_than_one_step_is_refused(tmp_path: Path, rules: dict[str, str]) -> None:
    with pytest.raises(RulesError, match="one intent and one action in data/rules"):
        Rules.load(model(tmp_path, rules), tmp_path)


@pytest.mark.parametrize("uses", [(POLICY, "rasa.core.policies.ted_policy.TEDPolicy"), ()])
def test_other_policies_are_refused(tmp_path: Path, uses: tuple[str, ...]) -> None:
    with pytest.raises(RulesError, match="RulePolicy alone"):
        Rules.load(model(tmp_path, {}, uses), tmp_path)
