"""The rules of a trained model as a table: which action answers which intent.

Every rule of the guide is one step, an intent and the action that answers it; what depends on the conversation's state
is decided in the action, in Python, where it can be tested. So what Rasa's `RulePolicy` has learned is a table, and
looking into it takes no policy, no featurizer and no second prediction that the guide should listen again.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_LISTEN = "action_listen"
_POLICY = "rasa.core.policies.rule_policy.RulePolicy"


class RulesError(ValueError):
    """The model's policies are not what this table can stand for; the message says which part."""


class Rules:
    """Which action answers an intent."""

    def __init__(self, actions: Mapping[str, str], otherwise: str) -> None:
        self._actions = dict(actions)
        self._otherwise = otherwise

    @classmethod
    def load(cls, metadata: Mapping[str, Any], components: Path) -> "Rules":
        """The rules of a model, whose folder `components` holds what its policies learned.

        Raises:
            RulesError: the model has another policy than `RulePolicy`, or a rule of more than one step.
        """
        nodes: Mapping[str, Any] = metadata["predict_schema"]["nodes"]
        policies = [node for node in nodes.values() if node["fn"] == "predict_action_probabilities"]
        if [node["uses"] for node in policies] != [_POLICY]:
            raise RulesError(f"expected RulePolicy alone in config.yml, found {[node['uses'] for node in policies]}")
        learned = json.loads((components / policies[0]["resource"]["name"] / "rule_policy.json").read_text("utf-8"))
        return cls(_table(learned["lookup"]["rules"]), str(policies[0]["config"]["core_fallback_action_name"]))

    def action(self, intent: str) -> str:
        """The action for `intent`; the fallback's where no rule has it."""
        return self._actions.get(intent, self._otherwise)


def _table(rules: Mapping[str, str]) -> dict[str, str]:
    """Intent to action, out of what the policy looks up: the states so far, as JSON, and what comes next."""
    table = {}
    for key, action in rules.items():
        states = json.loads(key)
        last = states[-1]
        if last["prev_action"]["action_name"] == _LISTEN and set(last) == {"prev_action", "user"} and len(states) == 1:
            table[last["user"]["intent"]] = action
        elif not (len(states) == 2 and action == _LISTEN):
            raise RulesError(f"expected rules of one intent and one action in data/rules, found {key} -> {action}")
    return table
