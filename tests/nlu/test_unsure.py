"""Asking again begins below a threshold, and the readings stay behind the question."""

from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.unsure import FALLBACK, UnsureClassifier


def processed(tmp_path: Any, threshold: float, ranking: list[dict[str, Any]]) -> Message:
    part = UnsureClassifier.create(
        UnsureClassifier.get_default_config() | {"threshold": threshold},
        LocalModelStorage.create(tmp_path),
        Resource("unsure"),
        ExecutionContext(GraphSchema({})),
    )
    message = Message(data={"text": "x", "intent": ranking[0] if ranking else None, "intent_ranking": ranking})
    return part.process([message])[0]


RANKING = [{"name": "ask_fees", "confidence": 0.5}, {"name": "ask_card", "confidence": 0.3}]


def test_below_the_threshold_the_guide_is_unsure(tmp_path: Any) -> None:
    message = processed(tmp_path, 0.51, RANKING)
    assert message.get("intent") == {"name": FALLBACK, "confidence": 0.5}
    assert message.get("intent_ranking")[1:] == RANKING
    assert {"intent", "intent_ranking"} <= message.output_properties


@pytest.mark.parametrize("threshold", [0.0, 0.49, 0.5])
def test_from_the_threshold_on_it_is_not(tmp_path: Any, threshold: float) -> None:
    assert processed(tmp_path, threshold, RANKING).get("intent")["name"] == "ask_fees"


def test_nothing_ranked_is_nothing_to_doubt(tmp_path: Any) -> None:
    assert processed(tmp_path, 0.9, []).get("intent") is None
